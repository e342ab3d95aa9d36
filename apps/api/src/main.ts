import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import type { WecomTiming } from './connection/connect-wecom.ts';
import { createDependencies, type Dependencies } from './dependencies.ts';
import { createFirstAdmin, isSetupRequired } from './identity/sign-in/complete-setup.ts';
import { purgeExpiredStates } from './identity/sign-in/purge-expired-states.ts';
import { type BackgroundTiming, defaultTiming } from './platform/background-timing.ts';
import type { Now } from './platform/clock.ts';
import { type Config, readConfig } from './platform/config.ts';
import { runInBackground } from './platform/database/background-work.ts';
import { openDatabase } from './platform/database/database.ts';
import { applyMigrations } from './platform/database/migrations/apply-migrations.ts';
import { startInterval } from './platform/jobs/start-interval.ts';
import { createLogger } from './platform/logging/create-logger.ts';
import { StartupError } from './platform/startup-error.ts';
import { purgeExpired } from './purge-expired.ts';
import { sweepStaleRuns } from './runs/sweep-stale-runs.ts';
import { executeRun } from './sync/execute-run.ts';
import { processEvents } from './triggers/process-events.ts';
import { startDueRuns } from './triggers/start-due-runs.ts';

export interface RunningServer {
  /** Where the console is, e.g. `http://127.0.0.1:3000`; undefined for a worker. */
  url: string | undefined;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Prints what happens, a line at a time, for the operator. */
  print: (line: string) => void;
  env: NodeJS.ProcessEnv;
  /** What time it is; the machine's own clock unless told. */
  now?: Now;
  wecomTiming?: WecomTiming;
  /** How often background work looks for something to do; as in production unless told. */
  timing?: BackgroundTiming;
}

/**
 * Starts the server of the environment: database, migrations, jobs, HTTP.
 * @throws StartupError with one line that says what is wrong
 */
export async function startServer({
  print,
  env,
  now = () => new Date(),
  wecomTiming,
  timing = defaultTiming,
}: ServerOptions): Promise<RunningServer> {
  const config = readConfig(env);
  const logger = createLogger(config.logLevel);
  const database = await openDatabase(config, logger);
  try {
    print(describeDatabase(config));
    const applied = await applyMigrations(database);
    print(
      applied.length > 0 ? `Applied ${applied.length} database migration(s).` : 'The database is up to date.',
    );
    const dependencies = await createDependencies(config, logger, database, { now, wecomTiming, timing });
    await prepareFirstAdmin(dependencies, print);
    const stopWork = await startWork(dependencies);
    const server = config.role === 'worker' ? undefined : await listen(dependencies);
    return {
      url: server && urlOf(config, server),
      stop: async () => {
        await closeServer(server);
        await stopWork();
        await dependencies.callbacks.stats.flush();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function describeDatabase({ databaseUrl, dataFolder }: Config): string {
  if (databaseUrl !== undefined) return `Database: ${new URL(databaseUrl).host}.`;
  return `Database: embedded, in ${dataFolder}. It survives a killed process but not a power cut: set DATABASE_URL in production.`;
}

async function prepareFirstAdmin({ config, prisma, setupCode }: Dependencies, print: ServerOptions['print']) {
  if (config.firstAdmin && (await createFirstAdmin(prisma, config.firstAdmin)))
    print(`Created the first admin ${config.firstAdmin.username}.`);
  if (await isSetupRequired(prisma)) print(`初始化码 Setup code for the first admin: ${setupCode}`);
}

/** Works on jobs, and starts the background tasks. */
async function startWork(dependencies: Dependencies): Promise<() => Promise<void>> {
  const { config, queue, logger, timing } = dependencies;
  const sweep = () =>
    runInBackground(() => sweepStaleRuns(dependencies)).catch((error: unknown) => {
      logger.warn({ err: error }, 'stale runs could not be swept'); // the next sweep comes soon
    });
  if (config.role !== 'api') await queue.work((runId) => executeRun(dependencies, runId));
  await sweep();
  const timer = setInterval(sweep, timing.staleRunsIntervalMs);
  const stops = config.role === 'api' ? [] : startBackgroundTasks(dependencies);
  return async () => {
    clearInterval(timer);
    await Promise.all(stops.map((stop) => stop()));
    await queue.stop();
  };
}

/** What workers do by the clock; any number of them may do it at once. */
function startBackgroundTasks(dependencies: Dependencies): (() => Promise<void>)[] {
  const { logger, timing } = dependencies;
  const logFailure = (message: string) => (error: unknown) => logger.warn({ err: error }, message);
  return [
    startInterval(
      () => startDueRuns(dependencies),
      timing.dueRunsIntervalMs,
      logFailure('due syncs could not be started'),
    ),
    startInterval(
      () => processEvents(dependencies),
      timing.eventsIntervalMs,
      logFailure('events could not be processed'),
    ),
    startInterval(
      () => purgeExpiredStates(dependencies),
      timing.signInStatesIntervalMs,
      logFailure('expired sign-ins could not be purged'),
    ),
    startInterval(
      () => purgeExpired(dependencies),
      timing.purgeIntervalMs,
      logFailure('expired rows could not be purged'),
    ),
  ];
}

/**
 * Longer than reverse proxies keep an idle connection (a minute, as a rule): when the server closes while the
 * proxy sends, that request is lost.
 */
const keepAliveTimeoutMs = 75_000;

async function listen(dependencies: Dependencies): Promise<Server> {
  const { port, host } = dependencies.config;
  const server = createServer({ keepAliveTimeout: keepAliveTimeoutMs }, createApp(dependencies));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(describeListenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  return server;
}

function describeListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new StartupError({
      zh: `端口 ${port} 已被占用。请停止占用它的程序，或把 PORT 设为其他端口。`,
      en: `Port ${port} is in use. Stop what uses it, or set PORT to another.`,
    });
  return new StartupError(
    {
      zh: `无法监听 ${host}:${port}（${error.code}）。请检查 HOST 和 PORT。`,
      en: `Cannot listen on ${host}:${port} (${error.code}). Check HOST and PORT.`,
    },
    { cause: error },
  );
}

function urlOf({ host, publicUrl }: Config, server: Server): string {
  const { port } = server.address() as AddressInfo; // listening on TCP
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function closeServer(server: Server | undefined): Promise<void> {
  if (server === undefined) return;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections(); // event streams would keep it open
  });
}

/**
 * Starts the server as a program: says where it is, stops on SIGTERM and SIGINT, exits 1 with one line on
 * failure.
 */
export async function runServer(
  options: ServerOptions & { afterStart?: (url: string) => void },
): Promise<void> {
  try {
    const server = await startServer(options);
    if (server.url !== undefined) options.print(`OrgMirror is ready at ${server.url}`);
    else options.print('OrgMirror worker is ready.');
    if (server.url !== undefined) options.afterStart?.(server.url);
    stopOnSignal(server, options);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** How soon a server notices that its npm was ended. */
const parentPollIntervalMs = 500;

function stopOnSignal(server: RunningServer, { print, env }: ServerOptions): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    print('Stopping …');
    await server.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  // npm passes a signal on to its shell, which ends without passing it on: the server would live on as an
  // orphan.
  const parent = process.ppid;
  if (env.npm_lifecycle_event !== undefined)
    setInterval(() => process.ppid !== parent && void stop(), parentPollIntervalMs).unref();
}
