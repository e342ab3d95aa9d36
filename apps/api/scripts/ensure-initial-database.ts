import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { findInitialDatabase } from '../src/platform/database/initial-database.ts';

/** Makes what a first start on the embedded database begins with, unless it is there; needs the database client. */
export async function ensureInitialDatabase(): Promise<void> {
  const { path, built } = await findInitialDatabase();
  if (built) return;
  const { migrateEmptyDatabase } = await import('./migrate-empty-database.ts'); // the whole server: half a second
  const dataFolder = await mkdtemp(join(tmpdir(), 'orgmirror-initial-'));
  try {
    await migrateEmptyDatabase({ dataFolder });
    await mkdir(dirname(path), { recursive: true });
    const unfinished = `${path}.${process.pid}`;
    await create({ file: unfinished, cwd: join(dataFolder, 'database'), gzip: true, portable: true }, ['.']);
    await rename(unfinished, path);
  } finally {
    await rm(dataFolder, { recursive: true });
  }
}
