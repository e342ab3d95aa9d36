import { isIP } from 'node:net';
import type { Request } from 'express';

/**
 * Where a request comes from: the address that a proxy on this machine names, if it is one, else the
 * connection's own. Null when the connection is gone already.
 */
export const readClientAddress = (req: Request): string | null =>
  req.ip !== undefined && isIP(req.ip) !== 0 ? req.ip : (req.socket.remoteAddress ?? null);

/**
 * What counts as one sender: an IPv4 address, or the /64 of an IPv6 address, which one customer has for
 * themselves. Without an address all are one.
 */
export function networkOf(address: string | null): string {
  if (address === null || isIP(address) === 0) return 'unknown';
  if (isIP(address) === 4) return address;
  const [plain = ''] = address.split('%'); // a zone names an interface of this machine
  const hextets = expand(new URL(`http://[${plain}]`).hostname.slice(1, -1)); // in the one canonical form
  const isMapped = hextets.slice(0, 5).every((hextet) => hextet === 0) && hextets[5] === 0xffff;
  if (isMapped)
    return hextets
      .slice(6)
      .flatMap((hextet) => [hextet >> 8, hextet & 255])
      .join('.');
  return `${hextets
    .slice(0, 4)
    .map((hextet) => hextet.toString(16))
    .join(':')}::/64`;
}

/** The eight parts of a canonical IPv6 address. */
function expand(address: string): number[] {
  const parse = (part: string | undefined) =>
    part ? part.split(':').map((hextet) => Number.parseInt(hextet, 16)) : [];
  const [head, tail] = address.split('::');
  const [start, end] = [parse(head), parse(tail)];
  return [...start, ...Array<number>(8 - start.length - end.length).fill(0), ...end];
}
