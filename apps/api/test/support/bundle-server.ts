import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Plugin, rolldown } from 'rolldown';

// A server of its own imports 1,580 modules, which is half the processor time of its start. The stories start some two
// hundred: they run the same sources put together in one file.

const sources = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** In the folder for temporary files, which each test run has for itself. */
const bundleFolder = join(tmpdir(), 'orgmirror-server');
const bundle = join(bundleFolder, 'main.mjs');

/** The server's module, to be imported: one file where the set-up has made it, else the sources. */
export const findServerModule = (): string => pathToFileURL(existsSync(bundle) ? bundle : sources).href;

/** Puts the server together in one file, and compiles it. */
export async function bundleServer(): Promise<void> {
  const build = await rolldown({
    input: sources,
    platform: 'node',
    resolve: { mainFields: ['main'], conditionNames: ['node'] }, // as Node.js does
    plugins: [stayBeside, keepPlaces],
  });
  const name = '[name].mjs';
  await build.write({ dir: bundleFolder, format: 'esm', entryFileNames: name, chunkFileNames: name });
  await build.close();
  const arguments_ = ['--input-type=module', '-e', `await import('${pathToFileURL(bundle).href}')`];
  await promisify(execFile)(process.execPath, arguments_, { env: { ...process.env, ...compileCache } });
}

/** Keeps compiled code: a server that is killed leaves none of its own. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), 'orgmirror-compile-cache') };

/** What tests reach into, what may be missing, and what loads files of its own. */
const isBeside = /^(?:pg|@opentelemetry\/(?!api$).*|@node-rs\/.*|@electric-sql\/.*)$/;

/** Leaves packages where they are installed. */
const stayBeside: Plugin = {
  name: 'stay-beside',
  async resolveId(source, importer) {
    if (!isBeside.test(source)) return null;
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    return resolved && { id: resolved.id, external: 'absolute' };
  },
};

/** A module finds its files from where it lies in the sources. */
const keepPlaces: Plugin = {
  name: 'keep-places',
  transform: (code, id) =>
    code.includes('import.meta.')
      ? code
          .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
          .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      : null,
};
