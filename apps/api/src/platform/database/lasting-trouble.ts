import pg from 'pg';
import { type DatabaseTrouble, findDatabaseTrouble } from './database-trouble.ts';
import { InstantClient } from './instants.ts';

// A full disk and a server without a free connection look well to a statement that only reads on a connection that is
// open: what was refused is remembered, and tried again when somebody asks for readiness.

/** What was refused to any connection of a pool and has not succeeded since. */
export interface LastingTrouble {
  /** For `pg.Pool`: each of its connections tells what it is refused. */
  Client: typeof pg.Client;
  /**
   * Tries again what was refused, and forgets it when that succeeds. Costs nothing while there is nothing.
   * @throws what the database says when it still refuses
   */
  check(pool: pg.Pool): Promise<void>;
}

/** Remembers from the creation of a pool on. */
export function createLastingTrouble(): LastingTrouble {
  const remembered = new Set<DatabaseTrouble>();
  class WatchedClient extends InstantClient {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      // Errors of each statement and of the connection itself, whichever way they were asked for.
      this.connection.on('errorMessage', (error: unknown) => {
        const trouble = findDatabaseTrouble(error);
        if (trouble !== undefined && trouble in attempts) remembered.add(trouble);
      });
    }
  }
  return {
    Client: WatchedClient,
    check: async (pool) => {
      for (const trouble of remembered) {
        await attempts[trouble]?.(pool);
        remembered.delete(trouble);
      }
    },
  };
}

/** What shows that a trouble is over. */
const attempts: Partial<Record<DatabaseTrouble, (pool: pg.Pool) => Promise<void>>> = {
  'database.full': writeMuch,
  'database.too_many_connections': openConnection,
};

/** Writes a row that no page has room for, so that the files must grow, and takes it back; nobody ever reads it. */
async function writeMuch(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`INSERT INTO wecom_call_budget (purpose, revision, state)
      SELECT 'attempt-' || gen_random_uuid(), 0, jsonb_agg(gen_random_uuid()) FROM generate_series(1, 1000)`);
  } finally {
    await client.query('ROLLBACK').finally(() => client.release());
  }
}

async function openConnection({ options }: pg.Pool): Promise<void> {
  const client = new pg.Client(options);
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}
