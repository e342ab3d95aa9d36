import { endpoints, type SyncRun } from '@orgmirror/contracts';
import {
  sampleApp,
  startWecomSimulator,
  updateMember,
  type WecomSimulator,
} from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { waitOneMinute } from '../support/killable-stage.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { dumpMirror } from '../support/read-directory.ts';
import { addDepartment, createSmallCorp, hire, move } from '../support/small-corp.ts';
import { type SpawnedServer, spawnServer } from '../support/spawn-server.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { freeLease, holdLease } from '../support/sync-lease.ts';
import { createTestDatabase, type TestDatabase, usesPostgres } from '../support/test-database.ts';

/** What only a database of its own process can show; on the embedded one there is nothing to test. */
function itOnPostgres(fact: string, story: () => Promise<void>): void {
  if (usesPostgres) it(fact, story);
}
const departmentCount = 3;
const corpOf = () =>
  createSmallCorp(
    [
      [1, 0],
      [10, 1],
      [20, 1],
    ],
    [
      ['ann', 1],
      ['bob', 10],
      ['cai', 20],
    ],
  );

/** Statements that do not go on. */
interface Stall {
  /** Waits until one is stalled; on Postgres only. */
  reached(): Promise<void>;
  /** Lets them go on. */
  end(): Promise<unknown>;
  /** Takes the trigger off, once nobody uses the table. */
  remove(): Promise<unknown>;
}

