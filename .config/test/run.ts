import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureInitialDatabase } from '../../apps/api/scripts/ensure-initial-database.ts';
import { isBundledBrowserUsable, unpackBundledBrowser } from '../../apps/web/e2e/support/bundled-browser.ts';
import { ensureWebBuilt } from '../../apps/web/scripts/ensure-built.ts';
import { ensurePrismaClient } from '../../prisma/generate.ts';
import { findObstacle } from './preflight.ts';
import { createRunFolder, findParentFolder, startGuardian } from './run-folder.ts';

// What `npm test` and `npm run test:sweeps` run: checks what the tests need, then vitest with a temporary folder of its
// own. However it ends, no process and no folder stays behind. TEST_SWEEPS says how much of the sweeps runs beside the
// stories: `sample` (the default), a part such as `2/5`, `all`. `--sweeps` runs the sweeps alone, whole by default;
// other arguments are vitest's.

const obstacle = await findObstacle();
if (obstacle !== undefined) {
  process.stderr.write(`${obstacle}\n`);
  process.exit(1);
}
await Promise.all([
  ensurePrismaClient().then(() =>
    Promise.all([ensureInitialDatabase(), ensureWebBuilt((line) => process.stdout.write(`${line}\n`))]),
  ),
  // Unpacking the packaged browser takes as long as the build; whether there is one, the browser tests say.
  isBundledBrowserUsable() && unpackBundledBrowser(),
]);

const sweepsOnly = process.argv.includes('--sweeps');
const vitestArguments = process.argv.slice(2).filter((argument) => argument !== '--sweeps');
const sweeps = process.env.TEST_SWEEPS ?? (sweepsOnly ? 'all' : 'sample');
if (sweeps !== 'sample')
  process.stdout.write(`Sweeps: ${sweeps}, seed ${process.env.TEST_SEED ?? 'of the tests'} (TEST_SEED).\n`);

const folder = createRunFolder(findParentFolder());
const require = createRequire(import.meta.url);
const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
const configFile = join(import.meta.dirname, '../vitest.config.ts');
const child = spawn(process.execPath, [vitest, 'run', '--config', configFile, ...vitestArguments], {
  detached: true, // a process group of its own
  stdio: 'inherit',
  env: {
    ...process.env,
    TEST_SWEEPS: sweeps,
    ...(sweepsOnly && { TEST_ONLY: 'sweeps' }),
    TMPDIR: folder,
  },
});
const guardian = startGuardian(child.pid ?? 0, folder);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    process.exitCode = 128 + constants.signals[signal];
    guardian.stdin?.end(); // vitest would wait for the tests under way
  });
child.once('exit', (code, signal) => {
  process.exitCode ||= code ?? 128 + (signal ? constants.signals[signal] : 0);
  guardian.ref();
  guardian.stdin?.end();
});
