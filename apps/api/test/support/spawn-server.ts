import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { compileCache, findServerModule } from './bundle-server.ts';
import type { Step, StepMessage, StepOrder } from './step.ts';
import { wasmFlags } from './wasm-flags.ts';

export interface SpawnedServer {
  url: string;
  /** SIGKILL: nothing is tidied up. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** SIGSTOP: every thread stands still, as on a machine that is suspended. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  /** Wakes it where it stopped at a step; resolves when it goes on. */
  wake(): Promise<void>;
  /** Counts its steps from now on. */
  countSteps(): void;
  /** Its steps since it was told to count. */
  readSteps(): Promise<Step[]>;
  /** Megabytes that it holds: its heap after a full collection of garbage. */
  readHeapMb(): Promise<number>;
  /**
   * Sends it the signal just before this step, counted from now on; resolves when that has happened.
   * @throws when it did not come to the step within a minute
   */
  signalAt(step: Step, signal: 'SIGKILL' | 'SIGSTOP'): Promise<void>;
}

const watcher = new URL('./watch-steps.ts', import.meta.url).href;

/** The steps that a start takes until the server is ready. */
export async function listStartSteps(env: Record<string, string>): Promise<Step[]> {
  const server = await spawnServer({ ...env, WATCH_STEPS: JSON.stringify({ kind: 'count' }) });
  const steps = await server.readSteps();
  await server.stop();
  return steps;
}

/** Background work begins beside the start: a statement of it may come just after the server is ready. */
const backgroundWorkMs = 30_000;

/** The longest that a run takes to come to one of its steps. */
const stepMs = 60_000;

/** Starts the server and kills it just before this step of its start. */
export async function killAtStart(env: Record<string, string>, step: Step): Promise<void> {
  const order: StepOrder = { kind: 'signalAt', step, signal: 'SIGKILL' };
  const child = spawnChild({ ...env, WATCH_STEPS: JSON.stringify(order) });
  const patience = new AbortController();
  const [, signal] = await Promise.race([
    once(child, 'exit'),
    readUrl(child).then(async (url) => {
      await pause(backgroundWorkMs, undefined, { signal: patience.signal });
      child.kill('SIGKILL');
      throw new Error(`The server at ${url} never came to ${step.label}.`);
    }),
  ]);
  patience.abort();
  if (signal !== 'SIGKILL') throw new Error('The server ended before the step.');
}

/** The server as a process of its own, which a test may kill or pause. */
export async function spawnServer(env: Record<string, string>): Promise<SpawnedServer> {
  const child = spawnChild(env);
  const ended = once(child, 'exit').then(() => undefined);
  const end = (signal: NodeJS.Signals) => async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await ended;
  };
  return {
    url: await readUrl(child),
    kill: end('SIGKILL'),
    stop: end('SIGTERM'),
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    ...obey(child),
  };
}

function spawnChild(env: Record<string, string>): ChildProcess {
  const program = `const { runServer } = await import(${JSON.stringify(findServerModule())});
    await runServer({ print: (line) => console.log(line), env: process.env });`;
  return spawn(process.execPath, [...wasmFlags, '--import', watcher, '--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {
      PATH: process.env.PATH ?? '',
      ...compileCache,
      PORT: '0',
      LOG_LEVEL: 'silent',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** The other end of watch-steps.ts. */
function obey(
  child: ChildProcess,
): Pick<SpawnedServer, 'wake' | 'countSteps' | 'readSteps' | 'readHeapMb' | 'signalAt'> {
  const order = (wanted: StepOrder) => child.send(wanted);
  const listen = async <Kind extends StepMessage['kind']>(
    kind: Kind,
    signal?: AbortSignal,
  ): Promise<StepMessage & { kind: Kind }> => {
    for await (const [message] of on(child, 'message', { signal })) if (message.kind === kind) return message; // the watcher sends nothing else
    throw new Error('The server ended.');
  };
  return {
    wake: async () => {
      const goesOn = listen('goesOn');
      // It tells that it stops before it does: a signal that comes in between would wake nobody.
      const waking = setInterval(() => child.kill('SIGCONT'), 20);
      await goesOn;
      clearInterval(waking);
    },
    countSteps: () => order({ kind: 'count' }),
    readSteps: async () => {
      order({ kind: 'report' });
      return (await listen('steps')).steps;
    },
    readHeapMb: async () => {
      order({ kind: 'collect' });
      return (await listen('heap')).bytes / 2 ** 20;
    },
    signalAt: async (step, signal) => {
      order({ kind: 'signalAt', step, signal });
      await listen('reached', AbortSignal.timeout(stepMs)).catch((error: unknown) => {
        throw new Error(`The server never came to ${step.label}.`, { cause: error });
      });
    },
  };
}

async function readUrl(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /ready at (\S+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${output}`)));
  });
}
