import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

export interface Spawned {
  /** Resolves with the first line that `find` recognises. */
  waitFor<T>(find: (line: string) => T | undefined): Promise<T>;
  /** Every line so far. */
  lines: string[];
  /** Largest resident memory so far, in MB (Linux keeps count). */
  readPeakMemory(): Promise<number>;
  /** Resident memory now, in MB (Linux). */
  readMemory(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a TypeScript program of this repository and listens to its lines. */
export function spawnProgram(file: URL, args: string[], env: Record<string, string> = {}): Spawned {
  const child: ChildProcess = spawn(process.execPath, [file.pathname, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('The program has no output.');
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look(line);
  });
  const readStatus = async (name: string) => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
    return Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  };
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    lines,
    waitFor: (find) =>
      new Promise((resolve, reject) => {
        const look = (line: string) => {
          const found = find(line);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        for (const line of lines) look(line);
        child.once('exit', (code) => reject(new Error(`${file.pathname} ended with ${code}`)));
      }),
    readPeakMemory: () => readStatus('VmHWM'),
    readMemory: () => readStatus('VmRSS'),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
