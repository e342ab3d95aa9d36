// A soak: reads, sign-ins, events and syncs at once for minutes, while the database is restarted twice.
// Usage: npm run bench:load [-- --members 50000 --departments 2500 --minutes 30]
import { parseArgs } from 'node:util';
import { endpoints } from '@orgmirror/contracts';
import { createApiClient } from '../test/support/api-client.ts';
import { startPostgres } from '../test/support/start-postgres.ts';
import { type BenchServer, startBenchServer } from './support/bench-server.ts';
import { describeLatencies } from './support/load.ts';
import { atMost, formatCount, formatSection, nameCorp, type Row, tell } from './support/report.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '50000' },
    departments: { type: 'string' },
    minutes: { type: 'string', default: '30' },
  },
});
const members = Number(values.members);
const corp = { members, departments: Number(values.departments ?? Math.ceil(members / 20)) };
const durationMs = Number(values.minutes) * 60_000;
/** Caches fill and code is compiled: memory is judged after it. */
const warmUpMs = Math.min(300_000, durationMs / 3);
const restartsAt = [0.45, 0.75];
const memoryIntervalMs = 2_000;

const reads = [
  '/members',
  `/members?q=${encodeURIComponent('李')}`,
  '/members?q=zhang',
  '/members?departmentId=1&recursive=true',
  '/departments',
  '/overview',
  '/sync-runs',
  '/audit',
];

/** What clients met. */
const seen = {
  reads: new Map(reads.map((path) => [path, [] as number[]])),
  /** Of the slowest read that no restart of the database held up. */
  slowestMs: 0,
  signIns: 0,
  syncs: 0,
  changes: 0,
  /** 503 with Retry-After. */
  unavailable: 0,
  /** What no client should see, and how often. */
  wrong: new Map<string, number>(),
};
const memory: { atMs: number; mb: number }[] = [];
/** When the database went away and when it was asked to come back, in milliseconds of `performance.now()`. */
const restarts: { from: number; to: number }[] = [];
/** Connections are opened again, and what waited is worked off. */
const recoveryMs = 5_000;
let isOver = false;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
async function repeat(work: (turn: number) => Promise<unknown>, everyMs: number): Promise<void> {
  for (let turn = 0; !isOver; turn++) {
    await work(turn);
    await pause(everyMs);
  }
}

/** Asks as a client that comes again later when it is told so. @returns milliseconds of a good answer */
async function ask(
  api: BenchServer['api'],
  [method, path, body]: [method: string, path: string, body?: unknown],
): Promise<number | undefined> {
  const startedAt = performance.now();
  const name = `${method} ${path.split('?')[0]}`;
  const countWrong = (what: string) => {
    const key = `${name}: ${what}`;
    seen.wrong.set(key, (seen.wrong.get(key) ?? 0) + 1);
  };
  try {
    const { status, headers } = await api.request(method, path, body === undefined ? {} : { body });
    if (status < 300) return performance.now() - startedAt;
    if (status === 503 && headers.has('retry-after')) seen.unavailable++;
    else if (status !== 409) countWrong(String(status)); // 409: another sync is under way
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // fetch: no answer
    countWrong(String((error.cause as { code?: unknown } | undefined)?.code ?? error.message));
  }
  await pause(200);
  return undefined;
}

