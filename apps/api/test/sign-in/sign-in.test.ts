import { endpoints, type Problem } from '@orgmirror/contracts';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSecretBox } from '../../src/platform/secret-box.ts';
import { createAccount } from '../support/create-account.ts';
import { openSql } from '../support/query-database.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { emptyAuditLog } from '../support/tamper-with-audit.ts';

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
    expect(await client.call(endpoints.getSession)).toMatchObject({ user });
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

  it('makes an address wait after ten wrong passwords for an account', async () => {
    for (let attempt = 1; attempt <= 10; attempt++)
      expect((await trySignIn('admin', 'wrong', '10.2.0.1')).status).toBe(401);
    const refused = await trySignIn('admin', admin.password, '10.2.0.1');
    expect(refused).toMatchObject({ status: 429, body: { code: 'sign_in.throttled' } });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(800);
    expect(seconds).toBeLessThanOrEqual(900);
    expect((refused.body as Problem).detail).toContain(`${seconds}`);
    const other = await createAccount(server, 'auditor');
    expect((await other.request('GET', '/session')).status).toBe(200);
  });

  it('lets nobody be locked out by guesses from other addresses, which only take longer and longer', async () => {
    for (let attempt = 1; attempt <= 12; attempt++)
      expect((await trySignIn('admin', 'wrong', `10.2.1.${attempt}`)).status).toBe(401);
    const startedAt = performance.now();
    expect((await trySignIn('admin', admin.password, '10.2.1.99')).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(700);
  });

  it('counts the addresses of one /64 together', async () => {
    for (let attempt = 1; attempt <= 10; attempt++)
      expect((await trySignIn('admin', 'wrong', `2001:db8:1:2::${attempt}`)).status).toBe(401);
    expect((await trySignIn('admin', admin.password, '2001:db8:1:2:ffff::1')).status).toBe(429);
    expect((await trySignIn('admin', admin.password, '2001:db8:1:3::1')).status).toBe(200);
  });

  describe('a browser in which the owner has signed in before', () => {
    const signInFrom = async (address: string) => {
      const { headers } = await trySignIn('admin', admin.password, address);
      const cookie = headers.getSetCookie().find((line) => line.startsWith('orgmirror_device='));
      return { cookie: cookie?.split(';')[0] ?? '' };
    };
    const tryWith = (
      headers: Record<string, string>,
      password: string,
      address: string,
      username = 'admin',
    ) =>
      server
        .anonymous({ ...from(address), ...headers })
        .request('POST', '/session', { body: { username, password } });

    it('is stopped neither by strangers nor by others at its address', async () => {
      const device = await signInFrom('10.7.0.1');
      for (let attempt = 1; attempt <= 50; attempt++) await trySignIn(`user${attempt}`, 'wrong', '10.7.0.1');
      for (let attempt = 1; attempt <= 14; attempt++) await trySignIn('admin', 'wrong', `10.7.1.${attempt}`);
      expect((await trySignIn('admin', admin.password, '10.7.0.1')).status).toBe(429);
      expect((await tryWith(device, admin.password, '10.7.0.1')).status).toBe(200);
    });

    it('waits after ten wrong passwords of its own, from any addresses', async () => {
      const device = await signInFrom('10.7.2.1');
      for (let attempt = 1; attempt <= 10; attempt++)
        expect((await tryWith(device, 'wrong', `10.7.3.${attempt}`)).status).toBe(401);
      expect((await tryWith(device, admin.password, '10.7.3.99')).status).toBe(429);
      expect((await trySignIn('admin', admin.password, '10.7.3.99')).status).toBe(200);
    });

    it('is a stranger to other accounts, and with another cookie', async () => {
      const device = await signInFrom('10.7.4.1');
      const forged = { cookie: `${device.cookie.slice(0, -4)}AAAA` };
      for (let attempt = 1; attempt <= 10; attempt++)
        expect((await tryWith(device, 'wrong', '10.7.4.2', 'other')).status).toBe(401);
      expect((await tryWith(device, 'wrong', '10.7.4.2', 'other')).status).toBe(429);
      for (let attempt = 1; attempt <= 10; attempt++)
        expect((await tryWith(forged, 'wrong', '10.7.4.3')).status).toBe(401);
      expect((await tryWith(forged, admin.password, '10.7.4.3')).status).toBe(429);
    });

    it('is let in by nothing but the password', async () => {
      const client = server.anonymous(await signInFrom('10.7.5.1'));
      expect((await client.request('GET', '/session')).status).toBe(401);
    });
  });

  it('makes accounts that do not exist wait as well', async () => {
    const statuses: number[] = [];
    for (let attempt = 1; attempt <= 11; attempt++) statuses.push((await trySignIn('ghost', 'wrong')).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
  });

  it('makes an address wait after fifty wrong passwords for any accounts', async () => {
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

  it('writes down strangers one by one only at first, then how many there were', async () => {
    const sql = openSql(server.database);
    await emptyAuditLog(sql);
    const attempts = 200;
    for (let sent = 0; sent < attempts; sent += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          trySignIn(`stranger${sent + index}`, 'wrong', `10.8.${sent + index}.1`),
        ),
      );
    const { items } = await server.api.call(endpoints.listAuditEntries, { query: { limit: 200 } });
    expect(items).toHaveLength(20 + 3);
    const counts = items.flatMap(({ after }) => (after?.attempts === undefined ? [] : [after.attempts]));
    expect(counts.map(Number).sort((a, b) => a - b)).toEqual([40, 80, 160]);
  }, 120_000);

  it('counts the attempts that were throttled as well', async () => {
    await emptyAuditLog(openSql(server.database));
    for (let attempt = 1; attempt <= 45; attempt++) await trySignIn('admin', 'wrong', '10.9.0.1');
    const { items } = await server.api.call(endpoints.listAuditEntries);
    expect(items.map(({ after }) => after)).toEqual([
      { error: 'sign_in.throttled', attempts: 40 },
      ...Array<unknown>(10).fill({ error: 'sign_in.throttled' }),
      ...Array<unknown>(10).fill({ error: 'sign_in.invalid_credentials' }),
    ]);
  });

  it('keeps nowhere what was typed as a username of nobody, since it may be a password', async () => {
    await trySignIn('my-Secret-Passw0rd', 'x', '10.9.1.1');
    const rows = await openSql(server.database)<{ text: string }>(
      `SELECT t::text AS text FROM audit_entry t UNION ALL SELECT t::text FROM rate_limit t`,
    );
    const text = rows.map((row) => row.text).join('\n');
    expect(text).toContain('unknownUser');
    expect(text.toLowerCase()).not.toContain('secret-passw0rd');
  });

  it('deletes refusals after half a year, and everything after three years', async () => {
    const sql = openSql(server.database);
    await emptyAuditLog(sql);
    const add = (days: number, result: string) =>
      sql(
        `INSERT INTO audit_entry (id, action, target, result, at)
         VALUES (gen_random_uuid(), 'x', $1, $2, now() - make_interval(days => $3))`,
        [`${days} ${result}`, result, days],
      );
    for (const days of [1, 189, 191, 1097, 1099])
      for (const result of ['failed', 'succeeded']) await add(days, result);
    await server.restart(); // it purges at start
    await expect.poll(async () => (await sql('SELECT FROM audit_entry')).length).toBe(6);
    const left = await sql<{ target: string }>('SELECT target FROM audit_entry');
    expect(new Set(left.map(({ target }) => target))).toEqual(
      new Set(['1 failed', '1 succeeded', '189 failed', '189 succeeded', '191 succeeded', '1097 succeeded']),
    );
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
      const cookies = await cookieOf({});
      expect(cookies.map((cookie) => cookie.split('; ').slice(1).sort())).toEqual([
        ['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax'],
        ['HttpOnly', 'Max-Age=34560000', 'Path=/api/v1', 'SameSite=Lax'],
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
