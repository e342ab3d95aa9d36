import { createWecomClient, systemClock } from '@orgmirror/wecom';
import { sampleApp, startWecomSimulator, type WecomSimulator } from '@orgmirror/wecom-simulator';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabaseTokenStore } from '../../src/connection/wecom-token-store.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { applyMigrations } from '../../src/platform/database/migrations/apply-migrations.ts';
import { createSecretBox } from '../../src/platform/secret-box.ts';
import { connectionStringOf, openSql, type Sql } from '../support/query-database.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const logger = pino({ level: 'silent' });

/** Two processes are two pools of connections that share nothing but the database. */
describe('the token that all processes share', () => {
  let wecom: WecomSimulator;
  let testDatabase: TestDatabase;
  let databases: Database[];
  let sql: Sql;

  beforeAll(async () => {
    wecom = await startWecomSimulator();
    testDatabase = await createTestDatabase();
    const first = await openDatabase(
      { databaseUrl: testDatabase.env.DATABASE_URL, dataFolder: testDatabase.env.DATA_DIR ?? '' },
      logger,
    );
    await applyMigrations(first);
    const databaseUrl = connectionStringOf(testDatabase);
    databases = [first, await openDatabase({ databaseUrl, dataFolder: '' }, logger)];
    sql = openSql(testDatabase);
  });
  afterAll(async () => {
    for (const database of databases.toReversed()) await database.close();
    await wecom.close();
    await testDatabase.remove();
  });
  beforeEach(async () => {
    await sql('DELETE FROM wecom_access_token');
    wecom.tokens.revoke();
    wecom.stats.reset();
    wecom.faults.clear();
  });

  /** `count` clients in each of the two processes. */
  function createClients(count: number, secret: string = sampleApp.secret, clock = systemClock) {
    const secretBox = createSecretBox(testDatabase.env.APP_SECRET ?? '');
    const now = () => new Date(clock.nowMs());
    return databases.flatMap(({ prisma }) => {
      const tokenStore = createDatabaseTokenStore({ prisma, secretBox, now });
      return Array.from({ length: count }, () =>
        createWecomClient({ baseUrl: wecom.baseUrl, corpId: wecom.corpid, secret, tokenStore, clock }),
      );
    });
  }

  const countGettoken = () => wecom.stats.snapshot().calls.gettoken ?? 0;

  it('is fetched once for 50 callers in each of two processes', async () => {
    wecom.settings.latencyMs = 200;
    const tokens = await Promise.all(createClients(50).map((client) => client.getToken()));
    wecom.settings.latencyMs = 0;
    expect(new Set(tokens).size).toBe(1);
    expect(countGettoken()).toBe(1);
  });

  it('is fetched once when WeCom gives one near its end, for all who ask afterwards', async () => {
    const { tokenLifetimeSeconds } = wecom.settings;
    wecom.settings.tokenLifetimeSeconds = 290;
    for (let time = 0; time < 3; time++) for (const client of createClients(2)) await client.getDepartment(1);
    wecom.settings.tokenLifetimeSeconds = tokenLifetimeSeconds;
    expect(countGettoken()).toBe(1);
  });

  it('of a version that kept no time of renewal is renewed 300 s before its end', async () => {
    const stoppedAtMs = Date.now();
    const createClient = () =>
      createClients(1, sampleApp.secret, { ...systemClock, nowMs: () => stoppedAtMs })[0]!;
    for (const [restSeconds, fetched] of [
      [301, 1],
      [299, 2],
    ] as const) {
      await createClient().getToken();
      const expiresAt = new Date(stoppedAtMs + restSeconds * 1_000);
      await sql(`UPDATE wecom_access_token SET renew_at = NULL, expires_at = $1`, [expiresAt]);
      await createClient().getToken();
      expect([restSeconds, countGettoken()]).toEqual([restSeconds, fetched]);
    }
  });

  it('is fetched once more when WeCom revokes it under all of them', async () => {
    const clients = createClients(25);
    await Promise.all(clients.map((client) => client.getToken()));
    wecom.tokens.revoke();
    const roots = await Promise.all(clients.map((client) => client.getDepartment(1)));
    expect(roots).toHaveLength(50);
    expect(countGettoken()).toBe(2);
  });

  it('is asked for at most once by each process with a wrong secret, whose refusal all get', async () => {
    wecom.settings.latencyMs = 200;
    const results = await Promise.allSettled(createClients(50, 'wrong').map((client) => client.getToken()));
    wecom.settings.latencyMs = 0;
    expect(results.every((result) => result.status === 'rejected' && result.reason.errcode === 40001)).toBe(
      true,
    );
    expect(countGettoken()).toBeLessThanOrEqual(2);
  });

  it('lies in the database encrypted', async () => {
    const [client] = createClients(1);
    const token = await client!.getToken();
    const rows = await sql<{ dump: string }>(
      `SELECT row_to_json(t)::text || encode(token_sealed, 'escape') AS dump FROM wecom_access_token t`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.dump).not.toContain(token);
    expect(rows[0]!.dump).not.toContain(sampleApp.secret);
  });

  it('is fetched anew when the claim of a killed process has ended', async () => {
    const [client] = createClients(1);
    await client!.getToken();
    await sql(`UPDATE wecom_access_token SET token_sealed = NULL, expires_at = NULL, refresh_owner = 'dead',
               refresh_until = now() + interval '600 milliseconds'`);
    const [other] = createClients(1);
    await other!.getToken();
    expect(countGettoken()).toBe(2);
  });
});
