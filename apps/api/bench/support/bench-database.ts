import pg from 'pg';
import { startPostgres, type TestPostgres } from '../../test/support/start-postgres.ts';

/** A database of a real Postgres, with a look at its statistics. */
export interface BenchDatabase {
  url: string;
  /**
   * Statements on the directory, the plan and the lease since the last reset; not those of progress, sessions
   * and the clock.
   */
  countStatements(): Promise<number>;
  resetStatements(): Promise<void>;
  /** Rows of the directory and of the history ever inserted, updated or deleted. */
  countWrites(): Promise<number>;
  /** Reads rows, for measures that need something to ask for. */
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** A Postgres with the settings of a small server of its own; everything else is as it comes. */
export const startBenchPostgres = (): Promise<TestPostgres> =>
  startPostgres({
    shared_preload_libraries: 'pg_stat_statements',
    shared_buffers: '512MB',
    max_wal_size: '4GB',
  });

export async function openBenchDatabase(postgres: TestPostgres): Promise<BenchDatabase> {
  const url = await postgres.createDatabase();
  const client = new pg.Client(url);
  await client.connect();
  await client.query('CREATE EXTENSION pg_stat_statements');
  const readNumber = async (sql: string): Promise<number> => (await client.query(sql)).rows[0].number;
  return {
    url,
    countStatements: () =>
      readNumber(`SELECT sum(calls)::int AS number FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
        WHERE d.datname = current_database() AND query ~* 'sync_change|department|membe|corp |lease|analyze'
          AND query !~* 'sync_run|session|pg_stat'`),
    resetStatements: async () => void (await client.query('SELECT pg_stat_statements_reset()')),
    countWrites: async () => {
      await client.query('SELECT pg_stat_force_next_flush()');
      await new Promise((resolve) => setTimeout(resolve, 1_500)); // other sessions report with a delay
      return readNumber(`SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::int AS number FROM pg_stat_user_tables
        WHERE relname IN ('department', 'member', 'membership', 'member_sensitive', 'sync_change')`);
    },
    query: async (sql) => (await client.query(sql)).rows,
    close: () => client.end(),
  };
}
