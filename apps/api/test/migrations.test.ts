import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSchemaEngine, prismaFolder, readMigrations } from '../../../prisma/schema-engine.ts';
import { joinForSearch } from '../src/directory/search/search-alphabet.ts';
import { readConfig } from '../src/platform/config.ts';
import { type Database, openDatabase } from '../src/platform/database/database.ts';
import { applyMigrations } from '../src/platform/database/migrations/apply-migrations.ts';
import { createLogger } from '../src/platform/logging/create-logger.ts';
import { applyAsBefore } from './support/earlier-release.ts';
import { openSql, type Sql } from './support/query-database.ts';
import { createTestDatabase, type TestDatabase, usesPostgres } from './support/test-database.ts';

const filters = { externalTables: [], externalEnums: [] };
const lastOfPrisma = '20261125143428_sync_change_kinds';

let files: TestDatabase;
let database: Database;
let sql: Sql;
const open = async (timeZone?: string) => {
  files = await createTestDatabase({ empty: true, timeZone });
  database = await openDatabase(readConfig(files.env), createLogger('silent'));
  sql = openSql(files);
};
beforeEach(() => open());
afterEach(async () => {
  await database.close();
  await files.remove();
});

describe('migrations', () => {
  it('bring a database of the first release up to date, once', async () => {
    const { migrationDirectories } = await readMigrations();
    const [first, ...later] = migrationDirectories.map(({ path }) => path);
    await applyAsBefore(database.connectionString, first ?? '');
    await sql(`INSERT INTO corp (corp_id) VALUES ('ww1')`);
    const insert = `INSERT INTO member (corp_row_id, user_id, user_key, name, sort_name, search_text) VALUES (1, $1, $1, $1, $1, $2)`;
    await sql(insert, ['wxm', ' 王小明 小明 明 wxm wangxiaoming 😀-b']);
    await sql(insert, ['ann', ' ann lee lee']);
    expect(await applyMigrations(database)).toEqual(later);
    expect(await applyMigrations(database)).toEqual([]);
    expect(await sql('SELECT user_id, search_text FROM member ORDER BY id')).toEqual([
      {
        user_id: 'wxm',
        search_text: joinForSearch(['wxm', 'wangxiaoming', '王小明', '小明', '明', '😀-b']),
      },
      { user_id: 'ann', search_text: ' ann lee lee' },
    ]);
  });

  it('make exactly the tables that the schema describes', async () => {
    const { engine, dispose } = await openSchemaEngine(database.connectionString);
    const path = join(prismaFolder, 'schema.prisma');
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...(await readMigrations()) },
      to: { tag: 'schemaDatamodel', files: [{ path, content: await readFile(path, 'utf8') }] },
      script: true,
      exitCode: null,
      filters,
    });
    await dispose();
    expect(stdout?.trim()).toBe('-- This is an empty migration.');
  });

  it('are recorded as Prisma does: its own tools and earlier releases know them', async () => {
    const applied = await applyMigrations(database);
    const { engine, dispose } = await openSchemaEngine(database.connectionString);
    const diagnosis = await engine.diagnoseMigrationHistory({
      migrationsList: await readMigrations(),
      optInToShadowDatabase: false,
      filters,
    });
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await readMigrations(),
      filters,
    });
    await dispose();
    expect(applied.length).toBeGreaterThan(7);
    expect(appliedMigrationNames).toEqual([]);
    expect(diagnosis).toMatchObject({
      editedMigrationNames: [],
      failedMigrationNames: [],
      history: null,
      hasMigrationsTable: true,
    });
  });

  it('leave nothing behind when one is cut off, and begin again', async () => {
    const stop = new AbortController();
    const names: string[] = [];
    const started = applyMigrations(database, {
      signal: stop.signal,
      onMigration: (name) => {
        names.push(name);
        if (names.length === 3) stop.abort(new Error('stopped'));
      },
    });
    await expect(started).rejects.toThrow('stopped');
    const recorded = await sql('SELECT migration_name AS name FROM _prisma_migrations ORDER BY started_at');
    expect(recorded.map(({ name }) => name)).toEqual(names.slice(0, 2));
    expect(await applyMigrations(database)).toEqual(expect.arrayContaining(names.slice(2)));
  });

  it('of a later release are named instead of run over', async () => {
    await applyMigrations(database);
    await sql(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
      VALUES ('x', 'x', '29991231000000_later', now())`);
    await expect(applyMigrations(database)).rejects.toThrow(/later release \(29991231000000_later\)/);
  });

  it('that meet a table of another program say so, and leave it alone', async () => {
    await sql('CREATE TABLE session (theirs int)');
    await expect(applyMigrations(database)).rejects.toThrow(/"session" already exists.*database of its own/);
    const tables = await sql(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    expect(tables).toEqual([{ name: 'session' }]);
    await sql('DROP TABLE session');
    expect(await applyMigrations(database)).toContain(lastOfPrisma);
  });
});

describe.runIf(usesPostgres)('on Postgres', () => {
  it('are applied once by any number of processes, and no lock outlives them', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(database)));
    expect(applied.flat().toSorted()).toEqual([...new Set(applied.flat())].toSorted());
    expect(applied.flat()).toContain(lastOfPrisma);
    expect(await sql(`SELECT * FROM pg_locks WHERE locktype = 'advisory'`)).toEqual([]);
  });
});

describe.runIf(usesPostgres).each([
  ['Asia/Shanghai', '2026-07-01T12:00:00.000Z', '2026-07-01T04:00:00Z'],
  ['America/New_York', '2026-07-01T12:00:00.000Z', '2026-07-01T16:00:00Z'],
  ['America/New_York', '2026-01-01T12:00:00.000Z', '2026-01-01T17:00:00Z'],
  ['UTC', '2026-07-01T12:00:00.000Z', '2026-07-01T12:00:00Z'],
])('what an earlier release wrote at %s', (zone, real, written) => {
  it(`becomes ${real}, and what the database wrote stays`, async () => {
    await database.close();
    await files.remove();
    await open(zone);
    await applyAsBefore(database.connectionString, lastOfPrisma);
    await sql(
      `INSERT INTO corp (corp_id, created_at) VALUES ('ww1', '${written}');
       INSERT INTO member (corp_row_id, user_id, user_key, name, sort_name, search_text, left_at)
         VALUES (1, 'a', 'a', 'a', 'a', 'a', '${real}');
       INSERT INTO audit_entry (id, action, result, at) VALUES (gen_random_uuid(), 'x', 'x', '${written}');
       INSERT INTO user_account (id, username, username_key, password_hash, role, created_at)
         VALUES (gen_random_uuid(), 'a', 'a', 'x', 'admin', '${written}');
       INSERT INTO session (id, user_id, created_at, expires_at, last_seen_at)
         SELECT gen_random_uuid(), id, '${written}', '${written}', '${written}' FROM user_account;
       INSERT INTO member_sensitive (member_id, source, sealed, updated_at)
         VALUES (1, 'contacts', '', '${real}'), (1, 'authorised', '', '${written}')`,
    );
    await applyMigrations(database);
    const { prisma } = database;
    const at = new Date(real);
    expect(await prisma.corp.findFirst()).toMatchObject({ createdAt: at });
    expect(await prisma.member.findFirst()).toMatchObject({ leftAt: at });
    expect(await prisma.auditEntry.findFirst()).toMatchObject({ at });
    expect(await prisma.session.findFirst()).toMatchObject({ createdAt: at, expiresAt: at, lastSeenAt: at });
    expect(await prisma.memberSensitive.findMany()).toMatchObject([{ updatedAt: at }, { updatedAt: at }]);
  });
});
