import { endpoints } from '@orgmirror/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSmallCorp } from './support/small-corp.ts';
import { startTestServer, type TestServer } from './support/start-test-server.ts';
import { createWecomBrowser, wxworkUserAgent } from './support/wecom-browser.ts';

const corp = createSmallCorp([[1, 0]], [['ann', 1]]);
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp } });
  server.wecom.apps[0]!.trustedDomain = new URL(server.url).host;
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
  await server.api.call(endpoints.createAuthProvider, { body: { kind: 'wecom-oauth2', name: '企业微信' } });
});
afterAll(() => server.stop());

describe('a member', () => {
  it.each([
    ['mode=web', {}],
    ['mode=auto', { 'user-agent': wxworkUserAgent }],
  ])('signs in by %s and goes on to where they wanted', async (mode, headers) => {
    const browser = createWecomBrowser(server.url, headers);
    const query = `${mode}&returnTo=${encodeURIComponent('/system/org?q=x')}`;
    expect(await browser.signIn('member:ann', { query })).toBe('/system/org?q=x');
    const user = { id: '1', displayName: '成员ann', role: 'member', kind: 'member', wecomUserId: 'ann' };
    expect((await browser.api('GET', '/session')).body).toEqual({ user });
  });
});
