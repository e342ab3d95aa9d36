import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPgbouncer } from '../support/pgbouncer.ts';
import { openSql, readLocks } from '../support/query-database.ts';
import { createSmallCorp, crowd } from '../support/small-corp.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { findProgram } from '../support/system-program.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTransactionPooler, type TransactionPooler } from '../support/transaction-pooler.ts';

interface Kind {
  name: string;
  start(databaseUrl: string, size: number): Promise<TransactionPooler>;
}

const pgbouncer = findProgram('pgbouncer');
const kinds: Kind[] = [
  { name: 'a pooler', start: startTransactionPooler },
  ...(pgbouncer === undefined
    ? []
    : [{ name: 'PgBouncer', start: startPgbouncer.bind(undefined, pgbouncer) }]),
];

describe.each(kinds)('behind $name in transaction mode', ({ start }) => {
  let database: TestDatabase;
  let pooler: TransactionPooler;
  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
    pooler = await start(database.env.DATABASE_URL ?? '', 3);
  });
  afterAll(async () => {
    await pooler.close();
    await database.remove();
  });

  it('a server starts, syncs, stops and starts again', async () => {
    const corp = createSmallCorp([[1, 0]], crowd(40, 1));
    const server = await startTestServer({ wecom: { corp }, env: { DATABASE_URL: pooler.url } });
    const sql = openSql(database);
    const locks = () => readLocks(sql, `locktype = 'advisory'`);
    try {
      await server.configure();
      expect((await server.sync()).status).toBe('succeeded');
      await expect.poll(locks).toEqual([]); // an audit entry holds one while it is written
      await server.restart();
      expect(server.said.filter((line) => line === 'The database is up to date.')).toHaveLength(1);
      expect((await server.sync()).status).toBe('succeeded');
      await expect.poll(locks).toEqual([]);
      expect(await sql(`SELECT count(*)::int AS members FROM member WHERE presence = 'present'`)).toEqual([
        { members: 40 },
      ]);
      expect(await pooler.transactions()).toBeGreaterThan(100);
    } finally {
      await server.stop();
    }
  });
});
