import { randomUUID } from 'node:crypto';
import { endpoints } from '@orgmirror/contracts';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { fencedTransaction, LeaseLostError } from '../../src/runs/fenced-transaction.ts';
import { acquireLease, releaseLease, renewLease } from '../../src/runs/lease.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let files: TestDatabase;
let database: Database;
let corpRowId: number;
beforeAll(async () => {
  files = await createTestDatabase();
  database = await openDatabase(readConfig(files.env), pino({ level: 'silent' }));
  corpRowId = (await database.prisma.corp.create({ data: { corpId: 'ww1' } })).id;
});
afterAll(async () => {
  await database.close();
  await files.remove();
});

const take = () => acquireLease(database.prisma, corpRowId, randomUUID());

it('a lease that was given back cannot be renewed by a look in flight: the next run takes it at once', async () => {
  const lease = await take();
  if (lease === null) throw new Error('The lease is free.');
  expect(await renewLease(database.prisma, lease)).toBe(true);
  expect(await take()).toBeNull();
  await releaseLease(database.prisma, lease);
  expect(await renewLease(database.prisma, lease)).toBe(false);
  await expect(fencedTransaction(database.prisma, lease, async () => undefined)).rejects.toThrow(
    LeaseLostError,
  );
  const next = await take();
  expect(next?.fencingToken).toBe(lease.fencingToken + 1);
  if (next) await releaseLease(database.prisma, next);
});

/** Notes each attempt to take a lease from now on, and whether it was free. */
async function watchAttempts(sql: Sql) {
  await sql('CREATE TABLE attempt (run_id uuid, at timestamptz, is_free boolean)');
  await sql(`CREATE FUNCTION note_attempt() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO attempt SELECT NEW.run_id, clock_timestamp(),
      coalesce((SELECT expires_at <= now() FROM sync_lease WHERE corp_row_id = NEW.corp_row_id), true);
    RETURN NEW; END $$`);
  await sql(
    `CREATE TRIGGER note_attempt BEFORE INSERT ON sync_lease FOR EACH ROW EXECUTE FUNCTION note_attempt()`,
  );
  return (runId: string) =>
    sql<{ isFree: boolean; waitedMs: number | null }>(
      `SELECT is_free AS "isFree", extract(epoch FROM at - lag(at) OVER (ORDER BY at))::float8 * 1000 AS "waitedMs"
       FROM attempt WHERE run_id = $1 ORDER BY at`,
      [runId],
    );
}

it('a run after a long one has the lease at its first attempt', async () => {
  const server = await startTestServer({ wecom: { corp: createSmallCorp([[1, 0]], [['ann', 1]]) } });
  try {
    await server.configure();
    const listAttempts = await watchAttempts(openSql(server.database));
    // Longer than the lease is left alone: a renewal is due while it ends.
    server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'delay', delayMs: 8_900 }, times: 1 });
    expect((await server.sync()).status).toBe('succeeded');
    const next = await server.sync();
    expect(next.status).toBe('succeeded');
    expect(await listAttempts(next.id)).toEqual([{ isFree: true, waitedMs: null }]);
  } finally {
    await server.stop();
  }
});

it('a run that finds the lease taken asks again within a second, and has it once it is free', async () => {
  const server = await startTestServer({ wecom: { corp: createSmallCorp([[1, 0]], [['ann', 1]]) } });
  const sql = openSql(server.database);
  try {
    await server.configure();
    const listAttempts = await watchAttempts(sql);
    await sql(`INSERT INTO sync_lease (corp_row_id, epoch, run_id, expires_at)
      SELECT id, 7, gen_random_uuid(), now() + interval '10 minutes' FROM corp`);
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    await expect.poll(async () => (await listAttempts(id)).length).toBeGreaterThan(3);
    await sql('UPDATE sync_lease SET expires_at = now(), run_id = NULL');
    expect((await server.waitForRun(id)).status).toBe('succeeded');
    const attempts = await listAttempts(id);
    expect(attempts.filter(({ isFree }) => isFree)).toEqual([attempts.at(-1)]);
    // A busy machine can only make a wait longer.
    expect(Math.min(...attempts.map(({ waitedMs }) => waitedMs ?? Infinity))).toBeLessThan(1_000);
  } finally {
    await server.stop();
  }
});

it('a lease is given back only once the run has ended: the sweep would take it for an interrupted one', async () => {
  const server = await startTestServer({ wecom: { corp: createSmallCorp([[1, 0]], [['ann', 1]]) } });
  const sql = openSql(server.database);
  try {
    await server.configure();
    await sql('CREATE TABLE given_back (status text)');
    await sql(`CREATE FUNCTION note_status() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO given_back SELECT status FROM sync_run WHERE id = OLD.run_id;
      RETURN NEW; END $$`);
    await sql(`CREATE TRIGGER note_status BEFORE UPDATE ON sync_lease FOR EACH ROW
      WHEN (NEW.run_id IS NULL) EXECUTE FUNCTION note_status()`);
    await server.sync();
    server.wecom.settings.egressIp = '203.0.113.9';
    await server.sync();
    server.wecom.settings.egressIp = null;
    server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'hang' } });
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    const params = { id };
    await expect
      .poll(async () => (await server.api.call(endpoints.getSyncRun, { params })).status)
      .toBe('reading');
    await server.api.call(endpoints.cancelSyncRun, { params });
    await server.waitForRun(id);
    const statuses = async () => (await sql('SELECT status FROM given_back')).map(({ status }) => status);
    await expect.poll(statuses).toEqual(['succeeded', 'failed', 'cancelled']);
  } finally {
    await server.stop();
  }
});
