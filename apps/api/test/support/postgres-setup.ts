import type { TestProject } from 'vitest/node';
import { startPostgres } from './start-postgres.ts';
import { migrateEmptyDatabase } from './template-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a migrated database in the test server: the template of each story's own. */
    postgresTemplate: string;
  }
}

/** Where initdb runs in the product's country it sets this zone: every story meets it. */
const timezone = 'Asia/Shanghai';

/** One real Postgres server for all stories; each creates a database of its own in it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres({ fsync: 'off', timezone });
  const connectionString = await postgres.createDatabase();
  await migrateEmptyDatabase({ databaseUrl: connectionString });
  project.provide('postgresTemplate', connectionString);
  return () => postgres.stop();
}
