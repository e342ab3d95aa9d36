import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createWecomClient, isWecomError, WecomApiError, type WecomError } from '@orgmirror/wecom';
import { checkAppSecret } from '../connection/check-app-secret.ts';
import { createConnectWecom, openCredentials } from '../connection/connect-wecom.ts';
import { describeFailure } from '../connection/present-failure.ts';
import { findConnection } from '../connection/wecom-connection-repository.ts';
import { createDatabaseTokenStore } from '../connection/wecom-token-store.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import {
  checkRightsToMigrate,
  listPendingMigrations,
} from '../platform/database/migrations/apply-migrations.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import { createSecretBox } from '../platform/secret-box.ts';
import type { Output } from './command-context.ts';

/** What one check found: `failed` needs mending, `skipped` could not be asked. */
interface Finding {
  state: 'ok' | 'failed' | 'skipped';
  text: string;
}

const marks = { ok: '[ ok ]', failed: '[fail]', skipped: '[ -- ]' } as const;

/** Farther from the database's clock, schedules and sessions begin to differ between processes. */
const maxClockDifferenceMs = 5_000;
const minFreeBytes = 1_000_000_000;
/** Whoever runs the command waits for it. */
const wecomTimeoutMs = 10_000;

/**
 * Checks what a server needs, a line each with what to do: environment, disk, database, APP_SECRET, clock, WeCom. Applies
 * no migration and changes nothing else that a start would not.
 * @returns whether nothing failed
 */
export async function diagnose({ env, print }: Output): Promise<boolean> {
  let isWell = true;
  const report = ({ state, text }: Finding) => {
    if (state === 'failed') isWell = false;
    print(`${marks[state]} ${text}`);
  };
  const config = await attempt(report, async () => readConfig(env));
  if (config === undefined) return false;
  report(ok('环境变量有效', 'The environment is valid'));
  await attempt(report, async () => report(await checkDisk(config)));
  const database = await attempt(report, () => openDatabase(config, createLogger('silent')));
  if (database === undefined) return false;
  try {
    for (const check of checks) await attempt(report, async () => report(await check(database, config)));
  } finally {
    await database.close();
  }
  return isWell;
}

const checks = [checkVersion, checkRights, checkMigrations, checkClock, checkSecret, checkWecom] as const;

const ok = (zh: string, en: string): Finding => ({ state: 'ok', text: `${zh} | ${en}` });
const skipped = (zh: string, en: string): Finding => ({ state: 'skipped', text: `${zh} | ${en}` });
const failed = (zh: string, en: string): Finding => ({ state: 'failed', text: `${zh} | ${en}` });

/** A check that cannot even be made has failed for the reason that it names. */
async function attempt<Result>(
  report: (finding: Finding) => void,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    report({ state: 'failed', text });
    return undefined;
  }
}

async function checkDisk({ dataFolder, databaseUrl }: Config): Promise<Finding> {
  if (databaseUrl !== undefined) return skipped('数据不在本机', 'The data is not on this machine');
  const { bavail, bsize } = await statfs(findExisting(dataFolder));
  const free = `${(Number(bavail * bsize) / 1e9).toFixed(1)} GB`;
  if (bavail * bsize < minFreeBytes)
    return failed(
      `${dataFolder} 所在磁盘仅剩 ${free}，请清理或扩容`,
      `Only ${free} are free on the disk of ${dataFolder}: make room`,
    );
  return ok(`磁盘可用 ${free}`, `${free} are free on the disk`);
}

/** The folder, or the one above it in which a start would make it. */
const findExisting = (path: string): string => (existsSync(path) ? path : findExisting(dirname(path)));

async function checkVersion({ prisma, embedded }: Database): Promise<Finding> {
  const [row] = await prisma.$queryRaw<[{ version: string; number: number }]>`
    SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`;
  const name = embedded ? '内置 embedded' : 'Postgres';
  return ok(`数据库可用：${name} ${row.version}`, `The database answers: ${name} ${row.version}`);
}

async function checkRights(database: Database): Promise<Finding> {
  if (database.embedded)
    return skipped('内置数据库无需授权', 'The embedded database knows no rights to be given');
  if ((await listPendingMigrations(database)).length > 0) await checkRightsToMigrate(database);
  await database.isQueuePrepared();
  return ok('数据库账号的权限足够', 'The account has the rights in the database that it needs');
}

