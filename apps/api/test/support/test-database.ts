import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  /** What a server needs in its environment to use it. */
  env: Record<string, string>;
  remove(): Promise<void>;
}

/** An empty database of the kind that the project under test names: embedded, or in a real Postgres server. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'orgmirror-test-'));
  const env: Record<string, string> = { DATA_DIR: dataFolder, APP_SECRET: randomBytes(32).toString('hex') };
  if (process.env.TEST_DATABASE === 'postgres') env.DATABASE_URL = await createPostgresDatabase();
  return { env, remove: () => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }) };
}

async function createPostgresDatabase(): Promise<string> {
  const url = new URL(inject('postgresUrl'));
  const name = `story_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}
