import { join } from 'node:path';
import pg from 'pg';
import type { TestDatabase } from './test-database.ts';

/** Runs one statement beside the server, as a database admin would. */
export type Sql = <Row extends pg.QueryResultRow = pg.QueryResultRow>(
  text: string,
  values?: unknown[],
) => Promise<Row[]>;

/** How a test reaches the database of a server. */
export function connectionStringOf({ env }: TestDatabase): string {
  if (env.DATABASE_URL !== undefined) return env.DATABASE_URL;
  const folder = join(env.DATA_DIR ?? '', 'socket');
  return `postgresql://postgres@localhost:5432/postgres?host=${encodeURIComponent(folder)}`;
}

/**
 * Statements one by one. On Postgres those that follow each other closely share a connection; the embedded
 * database has only one backend for all, which none may keep.
 */
export function openSql(database: TestDatabase): Sql {
  const pool = new pg.Pool({
    connectionString: connectionStringOf(database),
    ...(database.env.DATABASE_URL === undefined ? { maxUses: 1 } : { idleTimeoutMillis: 100 }),
    allowExitOnIdle: true,
  });
  // An idle connection ends with its database; the next statement opens another.
  pool.on('error', () => undefined);
  return async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await pool.query<Row>(text, values)).rows;
}

/**
 * The locks of this database that fulfil a condition on `pg_locks`. The view tells those of every database of
 * the server, and a table has the same oid in all copies of a template.
 */
export const readLocks = (sql: Sql, condition: string) =>
  sql(`SELECT pid, objid FROM pg_locks
    WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND ${condition}`);
