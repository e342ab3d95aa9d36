import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Owner } from './start-postgres.ts';

/** Daemons lie where only root’s path leads. */
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** @returns the path of an installed program, or undefined */
export function findProgram(name: string): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false; // there is no such file, or not for us
    throw error;
  }
}

export interface Daemon {
  stop(): Promise<void>;
}

/** Starts a program that stays in the foreground, and waits until it listens on a port of this machine. */
export async function startDaemon(
  program: string,
  args: readonly string[],
  { port, folder, owner }: { port: number; folder: string; owner?: Owner | undefined },
): Promise<Daemon> {
  const child = spawn(program, args, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await waitUntilListening(port);
  return {
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function waitUntilListening(port: number): Promise<void> {
  const giveUpAt = performance.now() + 30_000;
  while (!(await isListening(port))) {
    if (performance.now() > giveUpAt) throw new Error(`Nothing listens on port ${port}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