async function main(): Promise<void> {
  const postgres = await startPostgres({ shared_buffers: '256MB', max_wal_size: '2GB' });
  const server = await startBenchServer(await postgres.createDatabase(), corp);
  await server.sync();
  const { token, encodingAesKey, url } = await server.api.call(endpoints.saveCallback, {
    params: { source: 'contacts' },
    body: { generate: true },
  });
  await server.wecom('set-callback', { source: 'contacts', url, token, encodingAesKey });
  await server.wecom('set-delivery', { tries: 100, retryDelayMs: 1_000 });
  const startedAt = performance.now();
  const sinceStart = () => performance.now() - startedAt;
  const read = async (turn: number) => {
    const path = reads[turn % reads.length] ?? '/members';
    const began = performance.now();
    const took = await ask(server.api, ['GET', path]);
    if (took === undefined) return;
    seen.reads.get(path)?.push(took);
    const isHeldUp = restarts.some(({ from, to }) => began < to + recoveryMs && began + took > from);
    if (!isHeldUp) seen.slowestMs = Math.max(seen.slowestMs, took);
  };
  const work = [
    ...Array.from({ length: 4 }, (_, place) => repeat((turn) => read(turn + 2 * place), 50)),
    repeat(async () => {
      if ((await ask(createApiClient(server.url), ['POST', '/session', server.admin])) !== undefined)
        seen.signIns++;
    }, 2_000),
    repeat(async () => {
      if ((await ask(server.api, ['POST', '/sync-runs', { mode: 'apply' }])) !== undefined) seen.syncs++;
    }, 20_000),
    repeat(async (turn) => {
      await server.wecom('move', {
        userid: `u${1 + ((turn * 7) % corp.members)}`,
        departmentIds: [1 + (turn % Math.min(50, corp.departments))],
      });
      seen.changes++;
    }, 500),
    repeat(async () => {
      const mb = await server.process.readMemory();
      memory.push({ atMs: sinceStart(), mb });
    }, memoryIntervalMs),
  ];
  for (const share of restartsAt) {
    await pause(share * durationMs - sinceStart());
    const restart = { from: performance.now(), to: Number.POSITIVE_INFINITY };
    restarts.push(restart);
    await postgres.restart();
    restart.to = performance.now();
  }
  await pause(durationMs - sinceStart());
  isOver = true;
  await Promise.all(work);
  const rows = [...describeWork(), ...describeMemory()];
  process.stdout.write(
    `${formatSection({ title: `Load: ${nameCorp(corp)}, ${values.minutes} minutes`, rows })}`,
  );
  await server.stop();
  await postgres.stop();
  if (rows.some(({ holds }) => holds === false)) process.exitCode = 1;
}

function describeWork(): Row[] {
  const wrong = [...seen.wrong].map(([what, count]) => `${what} (${count})`);
  const reads = [...seen.reads.values()].flat();
  return [
    describeLatencies(`Reads, ${formatCount(reads.length)}`, reads, 50),
    ...[...seen.reads].map(([path, times]) => describeLatencies(`GET ${decodeURIComponent(path)}`, times)),
    tell(
      'Slowest read that no restart of the database held up',
      `${formatCount(Math.round(seen.slowestMs))} ms`,
    ),
    tell(
      'Restarts of the database',
      restarts.map(({ from, to }) => `${formatCount(Math.round(to - from))} ms`).join(', '),
    ),
    tell(
      'Sign-ins; syncs begun; changes in WeCom',
      [seen.signIns, seen.syncs, seen.changes].map(formatCount).join('; '),
    ),
    tell('503 with Retry-After, during two restarts of the database', formatCount(seen.unavailable)),
    atMost(`Other errors${wrong.length > 0 ? `: ${wrong.join(', ')}` : ''}`, wrong.length, 0),
  ];
}

/** The server’s resident memory goes up and down with each sync: thirds of the time are compared by their medians. */
function describeMemory(): Row[] {
  const judged = memory.filter(({ atMs }) => atMs > warmUpMs);
  const medianOf = (part: typeof judged) =>
    part.map(({ mb }) => mb).toSorted((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0;
  const border = (index: number) => Math.round((index * judged.length) / 3);
  const thirds = [0, 1, 2].map((index) => medianOf(judged.slice(border(index), border(index + 1))));
  const [first = 0, , last = 0] = thirds;
  return [
    tell(
      `Resident memory after ${Math.round(warmUpMs / 1_000)} s, medians of three thirds`,
      thirds.map((mb) => `${mb} MB`).join(', '),
    ),
    atMost('Last ÷ first third', last / first, 1.1),
  ];
}

await main();
