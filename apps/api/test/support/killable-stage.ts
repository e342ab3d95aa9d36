import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { type Corp, sampleApp, startWecomSimulator, type WecomSimulator } from '@orgmirror/wecom-simulator';
import { expect } from 'vitest';
import { type ApiClient, createApiClient } from './api-client.ts';
import { readCorp, readMirror } from './compare-mirror.ts';
import { findFreePort } from './find-free-port.ts';
import { openSql, type Sql } from './query-database.ts';
import { type SpawnedServer, spawnServer } from './spawn-server.ts';
import { admin } from './start-test-server.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** A server in a process of its own with what the stories about killing it do over and over. */
export interface KillableStage {
  wecom: WecomSimulator;
  corp: Corp;
  database: TestDatabase;
  sql: Sql;
  /** Signed in, before and after any restart. */
  api: ApiClient;
  /** The process that serves now. */
  server(): SpawnedServer;
  /** What another process on the same database needs in its environment. */
  env: Record<string, string>;
  /** Looks into the database of a server that was killed. */
  whileDown(work: (sql: Sql) => Promise<void>): Promise<void>;
  /** Starts the server again after it was killed. */
  restart(): Promise<void>;
  /** Waits until the corp has no active run, at most a minute. */
  waitUntilIdle(): Promise<void>;
  waitForRun(id: string): Promise<SyncRun>;
  /** Starts a sync and waits until it has ended or waits for approval. */
  sync(mode?: 'apply' | 'preview'): Promise<SyncRun>;
  approve(run: SyncRun): Promise<SyncRun>;
  /** Syncs, approves what is held, and expects the mirror to be the corp. */
  expectNextSyncMirrors(): Promise<void>;
  /** The guard counts a day's removals: forgets them. */
  resetGuardWindow(): Promise<unknown>;
  stop(): Promise<void>;
}

/** Makes leases, claims and states a minute older than they are. */
export async function waitOneMinute(sql: Sql): Promise<void> {
  await sql(`UPDATE sync_lease SET expires_at = expires_at - interval '1 minute'`);
  await sql(`UPDATE sync_run SET status_changed_at = status_changed_at - interval '1 minute'`);
  await sql(`UPDATE wecom_access_token SET refresh_until = refresh_until - interval '1 minute'`);
}

/** The embedded database is in the server's process: when that is gone its files are opened here. */
async function openAtRest(database: TestDatabase, work: (sql: Sql) => Promise<void>): Promise<void> {
  if (database.env.DATABASE_URL !== undefined) return work(openSql(database));
  const folder = join(database.env.DATA_DIR ?? '', 'database');
  const pglite = await PGlite.create(folder, { extensions: { pg_trgm } });
  try {
    await work(async <Row>(text: string, values?: unknown[]) => (await pglite.query<Row>(text, values)).rows);
  } finally {
    await pglite.close();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Starts a server that is configured for this corp and has not synced yet.
 * @param given the database to use; one is made unless given
 */
export async function startKillableStage(corp: Corp, given?: TestDatabase): Promise<KillableStage> {
  const wecom = await startWecomSimulator({ corp });
  const database = given ?? (await createTestDatabase());
  const port = String(await findFreePort()); // the same after a restart
  const env = {
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    WECOM_API_BASE_URL: wecom.baseUrl,
    ...database.env,
  };
  let server = await spawnServer({ ...env, PORT: port });
  const api = createApiClient(`http://127.0.0.1:${port}`);
  await api.call(endpoints.signIn, { body: admin });
  const { agentid: agentId, secret } = sampleApp;
  await api.call(endpoints.saveWecomSettings, { body: { corpId: wecom.corpid, agentId, secret } });
  await api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
  const sql = openSql(database);
  const activeRuns = () => sql(`SELECT id FROM sync_run WHERE active_corp_row_id IS NOT NULL`);

  const stage: KillableStage = {
    wecom,
    corp,
    database,
    sql,
    api,
    env,
    server: () => server,
    whileDown: (work) => openAtRest(database, work),
    restart: async () => {
      server = await spawnServer({ ...env, PORT: port });
    },
    waitUntilIdle: async () => {
      const deadline = Date.now() + 60_000;
      while ((await activeRuns()).length > 0) {
        if (Date.now() > deadline) throw new Error('A run has been active for a minute.');
        await pause(50);
      }
    },
    waitForRun: async (id) => {
      for (;;) {
        const run = await api.call(endpoints.getSyncRun, { params: { id } });
        if (!['queued', 'reading', 'planning', 'applying'].includes(run.status)) return run;
        await pause(50);
      }
    },
    sync: async (mode = 'apply') =>
      stage.waitForRun((await api.call(endpoints.startSyncRun, { body: { mode } })).id),
    approve: async (run) => {
      const body = { planFingerprint: run.planFingerprint ?? '' };
      await api.call(endpoints.approveSyncRun, { params: { id: run.id }, body });
      return stage.waitForRun(run.id);
    },
    expectNextSyncMirrors: async () => {
      let run = await stage.sync();
      if (run.status === 'awaitingApproval') run = await stage.approve(run);
      expect(run).toMatchObject({ status: 'succeeded', complete: true, error: null });
      expect(await readMirror(sql)).toEqual(readCorp(corp));
    },
    resetGuardWindow: () => sql('UPDATE sync_run SET unapproved_removals = NULL'),
    stop: async () => {
      await server.stop();
      await wecom.close();
      await database.remove();
    },
  };
  return stage;
}
