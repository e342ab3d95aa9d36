import { spawn } from 'node:child_process';
import { compileCache, findServerModule } from './bundle-server.ts';
import { wasmFlags } from './wasm-flags.ts';

export interface Program {
  /** Everything that it wrote, standard output and errors. */
  output: { stdout: string; stderr: string };
  /** When a line with this text has come, or the process has ended. */
  saying(text: string): Promise<void>;
  /** Resolves with the exit code. */
  exited: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** Reads its output no longer, as a log collector that has ended. */
  closeOutput(): void;
}

/**
 * The server as a process of its own, as `npm start` runs it, with nothing of this process's environment but
 * PATH.
 */
export function startProgram(env: Record<string, string>): Program {
  const script = `const { runServer } = await import(${JSON.stringify(findServerModule())});
    await runServer({ env: process.env, print: (line) => console.log(line) });`;
  const child = spawn(process.execPath, [...wasmFlags, '--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH, ...compileCache, ...env },
  });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const collect = (name: keyof typeof output) => (chunk: string) => {
    output[name] += chunk;
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on('data', collect('stdout'));
  child.stderr.setEncoding('utf8').on('data', collect('stderr'));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    output,
    saying: (text) => {
      const said = new Promise<void>((resolve) => {
        const look = () => (output.stdout.includes(text) ? resolve() : undefined);
        listeners.add(look);
        look();
      });
      return Promise.race([said, exited.then(() => undefined)]);
    },
    exited,
    kill: (signal) => child.kill(signal),
    closeOutput: () => {
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}
