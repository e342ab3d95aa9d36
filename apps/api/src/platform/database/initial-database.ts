import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import * as z from 'zod';
import { readMigrations } from './read-migrations.ts';

// `initdb` and the migrations are most of what a first start on the embedded database costs (6 s of processor time):
// the build does both once (`scripts/ensure-initial-database.ts`).

const appFolder = join(import.meta.dirname, '../../..');
const manifest = z
  .object({ dependencies: z.object({ '@electric-sql/pglite': z.string(), 'pg-boss': z.string() }) })
  .parse(JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')));

/** Where the archive is that fits this release's migrations, PGlite, job queue and system, if it was built. */
export async function findInitialDatabase(): Promise<{ path: string; built: boolean }> {
  const parts = [
    ...(await readMigrations()).map(({ checksum }) => checksum),
    manifest.dependencies['@electric-sql/pglite'],
    manifest.dependencies['pg-boss'],
  ];
  const key = hash('sha256', parts.join(' ')).slice(0, 16);
  const path = join(appFolder, `dist/initial-database-${key}-${process.platform}.tgz`);
  return { path, built: existsSync(path) };
}

/** Makes an embedded database in an empty folder, with the tables of this release; an empty one where none was built. */
export async function createInitialDatabase(folder: string): Promise<void> {
  const { path, built } = await findInitialDatabase();
  if (!built) return (await PGlite.create(folder)).close();
  const { extract } = await import('tar'); // only a first start needs it
  extract({ file: path, cwd: folder, sync: true, strict: true, preserveOwner: false, noMtime: true }); // 0.3 s; 0.7 s by promises
}
