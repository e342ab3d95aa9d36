import { endpoints } from '@orgmirror/contracts';
import { startWecomSimulator, type WecomSimulator } from '@orgmirror/wecom-simulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';
import { createApiClient } from '../support/api-client.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { openSql } from '../support/query-database.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

async function run(args: string[], env: Record<string, string>) {
  const said: string[] = [];
  const errors: string[] = [];
  const exitCode = await runCommand(args, {
    env: { LOG_LEVEL: 'silent', ...env },
    print: (line) => void said.push(line),
    printError: (line) => void errors.push(line),
  });
  return { exitCode, said, errors };
}

it('names the commands that there are', async () => {
  for (const args of [[], ['nonsense']]) {
    const { exitCode, said, errors } = await run(args, {});
    expect([exitCode, said]).toEqual([2, []]);
    for (const name of ['doctor', 'migrate', 'reset-password', 'rotate-secret', 'backup', 'audit:verify'])
      expect(errors.join()).toContain(name);
  }
});

describe('on an empty database', () => {
  let database: TestDatabase;
  let wecom: WecomSimulator;
  let env: Record<string, string>;
  beforeEach(async () => {
    database = await createTestDatabase({ empty: true });
    wecom = await startWecomSimulator();
    env = { ...database.env, WECOM_API_BASE_URL: wecom.baseUrl };
  });
  afterEach(async () => {
    await wecom.close();
    await database.remove();
  });

  it('migrate brings it up to date, once', async () => {
    const first = await run(['migrate'], database.env);
    expect(first.said.at(-1)).toMatch(/^已应用 \d+ 项数据库升级。 \| Applied \d+ database migration/);
    expect(await run(['migrate'], database.env)).toEqual({
      exitCode: 0,
      said: ['数据库已是最新。 | The database is up to date.'],
      errors: [],
    });
  });

  it('doctor says what a start would do, and does none of it', async () => {
    for (let time = 1; time <= 2; time += 1) {
      const { exitCode, said } = await run(['doctor'], env);
      expect(exitCode).toBe(0);
      expect(said.join('\n')).toMatch(/^\[ -- \] .*\| \d+ migration\(s\) are pending/m);
    }
  });

  it('doctor says on the first day whether WeCom can be reached, and from which address', async () => {
    wecom.settings.egressIp = '203.0.113.9';
    const reached = await run(['doctor'], env);
    expect(reached.exitCode).toBe(0);
    expect(reached.said.at(-1)).toMatch(
      /^\[ ok \] .*203\.0\.113\.9.* \| .*sees this server as 203\.0\.113\.9/,
    );
    expect(wecom.stats.snapshot().tokensIssued).toBe(0);
    const WECOM_API_BASE_URL = `http://127.0.0.1:${await findFreePort()}`;
    const unreached = await run(['doctor'], { ...env, WECOM_API_BASE_URL });
    expect(unreached.exitCode).toBe(1);
    expect(unreached.said.at(-1)).toMatch(
      /^\[fail\] 无法连接到企业微信.* \| The connection to WeCom was refused/,
    );
  });

  it('doctor names the right that the account lacks', async () => {
    const sql = openSql(database);
    await sql('CREATE ROLE patient LOGIN');
    const DATABASE_URL = Object.assign(new URL(env.DATABASE_URL ?? ''), { username: 'patient' }).href;
    const examine = async () => {
      const { exitCode, said } = await run(['doctor'], { ...env, DATABASE_URL });
      return { exitCode, said: said.join('\n') };
    };
    try {
      expect(await examine()).toEqual({
        exitCode: 1,
        said: expect.stringMatching(/^\[fail\] .*GRANT USAGE, CREATE ON SCHEMA "public" TO "patient"$/m),
      });
      await sql('GRANT USAGE, CREATE ON SCHEMA public TO patient');
      expect((await examine()).said).toContain('CREATE EXTENSION pg_trgm');
      await sql('CREATE EXTENSION pg_trgm');
      expect((await examine()).said).toContain(
        'CREATE SCHEMA IF NOT EXISTS "pgboss" AUTHORIZATION "patient"',
      );
      await sql('CREATE SCHEMA pgboss AUTHORIZATION patient');
      expect(await examine()).toEqual({
        exitCode: 0,
        said: expect.stringMatching(/^\[ ok \] .*has the rights in the database/m),
      });
    } finally {
      await sql('DROP OWNED BY patient');
      await sql('DROP ROLE patient');
    }
  });

  it('doctor says that the clocks differ', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    try {
      const { exitCode, said } = await run(['doctor'], env);
      expect(exitCode).toBe(1);
      expect(said.join('\n')).toMatch(/^\[fail\] .*相差 \d+ 秒.* \| .* differ by (59|60|61) s: let NTP/m);
    } finally {
      vi.useRealTimers();
    }
  });

  it('doctor says that the disk is full', async () => {
    // A file system without a byte free.
    const { exitCode, said } = await run(['doctor'], {
      ...env,
      DATABASE_URL: '',
      DATA_DIR: '/proc/orgmirror',
    });
    expect(exitCode).toBe(1);
    expect(said[1]).toMatch(/^\[fail\] \/proc\/orgmirror .*仅剩 0\.0 GB.* \| Only 0\.0 GB are free/);
  });

  it.each([
    ['migrate', { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }, 'cannot be reached'],
    ['reset-password', { PORT: 'x' }, 'PORT ('],
  ])('%s says in one line why it cannot', async (name, env, reason) => {
    const { exitCode, errors } = await run([name], { ...database.env, ...env });
    expect([exitCode, errors.length]).toEqual([1, 1]);
    expect(errors[0]).toContain(reason);
  });
});

