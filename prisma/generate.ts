import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const folder = dirname(fileURLToPath(import.meta.url));
const generated = join(folder, '../apps/api/src/platform/database/generated');

/**
 * Generates the typed database client unless it fits the schema already: a built tree needs no `prisma`.
 * `prisma generate` needs no schema engine but looks for one, and would download it: any existing file
 * satisfies it.
 */
export async function ensurePrismaClient(): Promise<void> {
  const hash = createHash('sha256')
    .update(await readFile(join(folder, 'schema.prisma')))
    .update(await readFile(join(folder, '../apps/api/package.json'))) // names the version of the client
    .digest('hex');
  const stamp = join(generated, '.schema-hash');
  if ((await readFile(stamp, 'utf8').catch(ifMissing)) === hash) return;
  const require = createRequire(import.meta.url);
  const generator = join(dirname(require.resolve('prisma/package.json')), 'build/index.js');
  await promisify(execFile)(
    process.execPath,
    [generator, 'generate', '--config', join(folder, 'prisma.config.ts')],
    { env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' } },
  );
  await mkdir(generated, { recursive: true });
  await writeFile(stamp, hash);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

if (import.meta.main) await ensurePrismaClient();
