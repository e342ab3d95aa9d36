import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

const webFolder = resolve(import.meta.dirname, '..');
const repositoryFolder = resolve(webFolder, '../..');
const distFolder = join(webFolder, 'dist');
const hashFile = join(distFolder, '.vite/source-hash');

/** Everything that the built console depends on; a change in any of it makes `dist` stale. */
const sources = [
  join(webFolder, 'src'),
  join(webFolder, 'public'),
  join(webFolder, 'index.html'),
  join(webFolder, 'vite.config.ts'),
  join(repositoryFolder, 'packages/contracts/src'),
  join(repositoryFolder, 'package-lock.json'),
];

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return null;
      throw error;
    },
  );
  if (entries === null) return [path];
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function hashSources(): Promise<string> {
  const files = (await Promise.all(sources.map(listFiles))).flat().sort();
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${relative(repositoryFolder, file)}\0`);
    hash.update(await readFile(file));
    hash.update('\0');
  }
  return hash.digest('hex');
}

async function readBuiltHash(): Promise<string | null> {
  return readFile(hashFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

async function buildForProduction(): Promise<void> {
  const { build } = await import('vite');
  const before = process.env.NODE_ENV;
  // Vite takes any other value, e.g. vitest's, as a wish for a development build
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: join(webFolder, 'vite.config.ts'), logLevel: 'warn' });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

/**
 * Builds the console into `dist` unless the build there was made from the same sources.
 * Resolves to the folder to serve; rejects with Vite's error when the build fails.
 */
export async function ensureWebBuilt(
  report: (line: string) => void = () => undefined,
): Promise<{ distFolder: string; built: boolean }> {
  const wanted = await hashSources();
  if ((await readBuiltHash()) === wanted) return { distFolder, built: false };
  report('Building the console …');
  await buildForProduction();
  await writeFile(hashFile, wanted);
  return { distFolder, built: true };
}
