import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinForSearch } from '../src/directory/search/search-alphabet.ts';
import { readConfig } from '../src/platform/config.ts';
import { applyMigrations } from '../src/platform/database/apply-migrations.ts';
import { type Database, openDatabase } from '../src/platform/database/database.ts';
import { openSchemaEngine, prismaFolder, readMigrations } from '../src/platform/database/schema-engine.ts';
import { createLogger } from '../src/platform/logging/create-logger.ts';
import { openSql } from './support/query-database.ts';
import { createTestDatabase, type TestDatabase } from './support/test-database.ts';

const filters = { externalTables: [], externalEnums: [] };

describe('migrations', () => {
  let files: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    files = await createTestDatabase({ empty: true });
    database = await openDatabase(readConfig(files.env), createLogger('silent'));
  });
  afterEach(async () => {
    await database.close();
    await files.remove();
  });

  it('bring a database of the first release up to date, once', async () => {
    const { migrationDirectories, ...list } = await readMigrations();
    const [first, ...later] = migrationDirectories;
    const { engine, dispose } = await openSchemaEngine(database.connectionString);
    await engine.applyMigrations({
      migrationsList: { ...list, migrationDirectories: first ? [first] : [] },
      filters,
    });
    await dispose();
    const sql = openSql(files);
    await sql(`INSERT INTO corp (corp_id) VALUES ('ww1')`);
    const insert = `INSERT INTO member (corp_row_id, user_id, user_key, name, sort_name, search_text) VALUES (1, $1, $1, $1, $1, $2)`;
    await sql(insert, ['wxm', ' 王小明 小明 明 wxm wangxiaoming 😀-b']);
    await sql(insert, ['ann', ' ann lee lee']);
    expect(await applyMigrations(database)).toEqual(later.map(({ path }) => path));
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
});
