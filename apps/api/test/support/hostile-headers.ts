import { request } from 'node:http';
import fc from 'fast-check';

/**
 * Headers that the server, Express or a library below it looks at. `Host` and framing are Node's own
 * business.
 */
const names = [
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'authorization',
  'cache-control',
  'content-encoding',
  'content-type',
  'cookie',
  'forwarded',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'last-event-id',
  'origin',
  'range',
  'referer',
  'sec-fetch-site',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-http-method-override',
  'x-request-id',
] as const;

const encode = (value: string) => Buffer.from(value).toString('base64url');
const signedHeader = encode('{"alg":"HS256","typ":"JWT"}');

const values = [
  '',
  ' ',
  '%',
  '%00',
  '%ff%fe',
  '\u00e9\u00ff',
  '"',
  '";;,,==',
  '*',
  '*/*;q=nonsense',
  'text/html',
  'application/json; charset=klingon',
  'application/json; charset="',
  'gzip;q=1e999, *;q=-1',
  'en;q=0.5, zh-CN;q=2, -, --',
  'bytes=0-0,1-1,2-2,9999999999999-',
  'bytes=abc',
  'W/"x", "y", *',
  'Fri, 99 Feb 99999 99:99:99 GMT',
  'null',
  'http://',
  'javascript:alert(1)',
  'https://evil.example',
  '127.0.0.1:99999',
  '[::1',
  '[::ffff:127.0.0.1]:1',
  '::ffff:1.2.3.4, garbage, 10.0.0.1',
  'fe80::1%eth0',
  '1.2.3.4.5',
  'x'.repeat(4_000),
  ',;'.repeat(2_000),
  '\t'.repeat(200),
  `orgmirror_session=${signedHeader}.ew.x`,
  `orgmirror_session=${signedHeader}..x`,
  `orgmirror_session=${encode('null')}.${encode('null')}.x`,
  `orgmirror_session=${encode('{"alg":"none"}')}.${encode('{"sid":1}')}.`,
  `orgmirror_session=${encode('{"alg":"RS256"}')}.e30.e30`,
  'orgmirror_session; =; ==; __proto__=1; constructor=%E0%A4%A',
  `orgmirror_device=${signedHeader}.ew.x`,
  Array.from({ length: 30 }, (_, index) => `orgmirror_sign_in_\u00e9${index}=1`).join('; '),
  Array.from({ length: 30 }, (_, index) => `orgmirror_sign_in_0000000${index % 10}=%`).join('; '),
] as const;

const anyText = fc
  .array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes.filter((code) => code !== 0x7f)));

/** Up to six headers with hostile or random values; every one of them can be sent. */
export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(...names),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: anyText }),
  { minKeys: 1, maxKeys: 6 },
);

/** Each name with each value, once. */
export const allHostileHeaders: readonly (readonly [name: string, value: string])[] = names.flatMap((name) =>
  values.map((value) => [name, value] as const),
);

export interface RawRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/**
 * Sends a request as it is, which `fetch` would refuse or tidy up, and reads its answer; of an event stream
 * only the head.
 * @returns the status
 */
export function sendRaw(baseUrl: string, { method, path, headers, body }: RawRequest): Promise<number> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, headers, setHost: false }, (response) => {
      const isStream = response.headers['content-type'] === 'text/event-stream';
      const answered = () => resolve(response.statusCode ?? 0);
      if (isStream) {
        answered();
        asked.destroy();
      } else response.resume().on('end', answered);
    });
    asked.once('error', reject);
    asked.end(body);
  });
}
