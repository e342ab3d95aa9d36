import { endpoints } from '@orgmirror/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { startPostgres, type TestPostgres } from '../support/start-postgres.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';

const role = 'troubled';

let postgres: TestPostgres;
let databaseUrl: string;
let server: TestServer;
let sql: Sql;
beforeAll(async () => {
  postgres = await startPostgres({ fsync: 'off', timezone: 'Asia/Shanghai' });
  databaseUrl = await postgres.createDatabase();
  sql = openSql({ env: { DATABASE_URL: databaseUrl }, remove: async () => undefined });
  await sql(`CREATE ROLE ${role} LOGIN`);
  await sql(`ALTER DATABASE ${new URL(databaseUrl).pathname.slice(1)} OWNER TO ${role}`);
  const own = new URL(databaseUrl);
  own.username = role;
  const corp = createSmallCorp([[1, 0]], [['ann', 1]]);
  server = await startTestServer({ wecom: { corp }, env: { DATABASE_URL: own.href } });
  await server.configure();
  await server.sync();
});
afterAll(async () => {
  await server.stop();
  await postgres.stop();
});

/** Ends the server's connections and waits until they are gone: what was changed for its account holds for the next. */
const cutConnections = () =>
  sql(`SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity WHERE usename = '${role}'`);
const readiness = async (): Promise<[status: number, code: unknown]> => {
  const answer = await fetch(`${server.url}/readyz`);
  const body = (await answer.json()) as { code?: string };
  return [answer.status, body.code];
};
const isReady = () => expect.poll(readiness).toEqual([200, undefined]);
const readMembers = () => server.api.request('GET', '/members');
const signIn = (client: ApiClient) => client.request('POST', '/session', { body: admin });

const expectRefused = async (
  request: Promise<{ status: number; body: unknown; headers: Headers }>,
  code: string,
) => {
  const { status, body, headers } = await request;
  expect([status, (body as { code: string }).code]).toEqual([503, code]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
};

describe('a database that takes no writes', () => {
  beforeEach(async () => {
    await sql(`ALTER ROLE ${role} SET default_transaction_read_only = on`);
    await sql(`UPDATE session SET last_seen_at = last_seen_at - interval '1 hour'`); // its use should be noted
    await cutConnections();
  });
  afterEach(async () => {
    await sql(`ALTER ROLE ${role} RESET default_transaction_read_only`);
    await cutConnections();
    await isReady();
    expect((await server.sync()).status).toBe('succeeded');
  });

  it('serves reads, refuses changes with the reason, and goes on by itself', async () => {
    await expect.poll(readiness).toEqual([503, 'database.read_only']);
    await expect.poll(async () => (await readMembers()).status).toBe(200);
    await expectRefused(signIn(server.anonymous()), 'database.read_only');
    await expectRefused(
      server.api.request('POST', '/sync-runs', { body: { mode: 'apply' } }),
      'database.read_only',
    );
  });
});

describe('a database whose disk is full', () => {
  beforeEach(async () => {
    // Postgres gives this very code when a file cannot grow.
    await sql(`CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
    for (const table of ['session', 'sync_run', 'wecom_call_budget'])
      await sql(`CREATE TRIGGER fill BEFORE INSERT OR UPDATE ON ${table} EXECUTE FUNCTION fill()`);
    await sql(`ALTER TABLE session DISABLE TRIGGER fill`);
    await sql(`UPDATE session SET last_seen_at = last_seen_at - interval '1 hour'`);
    await sql(`ALTER TABLE session ENABLE TRIGGER fill`);
  });
  afterEach(async () => {
    await sql('DROP FUNCTION fill CASCADE');
    await isReady();
    expect((await server.sync()).status).toBe('succeeded');
  });

  it('serves reads, refuses changes with the reason, and is not ready until it takes them again', async () => {
    expect((await readMembers()).status).toBe(200);
    await expectRefused(signIn(server.anonymous()), 'database.full');
    await expectRefused(
      server.api.request('POST', '/sync-runs', { body: { mode: 'apply' } }),
      'database.full',
    );
    expect(await readiness()).toEqual([503, 'database.full']);
    expect((await readMembers()).status).toBe(200);
    expect(await readiness()).toEqual([503, 'database.full']); // a read tells nothing
  });
});

describe('a database that lets no more connections in', () => {
  it('is named as such until it does', async () => {
    await sql(`ALTER ROLE ${role} CONNECTION LIMIT 0`);
    await cutConnections();
    await expect.poll(readiness).toEqual([503, 'database.too_many_connections']);
    await expectRefused(readMembers(), 'database.too_many_connections');
    await sql(`ALTER ROLE ${role} CONNECTION LIMIT -1`);
    await isReady();
    expect((await readMembers()).status).toBe(200);
  });
});

describe('a database that lets in no more connections than are open', () => {
  it('is named as such once one was refused, until another is let in', async () => {
    await isReady();
    await cutConnections();
    await isReady(); // by one connection that is open from now on
    await sql(`ALTER ROLE ${role} CONNECTION LIMIT 1`);
    const answers = () => Promise.all(Array.from({ length: 12 }, readMembers));
    await expect.poll(async () => (await answers()).map(({ status }) => status)).toContain(503);
    expect(await readiness()).toEqual([503, 'database.too_many_connections']);
    await sql(`ALTER ROLE ${role} CONNECTION LIMIT -1`);
    await isReady();
    expect((await answers()).map(({ status }) => status)).not.toContain(503);
  });
});

describe('a job queue that the database refuses', () => {
  beforeEach(async () => {
    await isReady();
    await sql(`CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
    // Only jobs are refused, and what a check tries.
    await sql(`CREATE TRIGGER fill BEFORE INSERT ON pgboss.job_common FOR EACH ROW EXECUTE FUNCTION fill()`);
    await sql('CREATE TRIGGER fill BEFORE INSERT ON wecom_call_budget EXECUTE FUNCTION fill()');
  });
  afterEach(async () => {
    await sql('DROP FUNCTION fill CASCADE');
    await isReady();
    // The run is there, and its job is sent again.
    const { items } = await server.api.call(endpoints.listSyncRuns, {});
    expect((await server.waitForRun(items[0]?.id ?? '')).status).toBe('succeeded');
  });

  it('is named by what is asked of it and by readiness, until it takes jobs again', async () => {
    await expectRefused(
      server.api.request('POST', '/sync-runs', { body: { mode: 'apply' } }),
      'database.full',
    );
    expect(await readiness()).toEqual([503, 'database.full']);
  });
});

describe('an account that was locked', () => {
  it('is named as such until it is let in again', async () => {
    await sql(`ALTER ROLE ${role} NOLOGIN`);
    await cutConnections();
    await expect.poll(readiness).toEqual([503, 'database.refused']);
    await expectRefused(readMembers(), 'database.refused');
    await sql(`ALTER ROLE ${role} LOGIN`);
    await isReady();
  });
});

describe('a database that stopped', () => {
  it('is named as such, by requests and readiness', async () => {
    postgres.kill('SIGINT');
    await expect.poll(readiness).toEqual([503, 'database.unavailable']);
    await expectRefused(readMembers(), 'database.unavailable');
    await expectRefused(signIn(server.anonymous()), 'database.unavailable');
    await expectRefused(server.anonymous().request('GET', endpoints.getSetup.path), 'database.unavailable');
  });
});
