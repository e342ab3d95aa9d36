import { setImmediate as nextTurn } from 'node:timers/promises';
import { endpoints } from '@orgmirror/contracts';
import { type Clock, createPacer, type Pacer, type SharedBudget } from '@orgmirror/wecom';
import { sampleApp, startWecomSimulator, type WecomSimulator } from '@orgmirror/wecom-simulator';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCallBudget } from '../../src/connection/call-budget.ts';
import { createConnectWecom } from '../../src/connection/connect-wecom.ts';
import { createDatabaseTokenStore } from '../../src/connection/wecom-token-store.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { applyMigrations } from '../../src/platform/database/migrations/apply-migrations.ts';
import { createSecretBox } from '../../src/platform/secret-box.ts';
import { createApiClient } from '../support/api-client.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { admin, startTestServer } from '../support/start-test-server.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const logger = pino({ level: 'silent' });
const startMs = Date.UTC(2026, 0, 1);

/** Sleeps end at once, and time is then as late as they would have ended. */
function createJumpingClock(): Clock {
  let elapsedMs = 0;
  return {
    nowMs: () => startMs + elapsedMs,
    elapsedMs: () => elapsedMs,
    sleep: async (durationMs, signal) => {
      const untilMs = elapsedMs + durationMs;
      await nextTurn();
      signal?.throwIfAborted();
      elapsedMs = Math.max(elapsedMs, untilMs);
    },
  };
}

const readBudget = async (sql: Sql) => {
  const [row] = await sql(`SELECT revision, state FROM wecom_call_budget WHERE purpose = 'directory'`);
  return row as
    | { revision: number; state: { processes: Record<string, number>; pausedUntilMs: number } }
    | undefined;
};

/** Two processes are two pools of connections that share nothing but the database. */
describe('the limits on calls to WeCom', () => {
  let wecom: WecomSimulator;
  let clock: Clock;
  let testDatabase: TestDatabase;
  let databases: [Database, Database];
  let sql: Sql;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const options = { databaseUrl: testDatabase.env.DATABASE_URL, dataFolder: '' };
    databases = [await openDatabase(options, logger), await openDatabase(options, logger)];
    await applyMigrations(databases[0]);
    sql = openSql(testDatabase);
  });
  afterAll(async () => {
    for (const database of databases) await database.close();
    await testDatabase.remove();
  });
  beforeEach(async () => {
    await sql('DELETE FROM wecom_call_budget');
    await sql('DELETE FROM wecom_access_token');
    clock = createJumpingClock();
    wecom = await startWecomSimulator({ now: () => clock.nowMs() });
    return () => wecom.close();
  });

  function connect({ prisma }: Database, maxCallsPerMinute: number, ownClock = clock) {
    const secretBox = createSecretBox(testDatabase.env.APP_SECRET ?? '');
    const tokenStore = createDatabaseTokenStore({ prisma, secretBox, now: () => new Date(ownClock.nowMs()) });
    const limits = { maxConcurrency: 8, maxCallsPerMinute };
    const connectWecom = createConnectWecom(
      { apiBaseUrl: wecom.baseUrl, loginBaseUrl: '', oauthBaseUrl: '', proxyUrl: undefined, ...limits },
      tokenStore,
      {
        clock: ownClock,
        budgetFor: (purpose) => createCallBudget({ prisma, nowMs: ownClock.nowMs, logger, limits }, purpose),
      },
    );
    const client = connectWecom({ corpId: wecom.corpid, agentId: 1, secret: sampleApp.secret });
    return { call: () => client.getDepartment(1) };
  }

  it('hold for all processes together, in any minute', async () => {
    const limits = { maxConcurrency: 8, maxCallsPerMinute: 10 };
    const startsMs: number[] = [];
    const pacers = databases.map(({ prisma }) => {
      const budget = createCallBudget({ prisma, nowMs: clock.nowMs, logger, limits }, 'directory');
      return createPacer({ ...limits, clock, budget });
    });
    const call = async (pacer: Pacer) => {
      const slot = await pacer.acquire();
      startsMs.push(clock.elapsedMs());
      slot.release();
    };
    await Promise.all(pacers.flatMap((pacer) => Array.from({ length: 15 }, () => call(pacer))));
    expect(startsMs).toHaveLength(30);
    for (const [index, atMs] of startsMs.entries())
      expect(atMs - (startsMs[index - 10] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(60_000);
  });

  it('hold for a process that stood still while it asked', async () => {
    const limits = { maxConcurrency: 8, maxCallsPerMinute: 2 };
    let oneMs = startMs;
    const [one, other] = databases.map(({ prisma }, index) =>
      createCallBudget(
        { prisma, nowMs: () => (index === 0 ? oneMs : startMs + 120_000), logger, limits },
        'directory',
      ),
    ) as [SharedBudget, SharedBudget];
    expect(await one.take()).toMatchObject({ calls: 1 });
    for (let call = 0; call < 2; call++) expect(await other.take()).toMatchObject({ calls: 1 });
    const answer = one.take();
    oneMs += 120_000;
    expect(await answer).toHaveProperty('waitMs');
  });

  it('cost one process a statement a block', async () => {
    const { call } = connect(databases[0], 3_000);
    await Promise.all(Array.from({ length: 300 }, call));
    expect((await readBudget(sql))?.revision).toBe(9); // 1, 2, 4 … 64, 100, 100 calls
  });

  it.each([
    [45009, 59_000],
    [45033, 200],
  ])('errcode %i to one process holds up the others', async (errcode, atLeastMs) => {
    const [first, second] = [createJumpingClock(), createJumpingClock()];
    const [one, other] = [connect(databases[0], 3_000, first), connect(databases[1], 3_000, second)];
    wecom.faults.add({ endpoint: 'department/get', times: 1, effect: { kind: 'errcode', errcode } });
    await one.call();
    await expect.poll(async () => (await readBudget(sql))?.state.pausedUntilMs).toBeGreaterThan(0);
    await other.call();
    expect(second.elapsedMs()).toBeGreaterThanOrEqual(atLeastMs);
  });
});

it('two servers on one database share them', async () => {
  const server = await startTestServer();
  await server.configure();
  const beside = await server.startBeside();
  const sql = openSql(server.database);
  const other = createApiClient(beside.url);
  await other.call(endpoints.signIn, { body: admin });
  await server.sync();
  await other.call(endpoints.testWecomSettings, { body: {} });
  expect(Object.keys((await readBudget(sql))?.state.processes ?? {})).toHaveLength(2);
  await beside.stop();
  await server.stop();
});
