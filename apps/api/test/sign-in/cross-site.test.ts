import type { Problem } from '@orgmirror/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from '../support/hostile-headers.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';

describe('a request that changes something', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ env: { PUBLIC_URL: 'https://mirror.example/' } });
  });
  afterAll(() => server.stop());

  /** A sign-in with a wrong password: 401 when it is served, 403 when it is refused as another site's. */
  const send = async (headers: Record<string, string>, method = 'POST', path = '/session') => {
    const { status, body } = await server
      .anonymous()
      .request(method, path, { headers, body: { username: `x${Math.random()}`, password: 'wrong' } });
    return { status, code: (body as Problem).code };
  };
  const served = { status: 401, code: 'sign_in.invalid_credentials' };
  const refused = { status: 403, code: 'request.cross_site' };

  it.each([
    ['neither header', {}],
    ['the public origin', { origin: 'https://mirror.example' }],
    ['the same origin by fetch metadata', { 'sec-fetch-site': 'same-origin' }],
    ['an address bar', { 'sec-fetch-site': 'none' }],
    ['both, and both are right', { origin: 'https://mirror.example', 'sec-fetch-site': 'same-origin' }],
  ])('is served with %s', async (_, headers) => {
    expect(await send(headers)).toEqual(served);
  });

  it('behind HTTPS every answer tells browsers to come by it for a year', async () => {
    for (const path of ['/', '/healthz', '/api/v1/session'])
      expect((await fetch(`${server.url}${path}`)).headers.get('strict-transport-security')).toBe(
        'max-age=31536000; includeSubDomains',
      );
  });

  it('is served with the origin of the address it was sent to', async () => {
    expect(await send({ origin: server.url })).toEqual(served);
  });

  it('is refused when the name that it was sent to is another site’s own, which leads here', async () => {
    for (const name of ['evil.example', 'mirror.example.evil.example:3000']) {
      const headers = { host: name, origin: `http://${name}`, 'content-type': 'application/json' };
      expect(
        await sendRaw(server.url, { method: 'POST', path: '/api/v1/session', headers, body: '{}' }),
      ).toBe(403);
    }
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['"null", as a sandboxed page sends', { origin: 'null' }],
    ['an empty origin', { origin: '' }],
    ['a site whose name begins alike', { origin: 'https://mirror.example.evil.example' }],
    ['a sub-domain', { origin: 'https://x.mirror.example' }],
    ['the public host without TLS', { origin: 'http://mirror.example' }],
    ['the public host on another port', { origin: 'https://mirror.example:8443' }],
    ['a name before an @', { origin: 'https://mirror.example@evil.example' }],
    ['another site by fetch metadata', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling site by fetch metadata', { 'sec-fetch-site': 'same-site' }],
    ['unknown fetch metadata', { 'sec-fetch-site': 'whatever' }],
    [
      'a right origin but foreign metadata',
      { origin: 'https://mirror.example', 'sec-fetch-site': 'cross-site' },
    ],
    [
      'foreign origin but right metadata',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ],
  ])('is refused from %s', async (_, headers) => {
    expect(await send(headers)).toEqual(refused);
  });

  it.each([
    ['PUT', '/settings/wecom'],
    ['PATCH', '/settings/wecom/sync'],
    ['DELETE', '/session'],
    ['POST', '/sync-runs'],
    ['POST', '/no/such/path'],
  ])('is refused from another site as %s %s, before anything else is looked at', async (method, path) => {
    expect(await send({ origin: 'https://evil.example' }, method, path)).toEqual(refused);
  });

  it('is refused before its body is read', async () => {
    const { status, body } = await server.anonymous().request('POST', '/session', {
      headers: { origin: 'https://evil.example' },
      body: '{ not json',
    });
    expect([status, (body as Problem).code]).toEqual([403, 'request.cross_site']);
  });

  it('does not stop reading from a link on another site', async () => {
    const { status } = await server.api.request('GET', '/session', {
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(status).toBe(200);
  });

  it('gives other sites no permission to read answers', async () => {
    const { headers } = await server.api.request('GET', '/session', {
      headers: { origin: 'https://evil.example' },
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('sets a cookie for HTTPS only where the public address is one', async () => {
    const { headers } = await server.anonymous().request('POST', '/session', { body: admin });
    expect(headers.getSetCookie()[0]).toMatch(/; Secure/);
  });
});
