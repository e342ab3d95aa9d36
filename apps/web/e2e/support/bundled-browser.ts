import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar';
import type { BrowserProgram } from './find-browser.ts';

const require = createRequire(import.meta.url);
const cacheFolder = resolve(import.meta.dirname, '../../../../node_modules/.cache/orgmirror');

/** Whether the Chromium inside `@sparticuz/chromium` runs on this system. */
export const isBundledBrowserUsable = (): boolean => process.platform === 'linux' && process.arch === 'x64';

/**
 * The Chromium that npm brings, with the shared libraries and the fonts it needs: nothing of the machine's is
 * used. Unpacked once (210 MB, some 3 s) into node_modules/.cache.
 */
export async function unpackBundledBrowser(): Promise<BrowserProgram> {
  const manifestPath = join(dirname(require.resolve('@sparticuz/chromium')), '../package.json');
  const { version }: { version: string } = JSON.parse(await readFile(manifestPath, 'utf8'));
  const folder = join(cacheFolder, `chromium-${version}`);
  if (!existsSync(folder)) await unpack(join(dirname(manifestPath), 'bin'), folder);
  await writeFile(join(folder, 'fonts.conf'), describeFonts(folder)); // names the folder where it is now
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(folder, 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

/** Two test runs may unpack at once: each does so beside the folder, and the first to be done names it. */
async function unpack(packed: string, folder: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const draft = await mkdtemp(`${folder}.`);
  const read = (name: string) => createReadStream(join(packed, name));
  await pipeline(
    read('chromium.br'),
    createBrotliDecompress(),
    createWriteStream(join(draft, 'chromium'), { mode: 0o755 }),
  );
  for (const name of ['al2023.tar.br', 'fonts.tar.br'])
    await pipeline(read(name), createBrotliDecompress(), extract({ cwd: draft, strict: true }));
  await rename(draft, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(draft, { recursive: true });
  });
}

const describeFonts = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>${resolve(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
