import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startPostgres } from '../../apps/api/test/support/start-postgres.ts';
import { makeBaseImage, readBaseName, writeRegistrySettings } from './base-image.ts';
import { type ImageConfig, openBuildah } from './buildah.ts';
import type { ImageOutcome } from './check-image.ts';
import { checkServer } from './check-server.ts';

// Builds the image, looks at what it holds and runs it, in the folder that is its argument. Run by check-image.ts in
// namespaces of its own, which take mounts and processes with them; tells it what was found and what was not run.

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = process.argv[2] ?? '';
const imageName = 'orgmirror';
const maxImageBytes = 350_000_000;
/** Built with, tested with, or there twice. */
const unwanted = ['vite', 'vitest', 'prisma', '@prisma/engines', 'typescript', 'node', 'playwright-core'];

const faults: string[] = [];
const expectThat = (holds: boolean, fault: string) => void (holds || faults.push(`The image: ${fault}`));
const report = (line: string) => process.stdout.write(`${line}\n`);
const inSeconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const inMegabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;

async function examine(baseName: string, base: string): Promise<void> {
  const startedAt = performance.now();
  const buildah = openBuildah(folder);
  await buildah.importImage(base, baseName);
  const baseBytes = await measure(await buildah.mount(baseName));
  const settings = await mkdtemp(join(folder, 'registry-'));
  await writeRegistrySettings(settings);
  await buildah.build({
    context: root,
    file: join(root, 'deploy/Dockerfile'),
    ignoreFile: join(root, 'deploy/Dockerfile.dockerignore'),
    volumes: [`${settings}:/usr/local/etc:ro`],
    name: imageName,
  });
  const image = await buildah.readConfig(imageName);
  const rootFolder = await buildah.mount(imageName);
  const bytes = await measure(rootFolder);
  const figures = `${inMegabytes(bytes)} of files, ${inMegabytes(baseBytes)} of them the base’s`;
  report(`The image: ${figures}; built in ${inSeconds(performance.now() - startedAt)}.`);
  expectThat(bytes <= maxImageBytes, `${figures}: more than ${inMegabytes(maxImageBytes)}`);
  checkConfig(image);
  await checkFiles(rootFolder);
  await checkRuns(rootFolder, image);
}

/** Bytes of all files, as they are when unpacked. */
async function measure(rootFolder: string): Promise<number> {
  const { stdout } = await run('du', ['--summarize', '--bytes', '--one-file-system', rootFolder]);
  return Number.parseInt(stdout, 10);
}

function checkConfig({ User, Cmd, Healthcheck, Volumes = {}, ExposedPorts = {} }: ImageConfig): void {
  expectThat(User === '10001:10001', `runs as ${User}`);
  expectThat(Cmd[0] === 'node', `starts ${Cmd.join(' ')}, not the server itself`);
  expectThat(Healthcheck?.Test[0] === 'CMD', `has the health check ${Healthcheck?.Test.join(' ')}`);
  expectThat(Object.keys(Volumes).join() === '/data', `has the volumes ${Object.keys(Volumes).join()}`);
  expectThat(Object.keys(ExposedPorts).join() === '3000/tcp', `exposes ${Object.keys(ExposedPorts).join()}`);
}

async function checkFiles(rootFolder: string): Promise<void> {
  for (const name of unwanted)
    expectThat(!existsSync(join(rootFolder, 'app/node_modules', name)), `holds the package ${name}`);
  const { uid, gid } = await stat(join(rootFolder, 'data'));
  expectThat(uid === 10_001 && gid === 10_001, `its /data belongs to ${uid}:${gid}`);
  const compiled = await readdir(join(rootFolder, 'app/node_modules/.cache/orgmirror'));
  expectThat(compiled.join().endsWith(`-${uid}`), `holds compiled code for ${compiled.join()}`);
  const settings = await readdir(join(rootFolder, 'usr/local/etc'));
  expectThat(settings.length === 0, `holds what the build was lent: ${settings.join()}`);
}

/** On the embedded database and on Postgres: a first start, and one that finds its database. */
async function checkRuns(rootFolder: string, image: ImageConfig): Promise<void> {
  const postgres = await startPostgres();
  try {
    const secret = { APP_SECRET: randomBytes(32).toString('hex') };
    for (const [database, env] of [
      ['the embedded database', {}],
      ['Postgres', { ...secret, DATABASE_URL: await postgres.createDatabase() }],
    ] as const) {
      const dataFolder = await mkdtemp(join(folder, 'data-'));
      await chown(dataFolder, 10_001, 10_001);
      const container = { rootFolder, dataFolder, image, env };
      const note = (holds: boolean, fault: string) => expectThat(holds, `on ${database} it ${fault}`);
      const first = await checkServer(container, note);
      const second = await checkServer(container, note);
      report(
        `Its server on ${database}: ready in ${inSeconds(first)}, the second time in ${inSeconds(second)}.`,
      );
    }
  } finally {
    await postgres.stop();
  }
}

async function findOutcome(): Promise<ImageOutcome> {
  const baseName = await readBaseName();
  let base: string;
  try {
    base = await makeBaseImage(baseName, folder);
  } catch (error) {
    return { faults, notRun: `its base ${baseName} cannot be made: ${error}` };
  }
  await examine(baseName, base).catch((error) => faults.push(`The image: ${error}`));
  return { faults };
}

process.send?.(await findOutcome());
