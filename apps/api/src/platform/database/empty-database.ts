import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import * as z from 'zod';

// `initdb` is most of what a first start on the embedded database costs (3 s of processor time): the build does it
// once, for this release of PGlite.

const appFolder = join(import.meta.dirname, '../../..');
const manifest = z
  .object({ dependencies: z.object({ '@electric-sql/pglite': z.string() }) })
  .parse(JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')));
const file = join(
  appFolder,
  `dist/empty-database-${manifest.dependencies['@electric-sql/pglite']}-${process.platform}.tar.gz`,
);

/** Makes what `createEmptyDatabase` copies, unless it is there. */
export async function ensureEmptyDatabase(): Promise<void> {
  if (existsSync(file)) return;
  const pglite = await PGlite.create('memory://');
  const archive = await pglite.dumpDataDir('gzip');
  await pglite.close();
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await archive.arrayBuffer()));
  await rename(unfinished, file);
}

/** Makes an embedded database in a new folder; by `initdb` where nothing was built. */
export async function createEmptyDatabase(folder: string): Promise<void> {
  const archive = existsSync(file) ? { loadDataDir: new Blob([await readFile(file)]) } : {};
  await (await PGlite.create(folder, archive)).close();
}
