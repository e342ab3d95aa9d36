import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
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
    await removeEarlier(path);
  } finally {
    await rm(dataFolder, { recursive: true });
  }
}

/** Those of earlier releases, 5 MB each, which nothing finds any more. */
async function removeEarlier(path: string): Promise<void> {
  const folder = dirname(path);
  const isEarlier = new RegExp(`^initial-database-.*-${process.platform}\\.(tgz|tar\\.gz)$`);
  for (const name of await readdir(folder))
    if (isEarlier.test(name) && name !== basename(path)) await rm(join(folder, name), { force: true });
}
