import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { password, username } from '@orgmirror/contracts';
import * as z from 'zod';
import { makeDataFolder, refuseDataFolder } from './make-folder.ts';
import { StartupError } from './startup-error.ts';

const url = (protocols: RegExp) =>
  z.url({ protocol: protocols }).transform((text) => text.replace(/(?<!\/)\/+$/, ''));
const httpUrl = url(/^https?$/);
/** User and password of an address must be readable: a `%` that stands for itself is written `%25`. */
const hasReadableLogin = (text: string): boolean => {
  const { username, password } = new URL(text);
  try {
    return decodeURIComponent(`${username}:${password}`) !== '';
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
};
const loginMessage = 'in user or password write % as %25';
function wholeNumber(min: number, max: number) {
  const message = `a whole number from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
}

const shortestAppSecret = 32;

const appSecret = z.string().min(shortestAppSecret, `at least ${shortestAppSecret} characters`);

const port = wholeNumber(0, 65_535);

/** Keys that may be given as `<key>_FILE` instead, the path of a file with the value, as orchestrators mount secrets. */
const secretKeys = [
  'DATABASE_URL',
  'APP_SECRET',
  'FORMER_APP_SECRET',
  'WECOM_PROXY_URL',
  'ADMIN_PASSWORD',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
] as const;

/** Addresses of the reverse proxies whose `X-Forwarded-For` is believed, or how many of them there are. */
const trustedProxies = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : text.split(',').map((part) => part.trim())))
  .refine(
    (proxies) => typeof proxies === 'number' || proxies.every(isAddressRange),
    'a number of proxies, or addresses such as 10.0.0.0/8, loopback, uniquelocal, with commas between',
  )
  .default(['loopback']);

/** What Express takes: an address, a range of them, or the name of one. */
function isAddressRange(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', prefix] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return longest > 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest));
}

const environment = z.object({
  PORT: port.default(3000),
  HEALTH_PORT: port.optional(),
  TRUST_PROXY: trustedProxies,
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: httpUrl
    .refine((text) => new URL(text).href === `${new URL(text).origin}/`, 'an origin, without a path')
    .transform((text) => new URL(text).origin)
    .optional(),
  DATABASE_URL: url(/^postgres(ql)?$/)
    .refine(hasReadableLogin, loginMessage)
    .optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  APP_SECRET: appSecret.optional(),
  FORMER_APP_SECRET: appSecret.optional(),
  ACCEPT_APP_SECRET: z.string().optional(),
  WECOM_API_BASE_URL: httpUrl.default('https://qyapi.weixin.qq.com'),
  WECOM_OAUTH_BASE_URL: httpUrl.default('https://open.weixin.qq.com'),
  WECOM_LOGIN_BASE_URL: httpUrl.default('https://login.work.weixin.qq.com'),
  WECOM_PROXY_URL: httpUrl.refine(hasReadableLogin, loginMessage).optional(),
  WECOM_MAX_CONCURRENCY: wholeNumber(1, 100).default(8),
  WECOM_MAX_CALLS_PER_MINUTE: wholeNumber(1, 1_000_000).default(3000),
  MAX_CONNECTIONS: wholeNumber(10, 1_000_000).default(5_000),
  MAX_READS_PER_MINUTE: wholeNumber(1, 1_000_000).default(60_000),
  MAX_WRITES_PER_MINUTE: wholeNumber(1, 1_000_000).default(6_000),
  ADMIN_USERNAME: username.optional(),
  ADMIN_PASSWORD: password.optional(),
  ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  SHUTDOWN_DRAIN_SECONDS: wholeNumber(0, 600).default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  // What else OpenTelemetry reads of the environment, its packages read by themselves.
  OTEL_SDK_DISABLED: z.stringbool().default(false),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: z.string().optional(),
});

/** What the environment says, checked; the only place that reads it. */
export interface Config {
  port: number;
  /** How many connections a port of this process takes at a time. */
  maxConnections: number;
  /** Where health and metrics are served on their own; undefined: with everything else. */
  healthPort: number | undefined;
  /** As Express takes it for `trust proxy`. */
  trustedProxies: number | string[];
  host: string;
  /** Origin that browsers use, without a trailing slash; undefined: the request's own. */
  publicUrl: string | undefined;
  /** Undefined: the embedded database in `dataFolder`. */
  databaseUrl: string | undefined;
  dataFolder: string;
  /** Encryption and cookies are keyed from it. */
  appSecret: string;
  /** Still opens what was encrypted with it, while APP_SECRET is changed; undefined: none does. */
  formerAppSecret: string | undefined;
  /** Fingerprint of an APP_SECRET that may take the place of the former. */
  acceptedSecret: string | undefined;
  wecom: {
    apiBaseUrl: string;
    oauthBaseUrl: string;
    loginBaseUrl: string;
    proxyUrl: string | undefined;
    maxConcurrency: number;
    maxCallsPerMinute: number;
  };
  /** Requests of one user, at all processes together. */
  requests: { maxReadsPerMinute: number; maxWritesPerMinute: number };
  firstAdmin: { username: string; password: string } | undefined;
  role: 'all' | 'api' | 'worker';
  /** How long requests are still served once the process is told to stop and says that it is not ready. */
  shutdownDrainSeconds: number;
  logLevel: z.infer<typeof environment>['LOG_LEVEL'];
  /** Where traces are sent, with what headers (`name=value,…`); undefined: nowhere. */
  tracing: { url: string; headers: string | undefined } | undefined;
}

/**
 * Reads and checks the environment.
 * @throws StartupError that names every bad key, or says why the data folder cannot be used.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const known = Object.keys(environment.shape);
  const given = Object.fromEntries(known.flatMap((key) => (env[key] ? [[key, env[key]]] : []))); // empty = unset
  const files = readSecretFiles(env);
  const parsed = environment.safeParse({ ...given, ...files.values });
  const problems = [
    ...files.problems,
    ...(parsed.success
      ? findConflicts(parsed.data)
      : parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`)),
  ];
  if (!parsed.success || problems.length > 0)
    throw new StartupError({
      zh: `环境变量有误，请按 .env.example 的说明修改：${problems.join('; ')}`,
      en: `The environment is not valid, see .env.example: ${problems.join('; ')}`,
    });
  return toConfig(parsed.data);
}

