import { endpoints } from '@orgmirror/contracts';
import { type Corp, createCorp, removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appOf, enableSignIn } from '../support/enable-sign-in.ts';
import { openSql } from '../support/query-database.ts';
import { hire } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createWecomBrowser } from '../support/wecom-browser.ts';

/** A corp with colleagues of a linked one and strangers. */
function createCorpWithForeigners(): Corp {
  const corp = createCorp([
    { kind: 'linkedCorp', label: '互联企业', id: 'wwother0000000000/ann' },
    { kind: 'outsider', label: '外部联系人', id: 'oContact', external_userid: 'wmContact' },
    { kind: 'outsider', label: '陌生人', id: 'oStranger' },
  ]);
  corp.putDepartment({ id: 1, name: '总部', parentid: 0, order: 1, leaders: [] });
  for (const userid of ['ann', 'bob', 'cai', 'dan', 'eve', 'fay', 'gus']) hire(corp, userid, 1);
  return corp;
}

const corp = createCorpWithForeigners();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp } });
  await server.configure();
  updateMember(corp, 'dan', { status: 4 });
  updateMember(corp, 'eve', { status: 2 });
  corp.putMember({ ...corp.findMember('fay')!, extras: { wireOverride: { status: 9 } } });
  expect((await server.sync()).status).toBe('succeeded');
  removeMember(corp, 'bob');
  expect((await server.sync()).status).toBe('succeeded');
  hire(corp, 'newcomer', 1); // after the last sync
  hire(corp, 'bob', 1); // back, but the next sync is still to come
  await server.api.call(endpoints.setMemberAccess, {
    params: { wecomUserId: 'cai' },
    body: { disabled: true },
  });
  await enableSignIn(server);
});
afterAll(() => server.stop());
beforeEach(() => {
  server.wecom.faults.clear();
  server.wecom.stats.reset();
});

const errorPath = (code: string) => `/sign-in?error=${code}`;
const countAsks = () => server.wecom.stats.snapshot().calls['auth/getuserinfo'] ?? 0;
const latestAudit = async () => {
  const query = { limit: 1, action: 'session.sign_in' };
  return (await server.api.call(endpoints.listAuditEntries, { query })).items[0];
};

describe('nobody gets in', () => {
  it.each([
    [
      'a colleague of a linked company',
      'external:wwother0000000000/ann',
      'sign_in.linked_corp',
      'wwother0000000000/ann',
    ],
    ['an external contact', 'external:oContact', 'sign_in.outsider', null],
    ['a stranger', 'external:oStranger', 'sign_in.outsider', null],
    ['a member who has not been synced', 'member:newcomer', 'sign_in.member_unknown', 'newcomer'],
    ['a member who left, until a sync has seen the return', 'member:bob', 'sign_in.member_left', 'bob'],
    ['a member whom an admin disabled', 'member:cai', 'sign_in.member_disabled', 'cai'],
    ['a member whom WeCom disabled', 'member:eve', 'sign_in.member_disabled', 'eve'],
    ['a member who has not activated the account', 'member:dan', 'sign_in.member_not_activated', 'dan'],
    ['a member with a status that nobody knows', 'member:fay', 'sign_in.member_not_activated', 'fay'],
  ])('who is %s', async (_fact, person, code, actor) => {
    const browser = createWecomBrowser(server.url);
    expect(await browser.signIn(person)).toBe(errorPath(code));
    expect([...browser.cookies.keys()].filter((name) => !name.startsWith('orgmirror_sign_in_'))).toEqual([]);
    expect((await browser.api('GET', '/session')).status).toBe(401);
    expect(await latestAudit()).toMatchObject({
      actor,
      result: 'failed',
      after: { way: 'wecom', error: code },
    });
  });

  it('who cancels at WeCom, and keeps where they wanted to go', async () => {
    const browser = createWecomBrowser(server.url);
    const page = await browser.start('mode=web&returnTo=/me');
    const state = page.searchParams.get('state');
    const answer = await browser.open(`/api/v1/sign-in/wecom/callback?state=${state}`);
    expect(answer.headers.get('location')).toBe(`${errorPath('sign_in.refused')}&returnTo=%2Fme`);
    expect(countAsks()).toBe(0);
    // The state is used up by that.
    const again = await browser.open(await browser.choose(page, 'member:ann'));
    expect(again.headers.get('location')).toContain('error=sign_in.state_used');
    expect(countAsks()).toBe(0);
  });

  it('whose userid is in another corp’s directory', async () => {
    const sql = openSql(server.database);
    await sql(`INSERT INTO corp (corp_id) VALUES ('wwforeign')`);
    await sql(`INSERT INTO member (corp_row_id, user_id, user_key, name, status, sort_name, search_text)
      SELECT id, 'newcomer', 'newcomer', 'x', 1, '', '' FROM corp WHERE corp_id = 'wwforeign'`);
    expect(await createWecomBrowser(server.url).signIn('member:newcomer')).toBe(
      errorPath('sign_in.member_unknown'),
    );
  });
});

