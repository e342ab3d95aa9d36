import pg from 'pg';
import { openSchemaEngine, readMigrations } from './schema-engine.ts';

/** Any number that nothing else in this database uses as an advisory lock. */
const migrationLock = 7_302_202;

/**
 * Applies the migrations that the database lacks, as `prisma migrate deploy` does, one process at a time.
 * @returns the names of those just applied.
 */
export async function applyMigrations(database: {
  connectionString: string;
  embedded: boolean;
}): Promise<string[]> {
  // The embedded database serves this process alone and has no working advisory locks.
  if (database.embedded) return runEngine(database.connectionString);
  const lock = new pg.Client({ connectionString: database.connectionString });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    return await runEngine(database.connectionString);
  } finally {
    await lock.end();
  }
}

async function runEngine(connectionString: string): Promise<string[]> {
  const { engine, dispose } = await openSchemaEngine(connectionString);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await readMigrations(),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } finally {
    await dispose();
  }
}
