import { hireMember, sampleApp } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enableSignIn } from '../support/enable-sign-in.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { chooseCount } from '../support/sweep.ts';
import { createWecomBrowser, wxworkUserAgent } from '../support/wecom-browser.ts';

const members = chooseCount({ sample: 100, whole: 500 });
const corp = createSmallCorp([[1, 0]]);
let server: TestServer;
let sql: ReturnType<typeof openSql>;
beforeAll(async () => {
  for (let count = 0; count < members; count++)
    hireMember(corp, { userid: `u${count}`, name: `成员${count}`, departmentIds: [1] });
  server = await startTestServer({ wecom: { corp } });
  sql = openSql(server.database);
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
  await enableSignIn(server, { scope: 'snsapi_privateinfo' });
});
afterAll(() => server.stop());

/**
 * One member from the start to their own page; WeCom's page itself is passed over. All come from one address.
 */
async function signIn(userid: string): Promise<string> {
  const browser = createWecomBrowser(server.url, { 'user-agent': wxworkUserAgent });
  const page = await browser.start('mode=auto&returnTo=/me');
  const code = server.wecom.signIns.createCode({
    identity: { kind: 'member', userid },
    agentid: sampleApp.agentid,
    redirectHost: new URL(server.url).host,
    agreedFields: ['mobile'],
  });
  const state = page.searchParams.get('state');
  const answer = await browser.open(`/api/v1/sign-in/wecom/callback?code=${code}&state=${state}`);
  if (answer.headers.get('location') !== '/me') return String(answer.headers.get('location'));
  const { body } = await browser.api('GET', '/session');
  return (body as { user?: { wecomUserId: string } }).user?.wecomUserId ?? 'nobody';
}

describe(`${members} members who sign in at the same moment`, () => {
  it('all get in, each as themselves, by one access token', async () => {
    await sql('DELETE FROM wecom_access_token');
    server.wecom.stats.reset();
    const userids = Array.from({ length: members }, (_, index) => `u${index}`);
    expect(await Promise.all(userids.map(signIn))).toEqual(userids);
    const { calls } = server.wecom.stats.snapshot();
    expect(calls).toEqual({ gettoken: 1, 'auth/getuserinfo': members, 'auth/getuserdetail': members });
    const [stored] = await sql<{ sessions: string; given: string }>(
      `SELECT count(*) AS sessions, (SELECT count(*) FROM member_sensitive WHERE source = 'authorised') AS given
       FROM session WHERE member_id IS NOT NULL`,
    );
    expect(stored).toEqual({ sessions: String(members), given: String(members) });
  }, 240_000);

  it('leave the server as it was: the next one gets in at once', async () => {
    expect(await signIn('u0')).toBe('u0');
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});
