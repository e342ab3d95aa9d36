import { endpoints, type Problem } from '@orgmirror/contracts';
import { removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '../support/create-account.ts';
import { enableSignIn } from '../support/enable-sign-in.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp, hire } from '../support/small-corp.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createWecomBrowser, type WecomBrowser } from '../support/wecom-browser.ts';

const corp = createSmallCorp([[1, 0]]);
let server: TestServer;
let sql: ReturnType<typeof openSql>;
let hired = 0;
beforeAll(async () => {
  for (let count = 0; count < 30; count++) hire(corp, `u${count}`, 1);
  server = await startTestServer({ wecom: { corp } });
  sql = openSql(server.database);
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
  await enableSignIn(server);
});
afterAll(() => server.stop());
beforeEach(() => openSql(server.database)('DELETE FROM rate_limit'));

/** A member of their own for each test, signed in. */
async function signInAnyMember(): Promise<{ userid: string; browser: WecomBrowser }> {
  const userid = `u${hired++}`;
  const browser = createWecomBrowser(server.url);
  expect(await browser.signIn(`member:${userid}`)).toBe('/');
  return { userid, browser };
}
const setAccess = (
  wecomUserId: string,
  body: { role?: 'admin' | 'auditor' | 'member'; disabled?: boolean },
) => server.api.call(endpoints.setMemberAccess, { params: { wecomUserId }, body });
const isSignedIn = async (browser: WecomBrowser) => (await browser.api('GET', '/session')).status === 200;
const countRows = async (userid: string) =>
  (
    await sql('SELECT s.id FROM session s JOIN member m ON m.id = s.member_id WHERE m.user_key = $1', [
      userid,
    ])
  ).length;
const itemsOf = async (browser: WecomBrowser, path = '/me/sessions') =>
  ((await browser.api('GET', path)).body as { items: { id: string; current: boolean }[] }).items;

describe('what a user has set for the console', () => {
  const memberList = {
    columns: [{ key: 'status', isShown: true, isPinned: false, width: 120 }],
    density: 'compact',
  };
  const memberViews = [{ name: '研发', search: 'department=2', columns: [] }];
  const recentTargets = [{ kind: 'page', key: '/system/org' }];
  const unset = { memberList: null, memberViews: null, recentTargets: null };
  const read = async ({ api }: WecomBrowser) => (await api('GET', '/me/preferences')).body;
  const save = async ({ api }: WecomBrowser, body: unknown) => api('PATCH', '/me/preferences', body);

  it('is kept for this user, in parts that are set and reset by themselves', async () => {
    const { browser } = await signInAnyMember();
    const { browser: another } = await signInAnyMember();
    expect(await read(browser)).toEqual(unset);
    // Two tabs at once.
    await Promise.all([save(browser, { memberList }), save(browser, { memberViews })]);
    expect(await read(browser)).toEqual({ ...unset, memberList, memberViews });
    expect(await save(browser, { recentTargets })).toMatchObject({
      body: { memberList, memberViews, recentTargets },
    });
    expect(await save(browser, { memberList: null })).toMatchObject({
      body: { memberList: null, memberViews },
    });
    expect(await read(another)).toEqual(unset);
    await server.api.call(endpoints.savePreferences, { body: { memberViews } });
    expect(await server.api.call(endpoints.getPreferences)).toEqual({ ...unset, memberViews });
  });

  it('has limits', async () => {
    const { browser } = await signInAnyMember();
    const [view] = memberViews;
    for (const body of [
      { memberViews: [view, view] },
      { memberViews: Array.from({ length: 21 }, (_, index) => ({ ...view, name: `v${index}` })) },
      { memberViews: [{ ...view, name: ' ' }] },
      { memberViews: [{ ...view, search: 'x'.repeat(501) }] },
      { memberList: { ...memberList, columns: [{ ...memberList.columns[0], width: 59 }] } },
      { memberList: { ...memberList, density: 'tight' } },
      { recentTargets: Array.from({ length: 21 }, () => recentTargets[0]) },
      { recentTargets: [{ kind: 'secret', key: 'x' }] },
      { anything: {} },
    ])
      expect(await save(browser, body)).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });

  it('counts as not set in a form that this version does not know', async () => {
    const { browser } = await signInAnyMember();
    await save(browser, { memberViews });
    await sql(`UPDATE user_preferences SET document = document || '{"memberList": {"rows": 3}}'`);
    expect(await read(browser)).toEqual({ ...unset, memberViews });
  });
});

