import { endpoints, type Problem } from '@orgmirror/contracts';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSecretBox } from '../src/platform/secret-box.ts';
import { createAccount } from './support/create-account.ts';
import { openSql } from './support/query-database.ts';
import { admin, startTestServer, type TestServer } from './support/start-test-server.ts';

const from = (address: string) => ({ 'x-forwarded-for': address });

describe('signing in', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => openSql(server.database)('DELETE FROM rate_limit'));

  const trySignIn = async (username: string, password: string, address = '10.1.1.1') =>
    server.anonymous(from(address)).request('POST', '/session', { body: { username, password } });

  it('answers who signed in, and the same later', async () => {
    const client = server.anonymous();
    const { user } = await client.call(endpoints.signIn, { body: admin });
    expect(user).toEqual({ id: expect.any(String), displayName: 'admin', role: 'admin', kind: 'local' });
    expect(await client.call(endpoints.getSession)).toEqual({ user });
  });

  it.each(['ADMIN', ' admin ', 'Admin'])(
    'compares usernames without case and blanks around: %j',
    async (username) => {
      expect((await trySignIn(username, admin.password)).status).toBe(200);
    },
  );

  it.each([`${admin.password} `, admin.password.toUpperCase(), '', admin.password.slice(0, -1)])(
    'compares passwords to the letter: %j',
    async (password) => {
      expect((await trySignIn('admin', password)).status).toBe(401);
    },
  );

  it('refuses an unknown account and a wrong password with the same answer', async () => {
    const [unknown, wrong] = [await trySignIn('nobody.knows', 'wrong'), await trySignIn('admin', 'wrong')];
    const told = ({ status, body }: typeof unknown) => [status, { ...(body as Problem), requestId: '' }];
    expect(told(unknown)).toEqual(told(wrong));
    expect(unknown).toMatchObject({ status: 401, body: { code: 'sign_in.invalid_credentials' } });
    expect([unknown, wrong].map(({ headers }) => headers.getSetCookie())).toEqual([[], []]);
  });

  it('makes an account wait after ten wrong passwords, from whatever address', async () => {
    for (let attempt = 1; attempt <= 10; attempt++)
      expect((await trySignIn('admin', 'wrong', `10.2.0.${attempt}`)).status).toBe(401);
    const refused = await trySignIn('admin', admin.password, '10.2.0.99');
    expect(refused).toMatchObject({ status: 429, body: { code: 'sign_in.throttled' } });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(800);
    expect(seconds).toBeLessThanOrEqual(900);
    expect((refused.body as Problem).detail).toContain(`${seconds}`);
    const other = await createAccount(server, 'auditor');
    expect((await other.request('GET', '/session')).status).toBe(200);
  });

  it('makes accounts that do not exist wait as well', async () => {
    const statuses: number[] = [];
    for (let attempt = 1; attempt <= 11; attempt++) statuses.push((await trySignIn('ghost', 'wrong')).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
  });

  it('makes an address wait after fifty wrong passwords for whatever accounts', async () => {
    for (let attempt = 1; attempt <= 50; attempt++)
      expect((await trySignIn(`user${attempt}`, 'wrong', '10.3.0.1')).status).toBe(401);
    expect((await trySignIn('admin', admin.password, '10.3.0.1')).status).toBe(429);
    expect((await trySignIn('admin', admin.password, '10.3.0.2')).status).toBe(200);
  });

  it('forgives the account when the right password comes', async () => {
    for (let round = 0; round < 2; round++) {
      for (let attempt = 1; attempt <= 9; attempt++)
        expect((await trySignIn('admin', 'wrong', '10.4.0.1')).status).toBe(401);
      expect((await trySignIn('admin', admin.password, '10.4.0.1')).status).toBe(200);
    }
  });

  it('counts right passwords against no address', async () => {
    for (let attempt = 1; attempt <= 55; attempt++)
      expect((await trySignIn('admin', admin.password, '10.5.0.1')).status).toBe(200);
  }, 120_000);

  it('writes down who tried from where, never the password', async () => {
    await trySignIn('admin', 'a wrong password, written down nowhere', '10.6.0.1');
    const { items } = await server.api.call(endpoints.listAuditEntries, { query: { limit: 1 } });
    expect(items[0]).toMatchObject({
      action: 'session.sign_in',
      actor: 'admin',
      result: 'failed',
      ip: '10.6.0.1',
    });
    expect(JSON.stringify(items)).not.toContain('written down nowhere');
  });

  it('stores passwords as argon2id only', async () => {
    const rows = await openSql(server.database)('SELECT password_hash FROM user_account');
    expect(rows.map(({ password_hash: hash }) => hash)).toEqual(
      rows.map(() => expect.stringMatching(/^\$argon2id\$/)),
    );
  });

  it('ends a session at once on signing out', async () => {
    const client = server.anonymous();
    await client.call(endpoints.signIn, { body: admin });
    const { cookie } = client;
    const answer = await client.request('DELETE', '/session');
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^orgmirror_session=; Max-Age=0;/)]);
    expect(client.cookie).toBe('');
    client.cookie = cookie;
    expect(await client.refused(endpoints.getSession)).toMatchObject({
      status: 401,
      code: 'session.required',
    });
    expect((await server.api.request('GET', '/session')).status).toBe(200);
  });

  it('gives each sign-in a session of its own', async () => {
    const [first, second] = [server.anonymous(), server.anonymous()];
    await first.call(endpoints.signIn, { body: admin });
    await second.call(endpoints.signIn, { body: admin });
    expect(first.cookie).not.toBe(second.cookie);
  });

  describe('the cookie', () => {
    const cookieOf = async (headers: Record<string, string>) => {
      const client = server.anonymous(headers);
      const { headers: answered } = await client.request('POST', '/session', { body: admin });
      return answered.getSetCookie();
    };

    it('is closed to scripts and to other sites', async () => {
      const [cookie, ...more] = await cookieOf({});
      expect(more).toEqual([]);
      expect(cookie?.split('; ').slice(1).sort()).toEqual([
        'HttpOnly',
        'Max-Age=604800',
        'Path=/',
        'SameSite=Lax',
      ]);
    });

    it('is for HTTPS only behind a proxy on this machine that speaks HTTPS', async () => {
      expect((await cookieOf({ 'x-forwarded-proto': 'https' }))[0]).toMatch(/; Secure/);
    });
  });

  describe('a forged token', () => {
    const sessionIdOf = (cookie: string) => (jwt.decode(cookie.split('=')[1] ?? '') as { sid: string }).sid;
    const keyOf = () => createSecretBox(server.database.env.APP_SECRET ?? '').deriveKey('session');
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const statusWith = async (token: string) => {
      const client = server.anonymous();
      client.cookie = `orgmirror_session=${token}`;
      return (await client.request('GET', '/session')).status;
    };

    it('would be taken with the server’s own key and algorithm', async () => {
      expect(await statusWith(jwt.sign({ sid: sessionIdOf(server.api.cookie) }, keyOf()))).toBe(200);
    });

    it.each<[string, (sid: string) => string]>([
      ['no algorithm', (sid) => `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ sid })}.`],
      ['another key', (sid) => jwt.sign({ sid }, 'x'.repeat(32))],
      ['an empty key', (sid) => jwt.sign({ sid }, Buffer.from('\0'))],
      ['another algorithm with the right key', (sid) => jwt.sign({ sid }, keyOf(), { algorithm: 'HS512' })],
      ['an end that has passed', (sid) => jwt.sign({ sid, exp: 1 }, keyOf())],
      [
        'a session that is not there',
        () => jwt.sign({ sid: '0190b3b0-0000-7000-8000-000000000000' }, keyOf()),
      ],
      ['a session id that is none', () => jwt.sign({ sid: "' OR 1=1" }, keyOf())],
      ['no session id', () => jwt.sign({ sub: 'admin' }, keyOf())],
      ['a text for a payload', () => jwt.sign('admin', keyOf())],
    ])('with %s is refused', async (_, forge) => {
      expect(await statusWith(forge(sessionIdOf(server.api.cookie)))).toBe(401);
    });

    it('with a changed signature is refused', async () => {
      const token = server.api.cookie.split('=')[1] ?? '';
      expect(await statusWith(`${token.slice(0, -4)}AAAA`)).toBe(401);
    });
  });
});
