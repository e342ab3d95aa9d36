import type { TestProject } from 'vitest/node';
import { startPostgres } from './start-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a database of the test server, in which more can be created. */
    postgresUrl: string;
  }
}

/** One real Postgres server for all stories; each creates a database of its own in it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres({ fsync: 'off' });
  project.provide('postgresUrl', await postgres.createDatabase());
  return () => postgres.stop();
}