/** The values of the files that `<key>_FILE` names, without the line end that editors leave. */
function readSecretFiles(env: NodeJS.ProcessEnv): { values: Record<string, string>; problems: string[] } {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  for (const key of secretKeys) {
    const path = env[`${key}_FILE`];
    if (!path) continue;
    if (env[key]) problems.push(`${key} and ${key}_FILE (set one of them)`);
    try {
      values[key] = readFileSync(path, 'utf8').trimEnd();
      if (values[key] === '') problems.push(`${key}_FILE (${path} is empty)`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException; // node:fs throws nothing else
      problems.push(`${key}_FILE (${path} cannot be read: ${code})`);
    }
  }
  return { values, problems };
}

function findConflicts(env: z.infer<typeof environment>): string[] {
  const problems: string[] = [];
  if (env.DATABASE_URL && !env.APP_SECRET)
    problems.push('APP_SECRET (required with DATABASE_URL: 32 or more random characters)');
  if ((env.ADMIN_USERNAME === undefined) !== (env.ADMIN_PASSWORD === undefined))
    problems.push('ADMIN_USERNAME and ADMIN_PASSWORD (set both or neither)');
  if (env.ROLE !== 'all' && !env.DATABASE_URL)
    problems.push(`ROLE (${env.ROLE} needs DATABASE_URL: the embedded database serves one process)`);
  return problems;
}

function toConfig(env: z.infer<typeof environment>): Config {
  const dataFolder = resolve(env.DATA_DIR);
  return {
    port: env.PORT,
    maxConnections: env.MAX_CONNECTIONS,
    healthPort: env.HEALTH_PORT,
    trustedProxies: env.TRUST_PROXY,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    databaseUrl: env.DATABASE_URL,
    dataFolder,
    appSecret: env.APP_SECRET ?? readOrCreateAppSecret(dataFolder),
    formerAppSecret: env.FORMER_APP_SECRET,
    acceptedSecret: env.ACCEPT_APP_SECRET,
    wecom: {
      apiBaseUrl: env.WECOM_API_BASE_URL,
      oauthBaseUrl: env.WECOM_OAUTH_BASE_URL,
      loginBaseUrl: env.WECOM_LOGIN_BASE_URL,
      proxyUrl: env.WECOM_PROXY_URL,
      maxConcurrency: env.WECOM_MAX_CONCURRENCY,
      maxCallsPerMinute: env.WECOM_MAX_CALLS_PER_MINUTE,
    },
    requests: {
      maxReadsPerMinute: env.MAX_READS_PER_MINUTE,
      maxWritesPerMinute: env.MAX_WRITES_PER_MINUTE,
    },
    firstAdmin:
      env.ADMIN_USERNAME !== undefined && env.ADMIN_PASSWORD !== undefined
        ? { username: env.ADMIN_USERNAME, password: env.ADMIN_PASSWORD }
        : undefined,
    role: env.ROLE,
    shutdownDrainSeconds: env.SHUTDOWN_DRAIN_SECONDS,
    logLevel: env.LOG_LEVEL,
    tracing: toTracing(env),
  };
}

function toTracing(env: z.infer<typeof environment>): Config['tracing'] {
  const url =
    env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ??
    (env.OTEL_EXPORTER_OTLP_ENDPOINT && `${env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`);
  if (url === undefined || env.OTEL_SDK_DISABLED) return undefined;
  return { url, headers: env.OTEL_EXPORTER_OTLP_TRACES_HEADERS ?? env.OTEL_EXPORTER_OTLP_HEADERS };
}

/** The file is there with all of its text or not at all, and the first of two processes wins. */
function createWhole(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  try {
    linkSync(unfinished, path);
  } finally {
    rmSync(unfinished);
  }
}

/** Only for the embedded database: who can read that folder has the data as well. */
function readOrCreateAppSecret(dataFolder: string): string {
  const path = join(dataFolder, 'app-secret');
  makeDataFolder(dataFolder);
  try {
    if (!existsSync(path)) createWhole(path, randomBytes(32).toString('base64url'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // node:fs throws nothing else
    if (code !== 'EEXIST') throw refuseDataFolder(dataFolder, error);
  }
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < shortestAppSecret)
    throw new StartupError({
      zh: `${path} 不完整，可能是磁盘已满所致。请从备份恢复它；如尚无数据，可删除它。`,
      en: `${path} was cut short, perhaps by a full disk. Restore it from a backup; without any saved data, delete it.`,
    });
  return secret;
}
