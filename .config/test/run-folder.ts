import { type ChildProcess, spawn } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'orgmirror-run-';

/** A file system in memory, where Linux has one. */
const memoryFolder = '/dev/shm';
const tmpfs = 0x01021994; // TMPFS_MAGIC of linux/magic.h
/** A run writes 0.8 GB; the rest is for its processes. */
const minMemoryFolderMb = 4_000;
const minMemoryMb = 8_000;

/**
 * Where the run's folder is made: in memory where there is plenty, unless TMPDIR names a folder. Each story makes a
 * database of some hundreds of files, which takes a disk several times as long.
 */
export const findParentFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  env.TMPDIR === undefined && isMemoryPlenty() ? memoryFolder : tmpdir();

function isMemoryPlenty(): boolean {
  if (process.platform !== 'linux' || process.availableMemory() < minMemoryMb * 2 ** 20) return false;
  try {
    const { type, bavail, bsize } = statfsSync(memoryFolder);
    return type === tmpfs && bavail * bsize >= minMemoryFolderMb * 2 ** 20 && isExecutableIn(memoryFolder);
  } catch {
    return false; // it is not there, or not for us
  }
}

/** Containers often have it without the right to execute, which Postgres may need. */
function isExecutableIn(parent: string): boolean {
  const folder = mkdtempSync(join(parent, 'orgmirror-probe-'));
  try {
    const program = join(folder, 'program');
    writeFileSync(program, '', { mode: 0o700 });
    accessSync(program, constants.X_OK);
    return true;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Folder for everything that one test run writes, named after the process that owns it. */
export function createRunFolder(parentFolder = tmpdir()): string {
  const parent = realpathSync(parentFolder);
  removeLeftovers(parent);
  const folder = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
  chmodSync(folder, 0o711); // Postgres, which does not run as root, passes through it
  return folder;
}

/** Removes the folders of runs whose process is gone, e.g. after a power cut. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (!Number.isNaN(pid) && !isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPERM') return true; // another user's
    return false;
  }
}

/** Program of the guardian: waits for the end of its input, which comes however its parent dies. */
const guardian = `
  const { rmSync } = require('node:fs');
  const [group, folder] = process.argv.slice(1);
  process.stdin.resume().on('end', () => {
    try { process.kill(-Number(group), 'SIGKILL'); } catch (error) { if (error.code !== 'ESRCH') throw error; }
    setTimeout(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }), 200);
  });`;

/**
 * Starts a process of its own session that, once this one is gone, ends the process group and removes the folder.
 * A run that is killed hard leaves nothing behind by that.
 */
export function startGuardian(group: number, folder: string): ChildProcess {
  const child = spawn(process.execPath, ['-e', guardian, String(group), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.unref();
  return child;
}
