import { type Administrator, endpoints } from '@orgmirror/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../support/create-account.ts';
import { enableSignIn } from '../support/enable-sign-in.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createWecomBrowser } from '../support/wecom-browser.ts';

const hourMs = 3_600_000;
const corp = createSmallCorp(
  [[1, 0]],
  [
    ['ann', 1],
    ['bob', 1],
  ],
);
let server: TestServer;
let clock = () => new Date();
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp }, now: () => clock() });
  await server.configure();
  await server.sync();
});
afterAll(() => server.stop());

const list = async (): Promise<Administrator[]> =>
  (await server.api.call(endpoints.listAdministrators)).items;
const find = async (name: string) => (await list()).find(({ displayName }) => displayName === name);
const tokenOf = (url: string) => url.split('#reset=')[1] ?? '';
const password = 'a brand new long one';

async function add(username: string, role: 'admin' | 'auditor' = 'auditor') {
  const { account, link } = await server.api.call(endpoints.createLocalAccount, { body: { username, role } });
  return { id: account.id, token: tokenOf(link.url), link };
}
const complete = (token: string, newPassword = password) =>
  server.anonymous().call(endpoints.completePasswordReset, { body: { token, newPassword } });
const refuseToken = async (token: string, newPassword = password) =>
  (await server.anonymous().refused(endpoints.completePasswordReset, { body: { token, newPassword } })).code;

describe('who may see the console', () => {
  it('is listed with their way to sign in and when they were last seen, page by page', async () => {
    await enableSignIn(server, {});
    await createWecomBrowser(server.url).signIn('member:ann');
    await server.api.call(endpoints.setMemberAccess, {
      params: { wecomUserId: 'ann' },
      body: { role: 'auditor' },
    });
    const [first, second, ...others] = await list();
    expect(first).toMatchObject({ kind: 'local', displayName: 'admin', role: 'admin', enabled: true });
    expect(Date.now() - Date.parse(first?.lastSeenAt ?? '')).toBeLessThan(hourMs);
    expect(second).toMatchObject({ kind: 'member', wecomUserId: 'ann', role: 'auditor', enabled: true });
    expect(Date.now() - Date.parse(second?.lastSeenAt ?? '')).toBeLessThan(hourMs); // her session has ended
    expect(others).toEqual([]);

    const page = await server.api.call(endpoints.listAdministrators, { query: { limit: 1 } });
    const rest = await server.api.call(endpoints.listAdministrators, {
      query: { limit: 1, cursor: page.nextCursor ?? '' },
    });
    expect([page.items[0]?.id, rest.items[0]?.id, rest.nextCursor]).toEqual([first?.id, second?.id, null]);
  });

  it('is read by auditors and changed by admins only', async () => {
    const auditor = await createAccount(server, 'auditor');
    expect((await auditor.call(endpoints.listAdministrators)).items.length).toBeGreaterThan(1);
    const body = { username: 'eve', role: 'admin' } as const;
    expect((await auditor.refused(endpoints.createLocalAccount, { body })).code).toBe('permission.denied');
    const member = await createAccount(server, 'member');
    expect((await member.refused(endpoints.listAdministrators)).code).toBe('permission.denied');
  });
});