describe('beside a server', () => {
  let server: TestServer;
  let env: Record<string, string>;
  beforeEach(async () => {
    server = await startTestServer();
    env = { ...server.database.env, WECOM_API_BASE_URL: server.wecom.baseUrl };
    await server.configure();
  });
  afterEach(() => server.stop());

  it('doctor finds all well', async () => {
    const { exitCode, said } = await run(['doctor'], env);
    expect(exitCode).toBe(0);
    expect(said.filter((line) => line.startsWith('[fail]'))).toEqual([]);
    for (const word of [
      'environment',
      'Postgres 18',
      'the rights',
      'up to date',
      'clocks agree',
      'APP_SECRET',
      'WeCom answers',
    ])
      expect(said.join('\n')).toContain(word);
  });

  it('doctor names what is wrong and its remedy', async () => {
    server.wecom.settings.egressIp = '203.0.113.9';
    const untrusted = await run(['doctor'], env);
    expect(untrusted.exitCode).toBe(1);
    expect(untrusted.said.join('\n')).toMatch(/^\[fail\] .*203\.0\.113\.9.* \| .*203\.0\.113\.9/m);
    const foreign = await run(['doctor'], { ...env, APP_SECRET: 'y'.repeat(32) });
    expect(foreign.said.join('\n')).toMatch(/^\[fail\] APP_SECRET .*ACCEPT_APP_SECRET=/m);
    const bad = await run(['doctor'], { ...env, PORT: '-1' });
    expect([bad.exitCode, bad.said.length]).toEqual([1, 1]);
    expect(bad.said[0]).toMatch(/^\[fail\] .*PORT \(/);
  });

  it('reset-password gives a new one, ends the sessions and is in the audit log', async () => {
    const { exitCode, said } = await run(['reset-password', 'ADMIN'], env);
    expect(exitCode).toBe(0);
    const password = /shown once: (\S+)$/.exec(said[0] ?? '')?.[1] ?? '';
    expect(password).toMatch(/^(\w{4}-){4}\w{4}$/);
    expect((await server.api.refused(endpoints.getSession)).code).toBe('session.required');
    const client = createApiClient(server.url);
    expect((await client.refused(endpoints.signIn, { body: admin })).code).toBe(
      'sign_in.invalid_credentials',
    );
    await client.call(endpoints.signIn, { body: { ...admin, password } });
    const { items } = await client.call(endpoints.listAuditEntries);
    expect(items.find(({ action }) => action === 'password.reset')).toMatchObject({
      target: 'admin',
      actor: null,
      result: 'succeeded',
    });
  });

  it('reset-password names the accounts when there is none of that name', async () => {
    for (const args of [['reset-password'], ['reset-password', 'eve']]) {
      const { exitCode, errors } = await run(args, env);
      expect(exitCode).toBe(1);
      expect(errors[0]).toContain('There are: admin');
    }
  });
});
