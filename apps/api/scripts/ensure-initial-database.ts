import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { findInitialDatabase } from '../src/platform/database/initial-database.ts';

/** Makes what a first start on the embedded database begins with, unless it is there; needs the database client. */
export async function ensureInitialDatabase(): Promise<void> {
  const { path, built } = await findInitialDatabase();
  if (built) return;
  const { migrateEmptyDatabase } = await import('./migrate-empty-database.ts'); // the whole server: half a second
  const dataFolder = await mkdtemp(join(tmpdir(), 'orgmirror-initial-'));
  try {
    await migrateEmptyDatabase({ dataFolder });
    const pglite = await PGlite.create(join(dataFolder, 'database'), { extensions: { pg_trgm } });
    const archive = await pglite.dumpDataDir('gzip');
    await pglite.close();
    await mkdir(dirname(path), { recursive: true });
    const unfinished = `${path}.${process.pid}`;
    await writeFile(unfinished, Buffer.from(await archive.arrayBuffer()));
    await rename(unfinished, path);
  } finally {
    await rm(dataFolder, { recursive: true });
  }
}
