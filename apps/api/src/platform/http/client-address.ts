import { isIP } from 'node:net';
import type { Request } from 'express';

/**
 * Where a request comes from: the address that a proxy on this machine names, if it is one, else the connection's own.
 * Null when the connection is gone already.
 */
export const readClientAddress = (req: Request): string | null =>
  req.ip !== undefined && isIP(req.ip) !== 0 ? req.ip : (req.socket.remoteAddress ?? null);