/** Stalls every statement that inserts into the table. */
async function stallInserts(sql: Sql, table: string): Promise<Stall> {
  await sql('CREATE TABLE IF NOT EXISTS stalled (at timestamptz)');
  await sql('INSERT INTO stalled SELECT now()');
  await sql(`CREATE OR REPLACE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    WHILE EXISTS (SELECT FROM stalled) LOOP PERFORM pg_sleep(0.05); END LOOP; RETURN NULL; END $$`);
  await sql(`CREATE TRIGGER stall AFTER INSERT ON ${table} EXECUTE FUNCTION stall()`);
  const sleeping = () =>
    sql(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`);
  return {
    reached: () => expect.poll(sleeping, { interval: 20 }).toHaveLength(1),
    end: () => sql('DELETE FROM stalled'),
    remove: () => sql(`DROP TRIGGER stall ON ${table}`),
  };
}

const waitUntilRead = (wecom: WecomSimulator) =>
  expect.poll(() => wecom.stats.snapshot().calls['user/list'] ?? 0, { interval: 20 }).toBe(departmentCount);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a server that is killed', () => {
  interface Killable {
    wecom: WecomSimulator;
    database: TestDatabase;
    sql: Sql;
    server: SpawnedServer;
    api: ApiClient;
  }

  async function start(env: Record<string, string>): Promise<{ server: SpawnedServer; api: ApiClient }> {
    const server = await spawnServer(env);
    const api = createApiClient(server.url);
    await api.call(endpoints.signIn, { body: admin });
    return { server, api };
  }

  const envOf = (wecom: WecomSimulator, database: TestDatabase) => ({
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    WECOM_API_BASE_URL: wecom.baseUrl,
    ...database.env,
  });

  async function prepare(): Promise<Killable> {
    const wecom = await startWecomSimulator({ corp: corpOf() });
    const database = await createTestDatabase();
    const { server, api } = await start(envOf(wecom, database));
    const credentials = { corpId: wecom.corpid, agentId: sampleApp.agentid, secret: sampleApp.secret };
    await api.call(endpoints.saveWecomSettings, { body: credentials });
    await api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
    expect((await sync(api)).status).toBe('succeeded');
    wecom.stats.reset();
    hire(wecom.corp, 'eve', 20);
    move(wecom.corp, 'bob', 10, 20);
    return { wecom, database, sql: openSql(database), server, api };
  }

  async function waitForEnd(api: ApiClient, id: string): Promise<SyncRun> {
    for (;;) {
      const run = await api.call(endpoints.getSyncRun, { params: { id } });
      if (run.finishedAt !== null) return run;
      await pause(200);
    }
  }
  const sync = async (api: ApiClient) =>
    waitForEnd(api, (await api.call(endpoints.startSyncRun, { body: { mode: 'apply' } })).id);

  const readStatus = async (api: ApiClient, id: string) =>
    (await api.call(endpoints.getSyncRun, { params: { id } })).status;

  /** The embedded database answers nobody while a statement is stalled. */
  async function waitUntilStalled(api: ApiClient, id: string): Promise<void> {
    const isAnswered = () =>
      Promise.race([readStatus(api, id).then(() => true), pause(5_000).then(() => false)]);
    while (await isAnswered()) await pause(50);
  }

  /** Kills the server in the phase, starts it again and checks that it mends itself. */
  async function killIn(phase: 'reading' | 'planning' | 'applying'): Promise<void> {
    const { wecom, database, sql, server, api } = await prepare();
    const before = await dumpMirror(sql);
    if (phase === 'reading') wecom.settings.latencyMs = 5_000;
    const table = { reading: undefined, planning: 'sync_change', applying: 'membership' }[phase];
    const stall = table === undefined ? undefined : await stallInserts(sql, table);
    const { id } = await api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    if (phase !== 'reading') await waitUntilRead(wecom);
    if (!usesPostgres && table !== undefined) await waitUntilStalled(api, id);
    else await expect.poll(() => readStatus(api, id), { timeout: 30_000, interval: 50 }).toBe(phase);
    if (usesPostgres) await stall?.reached();
    await server.kill();
    wecom.settings.latencyMs = 0;

    const again = await start(envOf(wecom, database));
    const backAt = Date.now();
    // On Postgres the lease runs out by itself; on the embedded database the wait would be the same.
    if (!usesPostgres) await waitOneMinute(sql);
    const run = await again.api.call(endpoints.getSyncRun, { params: { id } });
    expect([phase, 'failed']).toContain(run.status); // on a busy machine it ends before the first look
    expect(await waitForEnd(again.api, id)).toMatchObject({
      status: 'failed',
      error: { code: 'sync.interrupted' },
    });
    expect(Date.now() - backAt).toBeLessThan(60_000);
    expect(await dumpMirror(sql)).toEqual(before);
    await stall?.remove();
    const next = await sync(again.api);
    expect(next).toMatchObject({ status: 'succeeded', complete: true });
    expect(next.counts).toMatchObject({ members: { create: 1 }, memberships: { create: 2 } });
    await again.server.stop();
    await wecom.close();
    await database.remove();
  }

  it.concurrent.each(['reading', 'planning', 'applying'] as const)(
    'while %s leaves the last good tree, ends the run by itself and syncs again',
    { timeout: 240_000 },
    killIn,
  );
});

describe('a run that is disturbed', () => {
  let server: TestServer;
  let sql: Sql;
  let round = 0;
  beforeAll(async () => {
    server = await startTestServer({ wecom: { corp: corpOf() } });
    sql = openSql(server.database);
    await server.configure();
    await server.sync();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    const { corp, faults, stats } = server.wecom;
    faults.clear();
    stats.reset();
    updateMember(corp, 'ann', { name: `安${++round}` });
    addDepartment(corp, 100 + round, 1);
    for (const id of [10, 20]) corp.putMember({ ...corp.members.get('bob')!, userid: `new${round}-${id}` });
  });

  const start = async () => (await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } })).id;
  const cancel = (id: string) => server.api.call(endpoints.cancelSyncRun, { params: { id } });
  const waitForStatus = (id: string, status: string) =>
    expect
      .poll(async () => (await server.api.call(endpoints.getSyncRun, { params: { id } })).status, {
        interval: 20,
      })
      .toBe(status);
  async function expectNextRunWorks(): Promise<void> {
    expect(await server.sync()).toMatchObject({ status: 'succeeded', complete: true, error: null });
    const ann = await server.api.call(endpoints.getMember, { params: { wecomUserId: 'ann' } });
    expect(ann.name).toBe(`安${round}`);
  }

  it('writes nothing more once another process has taken its lease', async () => {
    const before = await dumpMirror(sql);
    server.wecom.faults.add({ endpoint: 'user/list', departmentId: 20, effect: { kind: 'hold' } });
    const id = await start();
    await waitForStatus(id, 'reading');
    await sql(`UPDATE sync_lease SET epoch = epoch + 1, expires_at = now() + interval '1 hour'`);
    server.wecom.faults.clear();
    expect(await server.waitForRun(id)).toMatchObject({
      status: 'failed',
      error: { code: 'sync.interrupted' },
    });
    expect(await dumpMirror(sql)).toEqual(before);
    const [lease] = await sql<{ held: boolean }>(`SELECT expires_at > now() AS held FROM sync_lease`);
    expect(lease?.held).toBe(true); // the other's, which it must not give back
    await freeLease(sql);
    await expectNextRunWorks();
  });

  it('is ended although another run took its lease and gave it back before it was swept', async () => {
    // What a killed process leaves behind: an active run, and by now no trace of it in the lease.
    const [left] = await sql<{ id: string }>(
      `INSERT INTO sync_run (id, corp_row_id, active_corp_row_id, mode, trigger, status, progress, counts, held,
                             held_reasons, warnings, status_changed_at)
       SELECT gen_random_uuid(), corp_row_id, corp_row_id, 'apply', 'manual', 'reading', progress, counts, held,
              held_reasons, warnings, now() - interval '1 minute' FROM sync_run LIMIT 1 RETURNING id`,
    );
    expect(await server.waitForRun(left?.id ?? '')).toMatchObject({
      status: 'failed',
      error: { code: 'sync.interrupted' },
    });
    await expectNextRunWorks();
  });

  it('is cancelled while it reads', async () => {
    const before = await dumpMirror(sql);
    server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'hang' } });
    const id = await start();
    await waitForStatus(id, 'reading');
    await cancel(id);
    expect(await server.waitForRun(id)).toMatchObject({
      status: 'cancelled',
      error: { code: 'sync.cancelled' },
    });
    expect(await dumpMirror(sql)).toEqual(before);
    const refusal = await server.api.refused(endpoints.cancelSyncRun, { params: { id } });
    expect(refusal).toMatchObject({ status: 409, code: 'sync.not_cancellable' });
    server.wecom.faults.clear();
    await expectNextRunWorks();
  });

  it('is cancelled at once while it is queued', async () => {
    await holdLease(sql);
    const id = await start();
    expect(await cancel(id)).toMatchObject({ status: 'cancelled', error: { code: 'sync.cancelled' } });
    await freeLease(sql);
    await expectNextRunWorks();
    expect((await server.waitForRun(id)).status).toBe('cancelled');
  });

  // The embedded database answers nobody while one statement lasts.
  itOnPostgres('is cancelled while it plans', async () => {
    const before = await dumpMirror(sql);
    const stall = await stallInserts(sql, 'sync_change');
    const id = await start();
    await waitForStatus(id, 'planning');
    await stall.reached();
    await cancel(id);
    await stall.end();
    expect(await server.waitForRun(id)).toMatchObject({
      status: 'cancelled',
      error: { code: 'sync.cancelled' },
    });
    expect(await dumpMirror(sql)).toEqual(before);
    await stall.remove();
    await expectNextRunWorks();
  });

  itOnPostgres('is cancelled while it applies: nothing of it stays', async () => {
    const before = await dumpMirror(sql);
    const stall = await stallInserts(sql, 'membership');
    const id = await start();
    await waitForStatus(id, 'applying');
    await stall.reached();
    expect((await cancel(id)).status).toBe('applying');
    await stall.end();
    expect(await server.waitForRun(id)).toMatchObject({
      status: 'cancelled',
      error: { code: 'sync.cancelled' },
    });
    expect(await dumpMirror(sql)).toEqual(before);
    await stall.remove();
    await expectNextRunWorks();
  });

  it('is not cancelled while it waits for approval: that is to be rejected', async () => {
    const { id } = await server.sync('preview');
    const refusal = await server.api.refused(endpoints.cancelSyncRun, { params: { id } });
    expect(refusal).toMatchObject({ status: 409, code: 'sync.not_cancellable' });
    expect(await server.waitForRun(id)).toMatchObject({ status: 'awaitingApproval' });
    await expectNextRunWorks();
  });

  itOnPostgres('ends as failed when the database goes away, and the server lives on', async () => {
    const before = await dumpMirror(sql);
    const stall = await stallInserts(sql, 'membership');
    const id = await start();
    await waitForStatus(id, 'applying');
    await stall.reached();
    await sql(
      `SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    // A request before the lost connections are noticed is told to come again.
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(200);
    const ended = await server.waitForRun(id);
    expect(ended).toMatchObject({ status: 'failed', error: { code: 'database.unavailable' } });
    expect(await dumpMirror(sql)).toEqual(before);
    await stall.remove();
    await expectNextRunWorks();
  });
});
