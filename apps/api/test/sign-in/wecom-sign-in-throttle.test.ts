import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { enableSignIn } from '../support/enable-sign-in.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createWecomBrowser } from '../support/wecom-browser.ts';

const corp = createSmallCorp([[1, 0]], [['ann', 1]]);
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp } });
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
  await enableSignIn(server);
});
afterAll(() => server.stop());
beforeEach(async () => {
  server.wecom.stats.reset();
  await openSql(server.database)('DELETE FROM rate_limit');
});

const from = (address: string) => createWecomBrowser(server.url, { 'x-forwarded-for': address });
const countAsks = () => server.wecom.stats.snapshot().calls['auth/getuserinfo'] ?? 0;

/** A sign-in that this browser began itself, with a code that WeCom never gave. */
async function bringJunk(browser = from('10.0.0.1')): Promise<string> {
  const page = await browser.start();
  const state = page.searchParams.get('state');
  const answer = await browser.open(
    `/api/v1/sign-in/wecom/callback?code=junk-${Math.random()}&state=${state}`,
  );
  return answer.headers.get('location') ?? '';
}

it('made-up codes of one address reach WeCom twenty times, and no member elsewhere waits', async () => {
  const locations: string[] = [];
  for (let sent = 0; sent < 20; sent++) locations.push(await bringJunk());
  expect(new Set(locations)).toEqual(new Set(['/sign-in?error=sign_in.code_invalid']));
  expect(countAsks()).toBe(20);
  for (let sent = 0; sent < 5; sent++) expect(await bringJunk()).toBe('/sign-in?error=sign_in.throttled');
  expect(await from('10.0.0.1').signIn('member:ann')).toBe('/sign-in?error=sign_in.throttled');
  expect(countAsks()).toBe(20);
  expect(await from('10.0.0.2').signIn('member:ann')).toBe('/');
});

it('of many made-up codes at the same moment no more than eight are beyond the limit', async () => {
  await Promise.all(Array.from({ length: 100 }, () => bringJunk()));
  expect(countAsks()).toBeGreaterThanOrEqual(20);
  expect(countAsks()).toBeLessThanOrEqual(28);
});

it('a browser in which a member has signed in before is not stopped by others at its address', async () => {
  const browser = from('10.0.0.3');
  expect(await browser.signIn('member:ann')).toBe('/');
  for (let sent = 0; sent < 21; sent++) await bringJunk(from('10.0.0.3'));
  expect(await from('10.0.0.3').signIn('member:ann')).toBe('/sign-in?error=sign_in.throttled');
  browser.cookies.delete('orgmirror_session');
  expect(await browser.signIn('member:ann')).toBe('/');
});

it('valid codes count for nothing, however many come from one address', async () => {
  const arrivals = Array.from({ length: 60 }, () => from('10.0.0.4').signIn('member:ann'));
  expect(new Set(await Promise.all(arrivals))).toEqual(new Set(['/']));
  expect(countAsks()).toBe(60);
});
