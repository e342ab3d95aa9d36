import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { splitStatements } from './split-statements.ts';

const folder = fileURLToPath(new URL('../../../../../prisma/migrations/', import.meta.url));

export interface Migration {
  /** Its folder; their order is that of the names. */
  name: string;
  sql: string;
  statements: string[];
  /** SHA-256 of the file in hex, as Prisma records it. */
  checksum: string;
}

/** The migrations of this release, the oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, statements: splitStatements(sql), checksum: hash('sha256', sql) };
    }),
  );
}