describe('a member’s session ends at once', () => {
  const sync = async () => expect((await server.sync()).status).toBe('succeeded');

  it('with the sync that finds the member gone, in the same transaction', async () => {
    const { userid, browser } = await signInAnyMember();
    removeMember(corp, userid);
    expect(await isSignedIn(browser)).toBe(true);
    await sync();
    expect(await countRows(userid)).toBe(0);
    expect(await isSignedIn(browser)).toBe(false);
    hire(corp, userid, 1);
    await sync();
    expect(await isSignedIn(browser)).toBe(false); // the return brings no session back
    expect(await browser.signIn(`member:${userid}`)).toBe('/');
  });

  it.each([2, 4, 5] as const)('with the sync that finds the status %d', async (status) => {
    const { userid, browser } = await signInAnyMember();
    updateMember(corp, userid, { status });
    await sync();
    expect(await countRows(userid)).toBe(0);
    expect(await isSignedIn(browser)).toBe(false);
    updateMember(corp, userid, { status: 1 });
    await sync();
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('with the check of one member that applies it', async () => {
    const { userid, browser } = await signInAnyMember();
    updateMember(corp, userid, { status: 2 });
    await server.api.call(endpoints.checkMember, { params: { wecomUserId: userid }, body: { apply: true } });
    expect(await countRows(userid)).toBe(0);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('with a bar by an admin, and does not come back when it is lifted', async () => {
    const { userid, browser } = await signInAnyMember();
    await setAccess(userid, { disabled: true });
    expect(await countRows(userid)).toBe(0);
    expect(await isSignedIn(browser)).toBe(false);
    await setAccess(userid, { disabled: false });
    expect(await isSignedIn(browser)).toBe(false);
    expect(await browser.signIn(`member:${userid}`)).toBe('/');
  });

  it('with another role, and not with the same one', async () => {
    const { userid, browser } = await signInAnyMember();
    await setAccess(userid, { role: 'member' });
    expect(await isSignedIn(browser)).toBe(true);
    await setAccess(userid, { role: 'auditor' });
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('by any writer: the row is looked at on every request', async () => {
    const { userid, browser } = await signInAnyMember();
    await sql(`UPDATE member SET status = 2 WHERE user_key = $1`, [userid]);
    expect(await isSignedIn(browser)).toBe(false);
    expect(await countRows(userid)).toBe(0);
  });

  it('when the console is connected to another corp', async () => {
    const { userid, browser } = await signInAnyMember();
    const [{ corp_row_id: own }] = (await sql('SELECT corp_row_id FROM wecom_connection')) as [
      { corp_row_id: number },
    ];
    await sql(`INSERT INTO corp (corp_id) VALUES ('wwother')`);
    await sql(`UPDATE wecom_connection SET corp_row_id = (SELECT id FROM corp WHERE corp_id = 'wwother')`);
    expect(await isSignedIn(browser)).toBe(false);
    await sql('UPDATE wecom_connection SET corp_row_id = $1', [own]);
    expect(await countRows(userid)).toBe(0);
  });

  it('also where it only listens to the progress of a run', async () => {
    const userid = `u${hired++}`;
    await setAccess(userid, { role: 'auditor' });
    const browser = createWecomBrowser(server.url);
    await browser.signIn(`member:${userid}`);
    server.wecom.faults.add({ endpoint: 'user/list', times: 1, effect: { kind: 'delay', delayMs: 50_000 } });
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    const stream = await browser.open(`/api/v1/sync-runs/${id}/events`);
    expect(stream.status).toBe(200);
    const text = stream.text();
    await setAccess(userid, { disabled: true });
    expect(await text).not.toContain('event: finished');
    expect(['queued', 'reading']).toContain(
      (await server.api.call(endpoints.getSyncRun, { params: { id } })).status,
    );
    await server.api.call(endpoints.cancelSyncRun, { params: { id } });
    expect((await server.waitForRun(id)).status).toBe('cancelled');
  });

  it('and those of others go on', async () => {
    const [one, other] = [await signInAnyMember(), await signInAnyMember()];
    removeMember(corp, one.userid);
    await sync();
    expect([await isSignedIn(one.browser), await isSignedIn(other.browser)]).toEqual([false, true]);
    expect(await isSignedIn(other.browser)).toBe(true);
  });
});

describe('a member with a role', () => {
  it('may do what it allows, and what they did says who', async () => {
    const userid = `u${hired++}`;
    await setAccess(userid, { role: 'admin' });
    const browser = createWecomBrowser(server.url);
    await browser.signIn(`member:${userid}`);
    const { status, body } = await browser.api('POST', '/sync-runs', { mode: 'apply' });
    const actor = `成员${userid} (${userid})`;
    expect({ status, body }).toMatchObject({ status: 202, body: { startedBy: actor } });
    await server.waitForRun((body as { id: string }).id);
    expect((await browser.api('GET', '/audit?action=sync.start&limit=1')).body).toMatchObject({
      items: [{ actor }],
    });
    expect((await browser.api('GET', '/settings/auth-providers')).status).toBe(200);
    expect((await browser.api('GET', '/members/u29')).status).toBe(200);
  });

  it('of auditor reads and changes nothing', async () => {
    const userid = `u${hired++}`;
    await setAccess(userid, { role: 'auditor' });
    const browser = createWecomBrowser(server.url);
    await browser.signIn(`member:${userid}`);
    expect((await browser.api('GET', '/audit')).status).toBe(200);
    expect((await browser.api('POST', '/sync-runs', { mode: 'apply' })).status).toBe(403);
    expect((await browser.api('POST', '/members/u29/reveal', { field: 'mobile' })).status).toBe(403);
  });

  it('of none sees the directory and of single members themselves only, in any case of letters', async () => {
    const { userid, browser } = await signInAnyMember();
    const statusOf = async (path: string) => (await browser.api('GET', path)).status;
    expect(await statusOf('/departments')).toBe(200);
    expect(await statusOf(`/members/${userid.toUpperCase()}`)).toBe(200);
    expect(await statusOf('/members/u29')).toBe(403);
    expect(await statusOf('/audit')).toBe(403);
    expect(await statusOf('/settings/wecom')).toBe(403);
  });
});

describe('/me', () => {
  it('is the member with their profile', async () => {
    const { userid, browser } = await signInAnyMember();
    expect((await browser.api('GET', '/me')).body).toMatchObject({
      user: { kind: 'member', wecomUserId: userid },
      member: { wecomUserId: userid, departments: [{ id: 1, isMain: true }] },
      authorisation: { decision: null, decidedAt: null, available: false, fields: [] },
    });
  });

  it('of a local account has no profile and nothing to authorise', async () => {
    const me = await server.api.call(endpoints.getMe);
    expect(me).toMatchObject({ user: { kind: 'local' }, member: null, authorisation: null });
    for (const endpoint of [endpoints.declineConsent, endpoints.withdrawConsent])
      expect(await server.api.refused(endpoint)).toMatchObject({ code: 'resource.not_found' });
  });

  it('lists one’s own sessions, the latest first, page by page', async () => {
    const { userid, browser } = await signInAnyMember();
    for (let more = 0; more < 2; more++) await createWecomBrowser(server.url).signIn(`member:${userid}`);
    const all = await itemsOf(browser);
    expect(all.map(({ current }) => current)).toEqual([false, false, true]);
    const first = (await browser.api('GET', '/me/sessions?limit=2')).body as { nextCursor: string };
    const rest = await itemsOf(browser, `/me/sessions?limit=2&cursor=${first.nextCursor}`);
    expect(rest.map(({ id }) => id)).toEqual([all[2]?.id]);
    await sql(`UPDATE session SET last_seen_at = last_seen_at - interval '13 hours' WHERE id = $1`, [
      all[0]?.id,
    ]);
    await sql(`UPDATE session SET expires_at = now() - interval '1 second' WHERE id = $1`, [all[1]?.id]);
    expect(await itemsOf(browser)).toHaveLength(1); // what has ended is not listed
  });

  it('ends one session of one’s own, never of another user', async () => {
    const [mine, other] = [await signInAnyMember(), await signInAnyMember()];
    const second = createWecomBrowser(server.url);
    await second.signIn(`member:${mine.userid}`);
    const id = (await itemsOf(mine.browser)).find(({ current }) => !current)?.id ?? '';
    const foreign = (await itemsOf(other.browser))[0]?.id ?? '';
    expect((await mine.browser.api('DELETE', `/me/sessions/${foreign}`)).body).toMatchObject({
      code: 'resource.not_found',
    });
    expect(await server.api.refused(endpoints.endMySession, { params: { id: foreign } })).toMatchObject({
      code: 'resource.not_found',
    });
    expect((await mine.browser.api('DELETE', `/me/sessions/${id}`)).status).toBe(204);
    expect([
      await isSignedIn(second),
      await isSignedIn(mine.browser),
      await isSignedIn(other.browser),
    ]).toEqual([false, true, true]);
    const own = (await itemsOf(mine.browser))[0]?.id ?? '';
    expect((await mine.browser.api('DELETE', `/me/sessions/${own}`)).status).toBe(204);
    expect(mine.browser.cookies.has('orgmirror_session')).toBe(false);
  });

  it('signs out everywhere', async () => {
    const { userid, browser } = await signInAnyMember();
    const second = createWecomBrowser(server.url);
    await second.signIn(`member:${userid}`);
    expect((await browser.api('DELETE', '/me/sessions')).status).toBe(204);
    expect([await isSignedIn(second), await countRows(userid)]).toEqual([false, 0]);
    expect(browser.cookies.has('orgmirror_session')).toBe(false);
    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'session.end_all', limit: 1 },
    });
    expect(items).toMatchObject([{ actor: `成员${userid} (${userid})`, after: { sessions: 2 } }]);
  });
});

describe('the password of a local account', () => {
  const newPassword = 'a brand-new long password';
  const change = (client: { refused: TestServer['api']['refused'] }, body: object) =>
    client.refused(endpoints.changeMyPassword, { body: body as never }); // wrong on purpose

  it('changes with the current one, ends the other sessions, and is audited without either', async () => {
    const mine = await createAccount(server, 'auditor');
    const { user } = await mine.call(endpoints.getSession);
    const second = server.anonymous();
    const signIn = (password: string, client = server.anonymous()) =>
      client.request('POST', '/session', { body: { username: user.displayName, password } });
    await signIn('another long password', second);
    const body = { currentPassword: 'another long password', newPassword };
    await mine.call(endpoints.changeMyPassword, { body });
    expect((await mine.request('GET', '/session')).status).toBe(200);
    expect((await second.request('GET', '/session')).status).toBe(401);
    expect((await signIn('another long password')).status).toBe(401);
    expect((await signIn(newPassword)).status).toBe(200);
    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'password.change' },
    });
    expect(items[0]).toMatchObject({ actor: user.displayName, result: 'succeeded' });
    expect(JSON.stringify(items)).not.toMatch(/long password/);
  });

  it('stays with a wrong current one, which counts like a failed sign-in', async () => {
    const mine = await createAccount(server, 'auditor');
    const body = { currentPassword: 'wrong', newPassword };
    for (let attempt = 1; attempt <= 10; attempt++)
      expect(await change(mine, body)).toMatchObject({ status: 401, code: 'sign_in.invalid_credentials' });
    expect(await change(mine, { ...body, currentPassword: 'another long password' })).toMatchObject({
      status: 429,
      code: 'sign_in.throttled',
    });
  });

  it.each([
    ['zh', '当前密码不正确', '请核对后重试。'],
    ['en', 'The current password is wrong', 'Check it and try again.'],
  ])('says in %s that the current one is wrong, not the username', async (language, title, detail) => {
    const mine = await createAccount(server, 'auditor');
    const { body } = await mine.request('PUT', '/me/password', {
      body: { currentPassword: 'wrong', newPassword },
      headers: { 'accept-language': language },
    });
    expect(body).toMatchObject({ code: 'sign_in.invalid_credentials', title, detail });
  });

  it('has at least twelve characters', async () => {
    const problem: Problem = await change(server.api, {
      currentPassword: admin.password,
      newPassword: 'elevenchars',
    });
    expect(problem).toMatchObject({ code: 'request.invalid', errors: [{ path: 'newPassword' }] });
  });

  it('is nothing that a member has', async () => {
    const { browser } = await signInAnyMember();
    const { body } = await browser.api('PUT', '/me/password', { currentPassword: 'x', newPassword });
    expect(body).toMatchObject({ code: 'resource.not_found' });
  });
});

it('sessions that ended by themselves are removed in time', async () => {
  const { userid } = await signInAnyMember();
  await sql(
    `UPDATE session s SET expires_at = now() - interval '1 minute' FROM member m
    WHERE m.id = s.member_id AND m.user_key = $1`,
    [userid],
  );
  await server.restart();
  await expect.poll(() => countRows(userid)).toBe(0);
});
