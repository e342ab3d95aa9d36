import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { constants } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { createApp, createHealthApp, createStartingApp } from './app.ts';
import { recordAudit, type Transaction } from './audit/record-audit.ts';
import { checkAppSecret } from './connection/check-app-secret.ts';
import type { WecomTiming } from './connection/connect-wecom.ts';
import { createDependencies, type Dependencies, type Process } from './dependencies.ts';
import { createFirstAdmin, isSetupRequired } from './identity/sign-in/complete-setup.ts';
import { isGuessable } from './identity/sign-in/guessable-password.ts';
import { type BackgroundTiming, defaultTiming } from './platform/background-timing.ts';
import type { Now } from './platform/clock.ts';
import { type Config, readConfig } from './platform/config.ts';
import { type Database, openDatabase } from './platform/database/database.ts';
import type { User } from './platform/database/generated/client.ts';
import { applyMigrations } from './platform/database/migrations/apply-migrations.ts';
import { type HttpServer, type Listening, openHttpServer } from './platform/http/http-server.ts';
import { createLifecycle, type Lifecycle } from './platform/lifecycle.ts';
import { createLogger } from './platform/logging/create-logger.ts';
import { createMetrics } from './platform/metrics.ts';
import { outliveReaders } from './platform/outlive-readers.ts';
import { describeFailedStart, StartupError } from './platform/startup-error.ts';
import { openTracing } from './platform/tracing/open-tracing.ts';
import { version } from './platform/version.ts';
import { readStoredState } from './read-stored-state.ts';
import { startWork } from './start-work.ts';

export interface RunningServer {
  /** Where the console is, e.g. `http://127.0.0.1:3000`; undefined for a worker. */
  url: string | undefined;
  /** Where health and metrics are, if they have a port of their own. */
  healthUrl: string | undefined;
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
  /** Breaks a start off: a migration under way is rolled back. */
  signal?: AbortSignal;
}

/**
 * Starts the server of the environment: HTTP, which says that it is not ready, then database, migrations and
 * jobs.
 * @throws StartupError with one line that says what is wrong
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const config = readConfig(options.env);
  const logger = createLogger(config.logLevel);
  const lifecycle = createLifecycle();
  const tracing = await openTracing(config.tracing, logger);
  const own: Process = { config, logger, lifecycle, metrics: createMetrics(), tracing };
  const ports: Ports = {};
  try {
    if (config.role !== 'worker') ports.http = await listen(own, config, createStartingApp(own));
    if (config.healthPort !== undefined) ports.health = await openHealthServer(own, config.healthPort);
    const stop = await serve(options, own, ports);
    return { url: ports.http?.url, healthUrl: ports.health?.url, stop };
  } catch (error) {
    lifecycle.stop();
    await closePorts(ports);
    await tracing.stop();
    throw error;
  }
}

/** What a process listens on. */
interface Ports {
  /** Console and API; none for a worker. */
  http?: HttpServer;
  health?: HttpServer;
}

/** Until the database is open, there is nothing to check. */
const openHealthServer = (own: Process, port: number): Promise<HttpServer> =>
  listen(
    own,
    { ...own.config, port, publicUrl: undefined, key: 'HEALTH_PORT' },
    createHealthApp(own, async () => undefined),
  );

/** Opens a port; connections that it has to drop are logged. */
const listen = (
  { config: { maxConnections }, logger }: Process,
  listening: Listening,
  handle: RequestListener,
): Promise<HttpServer> =>
  openHttpServer(listening, handle, (dropped) =>
    logger.warn({ dropped, maxConnections }, 'Closed new connections at the limit of MAX_CONNECTIONS.'),
  );

/** Health last: a probe asks until the end. */
async function closePorts({ http, health }: Ports): Promise<void> {
  await http?.stop();
  await health?.stop();
}

