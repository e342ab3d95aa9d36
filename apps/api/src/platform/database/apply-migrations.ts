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
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  try {
    // The embedded database serves this process alone and has no working advisory locks.
    if (!database.embedded) await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    if (await isUpToDate(client)) return [];
    return await runEngine(database.connectionString);
  } finally {
    await client.end();
  }
}

/** Whether every migration of this release has been applied: most starts need no engine. */
async function isUpToDate(client: pg.Client): Promise<boolean> {
  const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
  if (tables[0]?.name === null) return false;
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const applied = new Set(rows.map(({ name }) => name));
  const { migrationDirectories } = await readMigrations();
  return migrationDirectories.every(({ path }) => applied.has(path));
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
