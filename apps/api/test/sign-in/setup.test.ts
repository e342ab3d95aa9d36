import { endpoints } from '@orgmirror/contracts';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFirstAdmin } from '../../src/identity/sign-in/complete-setup.ts';
import { openDatabase } from '../../src/platform/database/database.ts';
import { connectionStringOf, openSql } from '../support/query-database.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { emptyAuditLog } from '../support/tamper-with-audit.ts';

describe('setting up the first admin', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ env: { ADMIN_USERNAME: '', ADMIN_PASSWORD: '' } });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    for (const table of ['user_account', 'rate_limit'])
      await openSql(server.database)(`DELETE FROM ${table}`);
    await emptyAuditLog(openSql(server.database));
  });

  const password = 'twelve chars';
  const printedCode = () =>
    server.said
      .map((line) => /^初始化码 Setup code for the first admin: (.+)$/.exec(line)?.[1])
      .find(Boolean) ?? '';
  const isRequired = async () => (await server.anonymous().call(endpoints.getSetup)).required;
  const countAdmins = async () =>
    (await openSql(server.database)(`SELECT FROM user_account WHERE role = 'admin'`)).length;

  it('takes the printed code once, signs in and is over', async () => {
    expect(await isRequired()).toBe(true);
    const client = server.anonymous();
    const { user } = await client.call(endpoints.completeSetup, {
      body: { setupCode: ` ${printedCode().toLowerCase()} `, username: '  管理员.1 ', password },
    });
    expect(user).toMatchObject({ displayName: '管理员.1', role: 'admin', kind: 'local' });
    expect(await client.call(endpoints.getSession)).toMatchObject({ user });
    expect(await isRequired()).toBe(false);
    const again = { setupCode: printedCode(), username: 'second', password };
    expect(await server.anonymous().refused(endpoints.completeSetup, { body: again })).toMatchObject({
      status: 409,
      code: 'setup.completed',
    });
    const { items } = await client.call(endpoints.listAuditEntries);
    expect(items).toEqual([expect.objectContaining({ action: 'setup.complete', actor: '管理员.1' })]);
    const said = server.said.length;
    await server.restart();
    expect(server.said.slice(said).join()).not.toContain('Setup code');
    await server.anonymous().call(endpoints.signIn, { body: { username: '管理员.1', password } });
  });

  it('refuses a wrong code, and says so', async () => {
    const code = printedCode();
    for (const setupCode of [`${code}0`, code.replaceAll('-', ''), 'x', '****-****-****'])
      expect(
        await server
          .anonymous()
          .refused(endpoints.completeSetup, { body: { setupCode, username: 'eve', password } }),
      ).toMatchObject({ status: 403, code: 'setup.wrong_code' });
    expect(await countAdmins()).toBe(0);
  });

  it('slows down guessing the code', async () => {
    const guess = (address = '10.1.0.1') =>
      server
        .anonymous({ 'x-forwarded-for': address })
        .refused(endpoints.completeSetup, { body: { setupCode: 'x', username: 'eve', password } });
    for (let attempt = 1; attempt <= 10; attempt++) expect((await guess()).code).toBe('setup.wrong_code');
    expect(await guess()).toMatchObject({ status: 429, code: 'sign_in.throttled' });
  });

  it('is not kept from the owner by the guesses of others, which are written down', async () => {
    const guess = (address: string) =>
      server.anonymous({ 'x-forwarded-for': address }).request('POST', '/setup', {
        body: { setupCode: 'x', username: 'eve', password },
      });
    for (let attempt = 1; attempt <= 12; attempt++)
      expect((await guess(`10.2.0.${attempt % 2}`)).status).toBe(403);
    const body = { setupCode: printedCode(), username: 'owner', password };
    const client = server.anonymous({ 'x-forwarded-for': '10.3.0.1' });
    await client.call(endpoints.completeSetup, { body });
    const { items } = await client.call(endpoints.listAuditEntries);
    expect(items.map(({ action, result, actor }) => [action, result, actor])).toEqual([
      ['setup.complete', 'succeeded', 'owner'],
      ...Array<unknown>(12).fill(['setup.complete', 'failed', null]),
    ]);
    expect(items.at(-1)).toMatchObject({ after: { error: 'setup.wrong_code' }, ip: '10.2.0.1' });
  });

  it.each([
    ['a password of eleven characters', { password: 'eleven char' }, 'password'],
    ['a password of 201 characters', { password: 'x'.repeat(201) }, 'password'],
    ['twelve blanks', { password: ' '.repeat(12) }, 'password'],
    ['a common password', { password: 'password1234' }, 'password'],
    ['no username', { username: '   ' }, 'username'],
    ['a username with blanks inside', { username: 'a b' }, 'username'],
    ['a username with a tag', { username: '<b>' }, 'username'],
    ['a username of 65 characters', { username: 'x'.repeat(65) }, 'username'],
  ])('refuses %s', async (_, fields, path) => {
    const body = { setupCode: printedCode(), username: 'admin', password, ...fields };
    expect(await server.anonymous().refused(endpoints.completeSetup, { body })).toMatchObject({
      status: 400,
      code: 'request.invalid',
      errors: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(await isRequired()).toBe(true);
  });

  it.each([
    ['the same name', () => 'admin'],
    ['different names', (index: number) => `admin${index}`],
  ])('makes one admin when several come at once with %s', async (_, nameOf) => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((index) =>
        server.anonymous().request('POST', '/setup', {
          body: { setupCode: printedCode(), username: nameOf(index), password },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(await countAdmins()).toBe(1);
  });

  it('prints the same code after a restart', async () => {
    const before = printedCode();
    await server.restart();
    expect(server.said.at(-1)).toBe(`初始化码 Setup code for the first admin: ${before}`);
  });

  it.each([
    ['the same ADMIN_USERNAME', () => 'admin'],
    ['different ones', (index: number) => `admin${index}`],
  ])('makes one admin when several processes start at once with %s', async (_, nameOf) => {
    const databaseUrl = connectionStringOf(server.database);
    const database = await openDatabase({ databaseUrl, dataFolder: '' }, pino({ level: 'silent' }));
    try {
      const made = await Promise.all(
        [1, 2, 3, 4, 5, 6].map((index) =>
          createFirstAdmin(database.prisma, { username: nameOf(index), password }, (_, user) =>
            Promise.resolve(user),
          ),
        ),
      );
      expect(made.filter((user) => user !== null)).toHaveLength(1);
      expect(await countAdmins()).toBe(1);
    } finally {
      await database.close();
    }
  });
});
