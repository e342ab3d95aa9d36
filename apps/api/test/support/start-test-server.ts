import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { type Corp, sampleApp, startWecomSimulator, type WecomSimulator } from '@orgmirror/wecom-simulator';
import { type RunningServer, startServer } from '../../src/main.ts';
import { type BackgroundTiming, defaultTiming } from '../../src/platform/background-timing.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import { clearMirror } from './clear-mirror.ts';
import { findFreePort } from './find-free-port.ts';
import { connectionStringOf, openSql } from './query-database.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

export const admin = { username: 'admin', password: 'a long enough password' };

export interface TestServer {
  /** Where it listens, even when PUBLIC_URL is another. */
  url: string;
  wecom: WecomSimulator;
  database: TestDatabase;
  /** Signed in as the first admin. */
  api: ApiClient;
  /** A client without a session. */
  anonymous(headers?: Record<string, string>): ApiClient;
  /** Saves the simulator's credentials and switches syncing on. */
  configure(): Promise<void>;
  /** As after a start and `configure`, with another corp and nothing mirrored: a start takes ten times as long. */
  beginAgain(corp: Corp, apps?: WecomSimulator['apps']): Promise<void>;
  /** Starts a sync and waits until it has ended or waits for approval. */
  sync(mode?: 'apply' | 'preview'): Promise<SyncRun>;
  waitForRun(id: string): Promise<SyncRun>;
  /** Another server of the same version on the same database, as a second machine would be. */
  startBeside(env?: Record<string, string>): Promise<{ url: string; stop(): Promise<void> }>;
  /** Stops the server and starts it again on the same database, with another environment if one is given. */
  restart(changes?: Record<string, string>, whileDown?: () => unknown): Promise<void>;
  /** Gathers events from now on, however long it takes until all have come, until `releaseEvents`. */
  holdEvents(): void;
  /** Lets events start a run as soon as they come. */
  releaseEvents(): void;
  /** What the server printed. */
  said: string[];
  stop(): Promise<void>;
}

/** Background work often enough for a story that waits for it now and then: each look costs processor time. */
const briskTiming = (): BackgroundTiming => ({
  ...defaultTiming,
  staleRunsIntervalMs: 1_000,
  dueRunsIntervalMs: 500,
  noticesIntervalMs: 2_000,
  eventDebounce: { debounceMs: 150, maxWaitMs: 10_000 },
});

/** Background work runs all the time: for stories about it, which would wait for its interval again and again. */
export const hurriedTiming = (): BackgroundTiming => ({
  ...briskTiming(),
  staleRunsIntervalMs: 200,
  dueRunsIntervalMs: 100,
  eventsIntervalMs: 100,
});

export interface TestServerOptions {
  wecom?: Parameters<typeof startWecomSimulator>[0];
  /** '' leaves a key unset; without ADMIN_USERNAME it is not signed in. */
  env?: Record<string, string>;
  /** The server's clock; the machine's own unless given. */
  now?: () => Date;
  /** Zone of the database's sessions; that of the test Postgres unless given. */
  timeZone?: string;
  /** How its WeCom client waits; as in production unless given. */
  wecomTiming?: NonNullable<Parameters<typeof startServer>[0]['wecomTiming']>;
  /** How often its background work looks; a few times a second unless given. */
  timing?: BackgroundTiming;
}

/** The product on its own database against its own WeCom simulator, over real HTTP. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const wecomOptions = { port: await findFreePort(), ...options.wecom };
  let wecom = await startWecomSimulator(wecomOptions);
  const database = await createTestDatabase({ timeZone: options.timeZone });
  const env = {
    PORT: String(await findFreePort()),
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    // Tests ask as fast as they can, as one user.
    MAX_READS_PER_MINUTE: '1000000',
    MAX_WRITES_PER_MINUTE: '1000000',
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    WECOM_API_BASE_URL: wecom.baseUrl,
    WECOM_OAUTH_BASE_URL: wecom.baseUrl,
    WECOM_LOGIN_BASE_URL: wecom.baseUrl,
    ...database.env,
    ...options.env,
  };
  const said: string[] = [];
  const timing = options.timing ?? briskTiming();
  const start = (): Promise<RunningServer> =>
    startServer({
      print: (line) => void said.push(line),
      env,
      timing,
      ...(options.now && { now: options.now }),
      ...(options.wecomTiming && { wecomTiming: options.wecomTiming }),
    });
  let server = await start();
  const url = `http://127.0.0.1:${env.PORT}`;
  const api = createApiClient(url);
  if (env.ADMIN_USERNAME) await api.call(endpoints.signIn, { body: admin });

  const waitForRun = async (id: string): Promise<SyncRun> => {
    // Each look costs what any request does: the longer a run takes, the more time is between two.
    for (let waitMs = 40; ; waitMs = Math.min(1.5 * waitMs, 200)) {
      const run = await api.call(endpoints.getSyncRun, { params: { id } });
      if (!['queued', 'reading', 'planning', 'applying'].includes(run.status)) return run;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  };
  const test: TestServer = {
    url,
    get wecom() {
      return wecom;
    },
    database,
    api,
    anonymous: (headers) => createApiClient(url, headers),
    configure: async () => {
      const credentials = { corpId: wecom.corpid, agentId: sampleApp.agentid, secret: sampleApp.secret };
      await api.call(endpoints.saveWecomSettings, { body: credentials });
      await api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
    },
    beginAgain: async (corp, apps) => {
      await wecom.close();
      wecom = await startWecomSimulator({ ...wecomOptions, corp, ...(apps && { apps }) });
      await clearMirror(openSql(database));
      await test.configure();
    },
    sync: async (mode = 'apply') => {
      const { id } = await api.call(endpoints.startSyncRun, { body: { mode } });
      return waitForRun(id);
    },
    waitForRun,
    holdEvents: () => void Object.assign(timing.eventDebounce, { debounceMs: 600_000, maxWaitMs: 600_000 }),
    releaseEvents: () => void Object.assign(timing.eventDebounce, { debounceMs: 0, maxWaitMs: 0 }),
    said,
    startBeside: async (changes = {}) => {
      const PORT = String(await findFreePort());
      const DATABASE_URL = connectionStringOf(database);
      const other = await startServer({
        print: () => undefined,
        env: { ...env, PORT, DATABASE_URL, ROLE: 'api', ...changes },
        timing,
        ...(options.now && { now: options.now }),
      });
      return { url: `http://127.0.0.1:${PORT}`, stop: () => other.stop() };
    },
    restart: async (changes = {}, whileDown = () => undefined) => {
      await server.stop();
      await whileDown();
      Object.assign(env, changes);
      server = await start();
    },
    stop: async () => {
      await server.stop();
      await wecom.close();
      await database.remove();
    },
  };
  return test;
}