/** Opens what the process works with and begins to serve. @returns what ends it all */
async function serve(
  { print, now = () => new Date(), wecomTiming, timing = defaultTiming, signal }: ServerOptions,
  own: Process,
  ports: Ports,
): Promise<() => Promise<void>> {
  const { config, logger, lifecycle } = own;
  print(`OrgMirror ${version}, Node ${process.versions.node}.`);
  print(describeDatabase(config));
  const database = await openDatabase(config, logger);
  try {
    await migrate(database, { print, lifecycle, signal });
    const dependencies = await createDependencies(own, database, { now, wecomTiming, timing });
    const secretState = await checkAppSecret(database.prisma, dependencies.secretBox, config.acceptedSecret);
    if (secretState !== 'same') print(secretTexts[secretState]);
    await prepareFirstAdmin(dependencies, print);
    own.metrics.watch({
      readState: () => readStoredState(database.prisma, now()),
      readPool: database.readPool,
    });
    signal?.throwIfAborted();
    const stopWork = await startWork(dependencies);
    ports.http?.serve(createApp(dependencies));
    ports.health?.serve(createHealthApp(own, database.check));
    lifecycle.phase = 'ready';
    return async () => {
      await drain(own, ports);
      lifecycle.stop();
      await ports.http?.stop();
      await stopWork();
      await ports.health?.stop();
      await dependencies.callbacks.stats.flush();
      await database.close();
      await own.tracing.stop();
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Serves on until every proxy has seen that this process is not ready; a worker has none before it. */
async function drain({ config, lifecycle }: Process, { http }: Ports): Promise<void> {
  lifecycle.announceStop();
  if (http === undefined) return;
  http.releaseConnections();
  await setTimeout(config.shutdownDrainSeconds * 1_000);
}

async function migrate(
  database: Database,
  {
    print,
    lifecycle,
    signal,
  }: { print: ServerOptions['print']; lifecycle: Lifecycle; signal: AbortSignal | undefined },
): Promise<void> {
  const onMigration = (name: string) => {
    lifecycle.step = name;
  };
  const applied = await applyMigrations(database, { signal, onMigration });
  lifecycle.step = undefined;
  print(
    applied.length > 0 ? `Applied ${applied.length} database migration(s).` : 'The database is up to date.',
  );
}

const secretTexts = {
  accepted: 'APP_SECRET 已更换 The changed APP_SECRET was accepted.',
  rotating:
    'APP_SECRET 更换中：请运行 orgmirror rotate-secret The data is still encrypted with FORMER_APP_SECRET: run orgmirror rotate-secret.',
} as const;

function describeDatabase({ databaseUrl, dataFolder }: Config): string {
  if (databaseUrl !== undefined) return `Database: ${new URL(databaseUrl).host}.`;
  return `Database: embedded, in ${dataFolder}. It survives a killed process but not a power cut: set DATABASE_URL in production.`;
}

async function recordFirstAdmin(transaction: Transaction, { username }: User): Promise<User['username']> {
  await recordAudit(
    transaction,
    { session: undefined, ip: null },
    { action: 'setup.complete', target: username },
  );
  return username;
}

async function refuseGuessableFirst({
  username,
  password,
}: NonNullable<Config['firstAdmin']>): Promise<void> {
  if (await isGuessable(password, username))
    throw new StartupError({
      zh: 'ADMIN_PASSWORD 过于常见或容易猜到，请更换。',
      en: 'ADMIN_PASSWORD is too easy to guess: choose another.',
    });
}

async function prepareFirstAdmin({ config, prisma, setupCode }: Dependencies, print: ServerOptions['print']) {
  if (config.firstAdmin && (await isSetupRequired(prisma))) await refuseGuessableFirst(config.firstAdmin);
  if (config.firstAdmin && (await createFirstAdmin(prisma, config.firstAdmin, recordFirstAdmin)))
    print(`Created the first admin ${config.firstAdmin.username}.`);
  if (await isSetupRequired(prisma)) print(`初始化码 Setup code for the first admin: ${setupCode}`);
}

/**
 * Starts the server as a program: says where it is, stops on SIGTERM and SIGINT, ends at once on a second one,
 * exits 1 with one line on failure.
 */
export async function runServer(
  options: ServerOptions & { afterStart?: (url: string) => void },
): Promise<void> {
  const { print, env, afterStart } = options;
  outliveReaders();
  const stop = new AbortController();
  onStopSignal(env, () => {
    if (!stop.signal.aborted) print('Stopping …');
    stop.abort();
  });
  try {
    const server = await startServer({ ...options, signal: stop.signal });
    if (server.url === undefined) print('OrgMirror worker is ready.');
    else print(`OrgMirror is ready at ${server.url}`);
    if (server.url !== undefined) afterStart?.(server.url);
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
    await server.stop();
  } catch (error) {
    if (!stop.signal.aborted) {
      process.stderr.write(`${describeFailedStart(error, env.LOG_LEVEL)}\n`);
      process.exit(1);
    }
  }
  process.exit(0);
}

/** How soon a server notices that its npm was ended. */
const parentPollIntervalMs = 500;
/** A Ctrl C comes from the terminal and again from who runs the server, such as npm: that is one signal. */
const sameSignalMs = 500;

function onStopSignal(env: NodeJS.ProcessEnv, stop: () => void): void {
  let firstAtMs: number | undefined;
  const onSignal = (signal: 'SIGTERM' | 'SIGINT') => {
    firstAtMs ??= performance.now();
    if (performance.now() - firstAtMs > sameSignalMs) process.exit(128 + constants.signals[signal]);
    stop();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // npm passes a signal on to its shell, which ends without passing it on: the server would live on as an
  // orphan.
  const parent = process.ppid;
  if (env.npm_lifecycle_event !== undefined)
    setInterval(() => process.ppid !== parent && stop(), parentPollIntervalMs).unref();
}
