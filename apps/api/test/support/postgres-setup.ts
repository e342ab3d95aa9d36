import type { TestProject } from 'vitest/node';
import { bundleOnce } from './bundle-once.ts';
import { startPostgres } from './start-postgres.ts';
import { migratePostgres } from './template-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a migrated database in the test server: the template of each story's own. */
    postgresTemplate: string;
  }
}

/** Where initdb runs in the product's country it sets this zone: every story meets it. */
const timezone = process.env.TEST_TIME_ZONE ?? 'Asia/Shanghai';

interface SharedServer {
  /** How many projects have begun with it and not ended. */
  projects: number;
  server: Promise<{ template: string; stop(): Promise<void> }>;
}

/** Where the projects find each other's server: each loads this module anew. */
const shared = globalThis as typeof globalThis & { orgmirrorTestPostgres?: SharedServer };

/** One real Postgres server for all projects; each story creates a database of its own in it. Meanwhile servers are bundled. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  shared.orgmirrorTestPostgres ??= { projects: 0, server: startServer() };
  const own = shared.orgmirrorTestPostgres;
  own.projects++;
  const [{ template, stop }] = await Promise.all([own.server, bundleOnce()]);
  project.provide('postgresTemplate', template);
  return async () => {
    if (--own.projects === 0) await stop();
  };
}

async function startServer(): Promise<{ template: string; stop(): Promise<void> }> {
  const postgres = await startPostgres({ fsync: 'off', timezone });
  const template = await postgres.createDatabase();
  await migratePostgres(template);
  const bySocket = new URL(template); // takes a tenth less of the stories' processor time than TCP
  bySocket.searchParams.set('host', postgres.socketFolder);
  return { template: bySocket.href, stop: () => postgres.stop() };
}