describe('a local account', () => {
  it('is added without a password, and signs in once its owner has set one with the link', async () => {
    const { token, link } = await add('Zhang.Wei');
    expect(link.url).toBe(`${server.url}/sign-in#reset=${token}`);
    expect((await find('Zhang.Wei'))?.resetUntil).toBe(link.expiresAt);
    expect(await complete(token)).toEqual({ username: 'Zhang.Wei' });
    const client = server.anonymous();
    const { user } = await client.call(endpoints.signIn, { body: { username: 'zhang.wei', password } });
    expect(user).toMatchObject({ displayName: 'Zhang.Wei', role: 'auditor' });
    expect(await find('Zhang.Wei')).toMatchObject({ resetUntil: null, enabled: true });
  });

  it('has a name of its own, without regard to case', async () => {
    const taken = await server.api.refused(endpoints.createLocalAccount, {
      body: { username: 'ADMIN', role: 'admin' },
    });
    expect([taken.status, taken.code]).toEqual([409, 'account.username_taken']);
  });

  it('that is disabled is signed out, cannot sign in or use its link, and can again afterwards', async () => {
    const { id, token } = await add('disabled');
    await complete(token);
    const client = server.anonymous();
    const body = { username: 'disabled', password };
    await client.call(endpoints.signIn, { body });
    const { url } = await server.api.call(endpoints.createPasswordReset, { params: { id } });
    const set = (enabled: boolean) =>
      server.api.call(endpoints.updateLocalAccount, { params: { id }, body: { enabled } });
    expect((await set(false)).enabled).toBe(false);
    expect((await client.refused(endpoints.getSession)).code).toBe('session.required');
    expect((await client.refused(endpoints.signIn, { body })).code).toBe('account.disabled');
    const wrong = { ...body, password: 'not the right one' };
    expect((await client.refused(endpoints.signIn, { body: wrong })).code).toBe(
      'sign_in.invalid_credentials',
    );
    expect(await refuseToken(tokenOf(url))).toBe('password_reset.invalid');
    await set(true);
    await client.call(endpoints.signIn, { body });
  });

  it('has another role from its next request on, and the last admin stays one', async () => {
    const { id, token } = await add('promoted');
    await complete(token);
    const client = server.anonymous();
    await client.call(endpoints.signIn, { body: { username: 'promoted', password } });
    const change = (id: string, role: 'admin' | 'auditor') => ({ params: { id }, body: { role } });
    const own = (await find('admin'))?.id ?? '';
    const refused = await server.api.refused(endpoints.updateLocalAccount, change(own, 'auditor'));
    expect(refused.code).toBe('access.last_admin');
    expect((await server.api.call(endpoints.updateLocalAccount, change(id, 'admin'))).role).toBe('admin');
    await client.call(endpoints.updateLocalAccount, change(own, 'auditor'));
    expect((await find('admin'))?.role).toBe('auditor');
    await client.call(endpoints.updateLocalAccount, change(own, 'admin'));
    await server.api.call(endpoints.updateLocalAccount, change(id, 'auditor'));
    expect((await client.refused(endpoints.updateLocalAccount, change(own, 'auditor'))).code).toBe(
      'permission.denied',
    );
    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'account.role' },
    });
    expect(items[0]).toMatchObject({
      target: 'promoted',
      before: { role: 'admin' },
      after: { role: 'auditor' },
    });
  });

  it('of the last admin stays enabled: a disabled account is no other admin', async () => {
    const own = (await find('admin'))?.id ?? '';
    const set = (id: string, enabled: boolean) => ({ params: { id }, body: { enabled } });
    const refuse = async () => (await server.api.refused(endpoints.updateLocalAccount, set(own, false))).code;
    expect(await refuse()).toBe('access.last_admin');
    const { id: other } = await add('second', 'admin');
    await server.api.call(endpoints.updateLocalAccount, set(other, false));
    expect(await refuse()).toBe('access.last_admin');
    await server.api.call(endpoints.updateLocalAccount, set(other, true));
  });

  it('of one of two admins who are disabled at the same moment stays enabled', async () => {
    const admins = (await list()).filter(({ role, enabled }) => role === 'admin' && enabled);
    expect(admins).toHaveLength(2);
    const answers = await Promise.all(
      admins.map(({ id }) =>
        server.api.request('PATCH', `/administrators/accounts/${id}`, { body: { enabled: false } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const sql = openSql(server.database);
    expect(
      await sql(`SELECT id FROM user_account WHERE role = 'admin' AND disabled_at IS NULL`),
    ).toHaveLength(1);
    await sql('UPDATE user_account SET disabled_at = NULL');
    await server.api.call(endpoints.signIn, { body: admin });
  });
});

describe('a link that sets a password', () => {
  it('works once, and only the last one made', async () => {
    const { id, token: first } = await add('links');
    const { url } = await server.api.call(endpoints.createPasswordReset, { params: { id } });
    expect(await refuseToken(first)).toBe('password_reset.invalid');
    expect(await refuseToken(tokenOf(url), 'password1234')).toBe('request.invalid'); // it stays for a better one
    const both = await Promise.all(
      [1, 2].map(() =>
        server.anonymous().request('POST', '/password-reset', {
          body: { token: tokenOf(url), newPassword: password },
        }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  it('expires after a day', async () => {
    const { token } = await add('late');
    clock = () => new Date(Date.now() + 24 * hourMs + 1_000);
    expect(await refuseToken(token)).toBe('password_reset.invalid');
    clock = () => new Date();
  });

  it('is kept as a digest only, and ends the sessions of its account when made and when used', async () => {
    const { id, token } = await add('sessions');
    await complete(token);
    const body = { username: 'sessions', password };
    const client = server.anonymous();
    await client.call(endpoints.signIn, { body });
    const { url } = await server.api.call(endpoints.createPasswordReset, { params: { id } });
    expect((await client.refused(endpoints.getSession)).code).toBe('session.required');
    const stored = JSON.stringify(await openSql(server.database)('SELECT * FROM password_reset'));
    expect(stored).not.toContain(tokenOf(url));
    await client.call(endpoints.signIn, { body }); // the old password holds until another is set
    await complete(tokenOf(url), 'and another long one');
    expect((await client.refused(endpoints.getSession)).code).toBe('session.required');
  });

  it('is void once the owner has changed the password', async () => {
    const { id, token } = await add('changed');
    await complete(token);
    const client = server.anonymous();
    await client.call(endpoints.signIn, { body: { username: 'changed', password } });
    const { url } = await server.api.call(endpoints.createPasswordReset, { params: { id } });
    await client.call(endpoints.signIn, { body: { username: 'changed', password } });
    await client.call(endpoints.changeMyPassword, {
      body: { currentPassword: password, newPassword: 'my own long choice' },
    });
    expect(await refuseToken(tokenOf(url))).toBe('password_reset.invalid');
  });

  it('is in the audit log with who made it and who used it, and nowhere with its token', async () => {
    const { items } = await server.api.call(endpoints.listAuditEntries, { query: { limit: 200 } });
    const actions = new Set(items.map(({ action }) => action));
    for (const action of ['account.create', 'account.disable', 'account.enable', 'account.reset_link'])
      expect(actions).toContain(action);
    const used = items.find(({ action, result }) => action === 'password.set' && result === 'succeeded');
    expect(used?.actor).toBe('changed');
    expect(JSON.stringify(items)).not.toContain('#reset=');
  });

  it('cannot be guessed at: attempts are throttled', async () => {
    const codes: string[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) codes.push(await refuseToken(`guess-${attempt}`));
    expect(codes.at(-1)).toBe('sign_in.throttled');
  });
});
