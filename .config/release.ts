// Makes what a release is published as, and starts it as an operator would: `npm run release [-- <folder>]`.
// orgmirror-<version>.tgz holds the sources without tests, the built console, the database client, what an embedded
// database begins with, and an SBOM. Beside it lies its SHA-256.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findFreePort } from '../apps/api/test/support/find-free-port.ts';
import { checkConsole, waitForEnd, waitUntilReady } from './image/check-server.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
/** What nobody needs who runs it. */
const leftOut = /(\.test\.tsx?$)|^(\.ci|\.github)\/|^apps\/\w+\/(test|e2e|bench)\/|^docs\/images\//;
/** Not in the repository: made by the build. */
const built = ['apps/web/dist', 'apps/api/dist', 'apps/api/src/platform/database/generated'];
/** On an existing database. */
const maxStartMs = 3_000;

const faults: string[] = [];
const expectThat = (holds: boolean, fault: string) => void (holds || faults.push(fault));
const say = (line: string) => void process.stdout.write(`${line}\n`);

const { version }: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const name = `orgmirror-${version}`;
const target = resolve(process.argv[2] ?? join(root, 'dist'));
const work = await mkdtemp(join(tmpdir(), 'orgmirror-release-'));
try {
  await run('npm', ['run', 'build'], { cwd: root });
  const archive = await pack();
  await examine(archive);
} finally {
  await rm(work, { recursive: true });
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;

/** @returns the path of the archive */
async function pack(): Promise<string> {
  const folder = join(work, name);
  const { stdout } = await run('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 10_000_000 });
  const files = stdout.split('\0').filter((file) => file !== '' && !leftOut.test(file));
  for (const file of [...files, ...built]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(root, file), join(folder, file), { recursive: true });
  }
  const sbom = await run('npm', ['run', '--silent', 'sbom'], { cwd: root, maxBuffer: 100_000_000 });
  await writeFile(join(folder, 'sbom.cdx.json'), sbom.stdout);
  const { bomFormat, components } = JSON.parse(sbom.stdout);
  expectThat(bomFormat === 'CycloneDX' && components.length > 100, 'The SBOM names no packages.');

  await mkdir(target, { recursive: true });
  const archive = join(target, `${name}.tgz`);
  await run('tar', ['-czf', archive, '-C', work, name]);
  const bytes = await readFile(archive);
  const digest = createHash('sha256').update(bytes).digest('hex');
  await writeFile(`${archive}.sha256`, `${digest}  ${name}.tgz\n`);
  say(`${archive}: ${(bytes.length / 1e6).toFixed(1)} MB, ${files.length} files, SHA-256 ${digest}`);
  return archive;
}

/** Unpacks it elsewhere, installs what it needs and nothing to build with, and starts it twice. */
async function examine(archive: string): Promise<void> {
  const unpacked = join(work, 'unpacked', name);
  await mkdir(dirname(unpacked));
  await run('tar', ['-xzf', archive, '-C', dirname(unpacked)]);
  await run('npm', ['ci', '--omit=dev'], { cwd: unpacked });
  for (const tool of ['vite', '@biomejs/biome', 'vitest'])
    expectThat(!existsSync(join(unpacked, 'node_modules', tool)), `${tool} is installed.`);
  await run('npm', ['run', 'build'], { cwd: unpacked }); // what `npm start` does first: there is nothing to build
  const first = await start(unpacked);
  const second = await start(unpacked);
  say(`Ready after ${Math.round(first)} ms, and ${Math.round(second)} ms on an existing database.`);
  expectThat(second <= maxStartMs, `A start on an existing database takes more than ${maxStartMs} ms.`);
}

/** @returns ms until it is ready */
async function start(folder: string): Promise<number> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: String(port), DATA_DIR: join(work, 'data'), LOG_LEVEL: 'warn' };
  const startedAt = performance.now();
  const server = spawn(process.execPath, ['apps/api/src/start.ts'], { cwd: folder, env });
  const ended = waitForEnd(server);
  const isReady = await waitUntilReady(server, `${url}/readyz`);
  const readyMs = performance.now() - startedAt;
  if (isReady) {
    await checkConsole(url, expectThat);
    const health = await (await fetch(`${url}/healthz`)).text();
    expectThat(health.includes(version), `/healthz does not tell the version: ${health}`);
  }
  server.kill('SIGTERM');
  const { outcome, output } = await ended;
  expectThat(isReady && outcome === 0, `It ended with ${outcome}: ${output}`);
  return readyMs;
}
