import pg from 'pg';
import pino from 'pino';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/main.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database/database.ts';
import { type Migration, readMigrations } from '../../src/platform/database/read-migrations.ts';
import { describeSchema } from '../support/describe-schema.ts';
import { applyAsBefore } from '../support/earlier-release.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { openSql } from '../support/query-database.ts';
import { killAtStart, listStartSteps } from '../support/spawn-server.ts';
import { startProgram } from '../support/start-program.ts';
import type { Step } from '../support/step.ts';
import { chooseCases } from '../support/sweep.ts';
import { createTestDatabase, type TestDatabase, usesPostgres } from '../support/test-database.ts';

const firstRelease = '20261123084927_init';
/** Later ones are applied by the runner of our own, which leaves none half done. */
const lastOfPrisma = '20261125143428_sync_change_kinds';
const members = 40;
/** Enough for a migration that takes a while. */
const manyMembers = 2_000;
/** A case takes some 15 s on the embedded database. */
const sampleSize = 1;

/** Opens the database as an earlier release would have, in this process. */
async function beforeStart(database: TestDatabase, work: (url: string) => Promise<void>): Promise<void> {
  const opened = await openDatabase(readConfig(database.env), pino({ level: 'silent' }));
  await work(opened.connectionString);
  await opened.close();
}

async function query(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The schema of the first release with a corp and its members. */
const makeFirstRelease = (database: TestDatabase, count = members): Promise<void> =>
  beforeStart(database, async (url) => {
    await applyAsBefore(url, firstRelease);
    await query(url, [
      `INSERT INTO corp (corp_id) VALUES ('ww1')`,
      `INSERT INTO member (corp_row_id, user_id, user_key, name, sort_name, search_text)
       SELECT 1, 'u' || n, 'u' || n, '成员', 'u', ' 成员 u' || n FROM generate_series(1, ${count}) AS n`,
    ]);
  });

/** Starts the server in this process, which has loaded it already. */
const startHere = (database: TestDatabase) =>
  startServer({ print: () => undefined, env: { PORT: '0', LOG_LEVEL: 'silent', ...database.env } });

/** Starts it and expects the whole schema and every member. */
async function expectNextStartWorks(database: TestDatabase, count: number): Promise<void> {
  const server = await startHere(database);
  try {
    const sql = openSql(database);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(await describeSchema(sql)).toEqual(expected);
    expect(await sql('SELECT count(*)::int AS count FROM member')).toEqual([{ count }]);
    expect(await sql(`SELECT user_id FROM member WHERE search_text ~ '[^ -~]'`)).toEqual([]);
  } finally {
    await server.stop();
  }
}

let expected: string[];
beforeAll(async () => {
  const database = await createTestDatabase();
  const server = await startHere(database);
  expected = await describeSchema(openSql(database));
  await server.stop();
  await database.remove();
});

/**
 * A start on the embedded database takes seconds, and all statements of a transaction leave the same behind: there the
 * kills come before the commits.
 */
const isTried = ({ label }: Step) => usesPostgres || label === 'COMMIT';

const nameOf = ({ label, occurrence }: Step) => `${label.slice(0, 90)} (${occurrence})`;

describe.each([
  ['a first start', async () => undefined, 0],
  ['an upgrade from the first release', (database: TestDatabase) => makeFirstRelease(database), members],
] as const)('%s that is killed', (_, prepare, count) => {
  it('at any statement leaves what the next start goes on from', { timeout: 1_200_000 }, async () => {
    const probe = await createTestDatabase({ empty: true });
    await prepare(probe);
    const steps = await listStartSteps(probe.env);
    await probe.remove();
    expect(steps.length).toBeGreaterThan(40);
    for (const step of chooseCases(steps.filter(isTried), sampleSize)) {
      const database = await createTestDatabase({ empty: true });
      await prepare(database);
      await killAtStart(database.env, step);
      await expectNextStartWorks(database, count).catch((cause: unknown) => {
        throw new Error(`killed before ${nameOf(step)}`, { cause });
      });
      await database.remove();
    }
  });
});

describe('an upgrade from the first release', () => {
  it('answers its probes while it migrates: alive, not ready', { timeout: 120_000 }, async () => {
    const database = await createTestDatabase({ empty: true });
    onTestFinished(database.remove);
    await makeFirstRelease(database, manyMembers);
    const port = String(await findFreePort());
    const program = startProgram({ ...database.env, PORT: port, LOG_LEVEL: 'silent' });
    onTestFinished(async () => {
      program.kill('SIGKILL');
      await program.exited;
    });
    const statusOf = async (path: string) =>
      (await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined))?.status;
    const seen = new Set<string>();
    await expect
      .poll(
        async () => {
          seen.add(`healthz ${await statusOf('/healthz')}`);
          const readiness = await statusOf('/readyz');
          seen.add(`readyz ${readiness}`);
          return readiness;
        },
        { timeout: 100_000, interval: 20 },
      )
      .toBe(200);
    seen.delete('healthz undefined'); // before it listens
    seen.delete('readyz undefined');
    expect([...seen].sort()).toEqual(['healthz 200', 'readyz 200', 'readyz 503']);
  });
});

describe('a migration that an earlier release left half done', () => {
  it('is gone through again, wherever it was cut off', { timeout: 1_200_000 }, async () => {
    const migrations = (await readMigrations()).filter(({ name }) => name <= lastOfPrisma);
    const cases = migrations.flatMap((migration) =>
      migration.statements.map((__, done) => ({ migration, done })),
    );
    const tried = cases.filter((__, index) => usesPostgres || index % 8 === 0);
    for (const { migration, done } of chooseCases(tried, sampleSize)) {
      const database = await createTestDatabase({ empty: true });
      const isFirst = migration.name === firstRelease;
      if (!isFirst) await makeFirstRelease(database);
      await beforeStart(database, (url) => leaveHalfDone(url, migrations, migration, done));
      await expectNextStartWorks(database, isFirst ? 0 : members).catch((cause: unknown) => {
        throw new Error(`${migration.name} cut off after ${done} statements`, { cause });
      });
      await database.remove();
    }
  });
});

/** What Prisma's engine leaves when the process is killed: an unfinished record, and what was executed so far. */
async function leaveHalfDone(
  url: string,
  migrations: readonly Migration[],
  { name, statements, checksum }: Migration,
  done: number,
): Promise<void> {
  const before = migrations.filter((other) => other.name < name).at(-1);
  if (before === undefined)
    await query(url, [
      `CREATE TABLE _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL,
        finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
        started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`,
    ]);
  else await applyAsBefore(url, before.name);
  await query(url, [
    `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (gen_random_uuid()::text, '${checksum}', '${name}')`,
    ...statements.slice(0, done),
  ]);
}
