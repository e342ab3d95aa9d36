import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { type ApiClient, createApiClient } from '../../test/support/api-client.ts';
import { type Spawned, spawnProgram } from './spawn.ts';

export interface PhaseTimes {
  reading: number;
  planning: number;
  applying: number;
}

/** A sync that has ended, with its times in milliseconds by phase. */
export interface MeasuredSync {
  run: SyncRun;
  times: PhaseTimes;
}

/** Milliseconds of everything but reading. */
export const workOf = ({ times }: MeasuredSync): number => times.planning + times.applying;

export interface BenchCorp {
  departments: number;
  members: number;
  /** Of every call of WeCom's; none unless told. */
  latencyMs?: number;
}

export interface BenchServer {
  api: ApiClient;
  /** Where it listens, for clients of their own. */
  url: string;
  /** The account that `api` is signed in as. */
  admin: { username: string; password: string };
  process: Spawned;
  corp: BenchCorp;
  /** WeCom's control interface. */
  wecom(action: string, body: object): Promise<void>;
  /** From now on WeCom refuses exports, so that each department is read. */
  refuseExports(): Promise<void>;
  sync(): Promise<MeasuredSync>;
  /** Ends the server's process and begins with another on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The server and a WeCom simulator with a generated corp, each in a process of its own. */
export async function startBenchServer(databaseUrl: string, corp: BenchCorp): Promise<BenchServer> {
  const simulator = spawnProgram(
    new URL('../../../../packages/wecom-simulator/src/main.ts', import.meta.url),
    [
      ...[
        '--corp',
        'generated',
        '--departments',
        String(corp.departments),
        '--members',
        String(corp.members),
      ],
      ...['--latency-ms', String(corp.latencyMs ?? 0)],
    ],
  );
  const wecom = await simulator.waitFor((line) => (line.startsWith('{') ? JSON.parse(line) : undefined));
  const dataFolder = await mkdtemp(join(tmpdir(), 'orgmirror-bench-'));
  const admin = { username: 'admin', password: randomBytes(12).toString('hex') };
  const environment = {
    PORT: '0',
    DATA_DIR: dataFolder,
    DATABASE_URL: databaseUrl,
    APP_SECRET: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'info',
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    WECOM_API_BASE_URL: wecom.baseUrl,
    WECOM_MAX_CALLS_PER_MINUTE: '1000000',
    MAX_READS_PER_MINUTE: '1000000',
    MAX_WRITES_PER_MINUTE: '1000000',
  };
  const start = async () => {
    const process = spawnProgram(new URL('../serve.ts', import.meta.url), [], environment);
    const url = await process.waitFor((line) => /ready at (\S+)/.exec(line)?.[1]);
    const api = createApiClient(url);
    await api.call(endpoints.signIn, { body: admin });
    return { process, api, url, admin };
  };
  const started = await start();
  const { corpid: corpId, agentid: agentId, secret } = wecom;
  await started.api.call(endpoints.saveWecomSettings, { body: { corpId, agentId, secret } });
  await started.api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
  const control = async (action: string, body: object) => {
    const response = await fetch(`${wecom.baseUrl}/simulator/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${action}: ${await response.text()}`);
  };
  await control('set-settings', { callsPerMinute: 10_000_000 });
  const server: BenchServer = {
    ...started,
    corp,
    wecom: control,
    refuseExports: () =>
      control('add-fault', { endpoint: 'export/department', effect: { kind: 'errcode', errcode: 48002 } }),
    sync: async () => {
      const { api, process } = server;
      const seen = process.lines.length;
      const run = await runToEnd(api);
      const isEnd = (line: string) => (line.includes('sync run ended') && line.includes(run.id)) || undefined;
      await process.waitFor(isEnd);
      return { run, times: readTimes(process.lines.slice(seen)) };
    },
    restart: async () => {
      await server.process.stop();
      Object.assign(server, await start());
    },
    stop: async () => {
      await server.process.stop();
      await simulator.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
  return server;
}

async function runToEnd(api: ApiClient): Promise<SyncRun> {
  const { id } = await api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
  for (;;) {
    // A busy machine may answer late on a connection that the other side has just given up.
    const run = await api.call(endpoints.getSyncRun, { params: { id } }).catch(ignoreReset);
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (run === undefined) continue;
    if (['succeeded', 'awaitingApproval'].includes(run.status)) return run;
    if (run.finishedAt !== null)
      throw new Error(`The sync ended as ${run.status}: ${JSON.stringify(run.error)}`);
  }
}

function ignoreReset(error: unknown): undefined {
  if (!(error instanceof TypeError)) throw error; // which is how fetch tells a connection that broke
}

/** The server logs how long each phase took. */
function readTimes(lines: readonly string[]): PhaseTimes {
  const times: PhaseTimes = { reading: 0, planning: 0, applying: 0 };
  for (const line of lines.filter((text) => text.includes('"phase"'))) {
    const { phase, durationMs } = JSON.parse(line) as { phase: keyof PhaseTimes; durationMs: number };
    times[phase] = durationMs;
  }
  return times;
}
