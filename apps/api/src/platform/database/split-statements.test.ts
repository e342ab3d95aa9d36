import { expect, it } from 'vitest';
import { readMigrations } from './read-migrations.ts';
import { splitStatements } from './split-statements.ts';

it.each<[string, string[]]>([
  ['', []],
  [';;\n;', []],
  ['SELECT 1', ['SELECT 1']],
  ['SELECT 1; SELECT 2;\n', ['SELECT 1', 'SELECT 2']],
  [`SELECT ';', 'it''s; fine'; SELECT 2`, [`SELECT ';', 'it''s; fine'`, 'SELECT 2']],
  [`SELECT 1 AS "a;""b"; SELECT 2`, [`SELECT 1 AS "a;""b"`, 'SELECT 2']],
  ['-- a; b\nSELECT 1;-- the end; of it', ['-- a; b\nSELECT 1']],
  ['/* a; */ SELECT 1; SELECT 2', ['/* a; */ SELECT 1', 'SELECT 2']],
  ['DO $$ BEGIN; END $$; SELECT 2', ['DO $$ BEGIN; END $$', 'SELECT 2']],
  ['DO $a$ x; $$ y; $a$; SELECT $1', ['DO $a$ x; $$ y; $a$', 'SELECT $1']],
])('splits %j', (script, statements) => {
  expect(splitStatements(script)).toEqual(statements);
});

it('loses nothing of the migrations but semicolons and blanks', async () => {
  for (const { sql, statements } of await readMigrations()) {
    expect(statements.length).toBeGreaterThan(0);
    const bare = (text: string) => text.replaceAll(/[;\s]/g, '');
    expect(bare(statements.join(';'))).toBe(bare(sql));
  }
});