describe('when WeCom does not let them', () => {
  const refuseWith = (errcode: number) =>
    server.wecom.faults.add({ endpoint: 'auth/getuserinfo', effect: { kind: 'errcode', errcode } });

  it.each([
    [40029, 'sign_in.code_invalid'],
    [42003, 'sign_in.code_invalid'],
    [42022, 'sign_in.code_invalid'],
    [50001, 'wecom.refused'],
    [60020, 'wecom.refused'],
    [-1, 'wecom.refused'],
    [45009, 'wecom.refused'],
  ])('errcode %d is told as %s, after one call, with the number in the audit log', async (errcode, code) => {
    refuseWith(errcode);
    const before = Date.now();
    expect(await createWecomBrowser(server.url).signIn('member:ann')).toBe(errorPath(code));
    expect(countAsks()).toBe(1);
    expect(Date.now() - before).toBeLessThan(30_000); // nobody waits out a limit window
    expect(await latestAudit()).toMatchObject({ result: 'failed', after: { error: code, errcode } });
  });

  it.each([
    ['a broken connection', { kind: 'reset' }, 'wecom.unreachable'],
    ['HTTP 502', { kind: 'httpStatus', status: 502 }, 'wecom.unreachable'],
    ['a page in place of an answer', { kind: 'nonJson' }, 'wecom.bad_answer'],
  ] as const)('%s, %j, is told as %s, after one call', async (_fact, effect, code) => {
    server.wecom.faults.add({ endpoint: 'auth/getuserinfo', effect });
    expect(await createWecomBrowser(server.url).signIn('member:ann')).toBe(errorPath(code));
    expect(countAsks()).toBe(1);
  });

  it('a refused token is renewed and the sign-in succeeds', async () => {
    server.wecom.tokens.revoke(appOf(server).agentid);
    expect(await createWecomBrowser(server.url).signIn('member:ann')).toBe('/');
    expect(countAsks()).toBe(2);
  });

  it('the callback is at another domain than the app trusts: 50001', async () => {
    const browser = createWecomBrowser(server.url);
    const callback = await browser.choose(await browser.start(), 'member:ann');
    const app = appOf(server);
    const { trustedDomain } = app;
    app.trustedDomain = 'elsewhere.example';
    expect((await browser.open(callback)).headers.get('location')).toBe(errorPath('wecom.refused'));
    app.trustedDomain = trustedDomain;
  });

  it('a Secret that can no longer be read is told as such', async () => {
    const sql = openSql(server.database);
    const [saved] = await sql<{ secret_sealed: Buffer }>('SELECT secret_sealed FROM wecom_connection');
    await sql(`UPDATE wecom_connection SET secret_sealed = '\\x01'`);
    expect(await createWecomBrowser(server.url).signIn('member:ann')).toBe(
      errorPath('settings.secret_unreadable'),
    );
    await sql('UPDATE wecom_connection SET secret_sealed = $1', [saved?.secret_sealed]);
    expect(await createWecomBrowser(server.url).signIn('member:ann')).toBe('/');
  });

  it('the local admin still gets in', async () => {
    refuseWith(-1);
    expect((await server.anonymous().call(endpoints.getSignInOptions)).local).toBe(true);
    expect((await server.api.request('GET', '/session')).status).toBe(200);
  });
});