async function checkMigrations(database: Database): Promise<Finding> {
  const pending = await listPendingMigrations(database);
  if (pending.length === 0) return ok('数据库结构为最新', 'The tables are up to date');
  return skipped(
    `有 ${pending.length} 项升级待应用，下次启动或 orgmirror migrate 时进行`,
    `${pending.length} migration(s) are pending: the next start or orgmirror migrate applies them`,
  );
}

async function checkClock({ prisma }: Database): Promise<Finding> {
  const before = Date.now();
  const [row] = await prisma.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
  const middle = (before + Date.now()) / 2;
  const seconds = Math.round(Math.abs(row.now.getTime() - middle) / 1_000);
  if (seconds * 1_000 > maxClockDifferenceMs)
    return failed(
      `本机与数据库的时钟相差 ${seconds} 秒，请在两台机器上启用 NTP`,
      `The clocks of this machine and of the database differ by ${seconds} s: let NTP set both`,
    );
  return ok('时钟一致', 'The clocks agree');
}

/** As a start does it; on a database without tables there is nothing to compare with. */
async function checkSecret(database: Database, { appSecret, formerAppSecret }: Config): Promise<Finding> {
  if ((await listPendingMigrations(database)).length > 0)
    return skipped('APP_SECRET 待数据库升级后检查', 'APP_SECRET is checked once the tables are up to date');
  const secretBox = createSecretBox(appSecret, formerAppSecret);
  if ((await checkAppSecret(database.prisma, secretBox, undefined)) === 'rotating')
    return skipped(
      '数据仍以 FORMER_APP_SECRET 加密：所有进程使用新值后请运行 orgmirror rotate-secret',
      'The data is still encrypted with FORMER_APP_SECRET: run orgmirror rotate-secret once all processes have the new value',
    );
  return ok('APP_SECRET 与数据库相符', 'APP_SECRET is the one of this database');
}

async function checkWecom(database: Database, config: Config): Promise<Finding> {
  const { prisma } = database;
  const saved = (await listPendingMigrations(database)).length > 0 ? null : await findConnection(prisma);
  if (saved === null) return checkWayToWecom(config);
  const secretBox = createSecretBox(config.appSecret, config.formerAppSecret);
  const tokenStore = createDatabaseTokenStore({ prisma, secretBox, now: () => new Date() });
  const credentials = openCredentials(saved, secretBox);
  const client = createConnectWecom(config.wecom, tokenStore)(credentials, { freshToken: true });
  try {
    const { name } = await client.getAgent(credentials.agentId);
    return ok(`企业微信应用「${name}」可用`, `WeCom answers for the app ${name}`);
  } catch (error) {
    if (!isWecomError(error)) throw error;
    return failedBy(error);
  }
}

/**
 * Before anything is saved: any errcode shows that WeCom is reached, and most tell the address that it saw. Without a
 * CorpID nothing counts as a wrong secret, for which WeCom blocks an address.
 */
async function checkWayToWecom({ wecom: { apiBaseUrl, proxyUrl } }: Config): Promise<Finding> {
  const retry = { maxTries: 1, maxLimitWaitMs: 0 };
  const options = { baseUrl: apiBaseUrl, proxyUrl, timeoutMs: wecomTimeoutMs, retry };
  try {
    await createWecomClient({ ...options, corpId: '', secret: '' }).getToken();
  } catch (error) {
    if (!isWecomError(error)) throw error;
    if (!(error instanceof WecomApiError)) return failedBy(error);
    const { egressIp } = error;
    return ok(
      `企业微信可达${egressIp ? `，本服务器的出口 IP 为 ${egressIp}` : ''}；尚未配置，请在控制台填写并测试连接`,
      `WeCom can be reached${egressIp ? ` and sees this server as ${egressIp}` : ''}; it is not configured yet: do so in the console and test the connection there`,
    );
  }
  return failed(
    `${apiBaseUrl} 未经验证就发放了凭证，不是企业微信`,
    `${apiBaseUrl} gives a token to nobody: it is not WeCom`,
  );
}

function failedBy(error: WecomError): Finding {
  const { zh, en } = describeFailure(error).localised;
  return failed(`${zh.message}${zh.remedy}`, `${en.message} ${en.remedy}`);
}
