import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type {} from './embedded-setup.ts'; // declares what `inject` gives
import type {} from './postgres-setup.ts';
import { copyEmbeddedTemplate } from './template-database.ts';

/** The kind of database that the project under test names. */
export const usesPostgres = process.env.TEST_DATABASE === 'postgres';

export interface TestDatabase {
  /** What a server needs in its environment to use it. */
  env: Record<string, string>;
  remove(): Promise<void>;
}

/**
 * A database of the project's kind without any data: migrated, or `empty` as before a first start.
 * @param timeZone of its sessions on Postgres; the embedded one is always at UTC
 */
export async function createTestDatabase({
  empty = false,
  timeZone,
}: {
  empty?: boolean;
  timeZone?: string | undefined;
} = {}): Promise<TestDatabase> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'orgmirror-test-'));
  const env: Record<string, string> = { DATA_DIR: dataFolder, APP_SECRET: randomBytes(32).toString('hex') };
  if (usesPostgres) env.DATABASE_URL = await createPostgresDatabase({ empty, timeZone });
  else copyEmbeddedTemplate(inject('embeddedTemplate'), dataFolder, empty ? 'empty' : 'migrated');
  return {
    env,
    remove: async () => {
      if (env.DATABASE_URL !== undefined) await dropPostgresDatabase(env.DATABASE_URL);
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function createPostgresDatabase({
  empty,
  timeZone,
}: {
  empty: boolean;
  timeZone: string | undefined;
}): Promise<string> {
  const url = new URL(inject('postgresTemplate'));
  const name = `story_${randomBytes(8).toString('hex')}`;
  await administer(`CREATE DATABASE ${name} TEMPLATE ${empty ? 'template0' : url.pathname.slice(1)}`);
  if (timeZone !== undefined) await administer(`ALTER DATABASE ${name} SET timezone = '${timeZone}'`);
  url.pathname = `/${name}`;
  return url.href;
}

const dropPostgresDatabase = (connectionString: string): Promise<void> =>
  administer(`DROP DATABASE IF EXISTS ${new URL(connectionString).pathname.slice(1)} WITH (FORCE)`);

/** Runs a statement beside all stories: no connection may be open to a template while it is copied. */
async function administer(statement: string): Promise<void> {
  const url = new URL(inject('postgresTemplate'));
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
