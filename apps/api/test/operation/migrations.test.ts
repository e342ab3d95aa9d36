import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSchemaEngine, prismaFolder, readMigrations } from '../../../../prisma/schema-engine.ts';
import { type Heads, joinForSearch } from '../../src/directory/search/search-alphabet.ts';
import { readConfig } from '../../src/platform/config.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { applyMigrations } from '../../src/platform/database/migrations/apply-migrations.ts';
import { createLogger } from '../../src/platform/logging/create-logger.ts';
import { applyAsBefore } from '../support/earlier-release.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const filters = { externalTables: [], externalEnums: [] };
const lastOfPrisma = '20261125143428_sync_change_kinds';

let files: TestDatabase;
let database: Database;
let sql: Sql;
beforeEach(async () => {
  files = await createTestDatabase({ empty: true });
  database = await openDatabase(readConfig(files.env), createLogger('silent'));
  sql = openSql(files);
});
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
    const insert = `INSERT INTO member (corp_row_id, user_id, user_key, name, alias, sort_name, search_text) VALUES (1, $1, $1, $2, $3, $4, $5)`;
    const earlier = ' 王小明 小明 明 wxm wangxiaoming 😀-b \u{e0100}';
    await sql(insert, ['wxm', '王小明', ' Little  Ming', 'wang xiao ming', earlier]);
    await sql(insert, ['ann', 'ann', null, 'ann', ' ann lee']);
    expect(await applyMigrations(database)).toEqual(later);
    expect(await applyMigrations(database)).toEqual([]);
    const none = { names: [], readings: [] };
    const withHeads = (tokens: string[], heads: Heads) =>
      joinForSearch(tokens, none).replace(/ZZ$/, joinForSearch([], heads));
    expect(await sql('SELECT user_id, search_text FROM member ORDER BY id')).toEqual([
      {
        user_id: 'wxm',
        search_text: withHeads(['wxm', 'wangxiaoming', '王小明', '小明', '明', '😀-b', '\u{e0100}'], {
          names: ['王小明', 'little ming', 'wxm'],
          readings: ['wangxiaoming'],
        }),
      },
      { user_id: 'ann', search_text: withHeads(['ann', 'lee'], { names: ['ann'], readings: ['a'] }) },
    ]);
  });

  it('bring the search texts of earlier releases into the alphabet of this one, also those of waiting plans', async () => {
    await applyAsBefore(database.connectionString, '20261127155457_member_main_department');
    const earlierValue = ' a7YAk5qZZ';
    const nowValue = joinForSearch(['a7', '明'], { names: [], readings: [] });
    const earlier = ' wangZZAmtnAk5qZZ';
    const now = joinForSearch(['wang'], { names: ['王明'], readings: [] });
    const ids = ['1', '2'].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`);
    await sql(`INSERT INTO corp (corp_id) VALUES ('ww1');
      INSERT INTO member (corp_row_id, user_id, user_key, name, sort_name, search_text)
        VALUES (1, 'a', 'a', '王明', 'wang ming', '${earlier}');
      INSERT INTO member_attributes (member_id, values, search_text) VALUES (1, '{}', '${earlierValue}');
      INSERT INTO attribute_import (id, corp_row_id, owner_id, file_name, created_at, expires_at)
        VALUES ('${ids[0]}', 1, 'admin', 'a.csv', now(), now());
      INSERT INTO attribute_import_row (import_id, line, user_id, outcome, search_text)
        VALUES ('${ids[0]}', 1, 'a', 'change', '${earlierValue}'), ('${ids[0]}', 2, 'b', 'refused', NULL);`);
    for (const [place, finishedAt] of ['NULL', 'now()'].entries())
      await sql(`INSERT INTO sync_run (id, corp_row_id, mode, status, trigger, progress, counts, held, held_reasons, warnings, finished_at)
          VALUES ('${ids[place]}', 1, 'apply', '${place === 0 ? 'awaitingApproval' : 'cancelled'}', 'manual', '{}', '{}', '{}', '[]', '[]', ${finishedAt});
        INSERT INTO sync_change (run_id, seq, entity, kind, key, name, derived)
          VALUES ('${ids[place]}', 1, 'member', 'create', 'a', '王明', '{"searchText": "${earlier}", "sortName": "wang ming"}');`);
    await applyMigrations(database);
    expect(await sql('SELECT search_text FROM member')).toEqual([{ search_text: now }]);
    expect(await sql('SELECT search_text FROM member_attributes')).toEqual([{ search_text: nowValue }]);
    expect(await sql('SELECT search_text FROM attribute_import_row ORDER BY line')).toEqual([
      { search_text: nowValue },
      { search_text: null },
    ]);
    expect(await sql('SELECT derived FROM sync_change ORDER BY run_id')).toEqual([
      { derived: { searchText: now, sortName: 'wang ming' } },
      { derived: { searchText: earlier, sortName: 'wang ming' } },
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
