import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endpoints } from '@orgmirror/contracts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';
import { type KillableStage, startKillableStage, waitOneMinute } from '../support/killable-stage.ts';
import { openSql } from '../support/query-database.ts';
import { readExample } from '../support/read-example.ts';
import { addDepartment, createSmallCorp, hire, move } from '../support/small-corp.ts';
import { findProgram } from '../support/system-program.ts';
import { createTestDatabase, type TestDatabase, usesPostgres } from '../support/test-database.ts';

/** A way to back up that docs/operations.md names. */
interface Kind {
  name: string;
  /** The server runs on while the backup is made. */
  isLive: boolean;
  database(): Promise<TestDatabase>;
  backUp(database: TestDatabase): Promise<void>;
  /** Puts the backup in the place of what was lost. */
  restore(database: TestDatabase): Promise<void>;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orgmirror-restore-'));
});
afterAll(() => rm(folder, { recursive: true }));

const embedded: Kind = {
  name: 'npm run orgmirror -- backup',
  isLive: false,
  database: () => createTestDatabase(),
  backUp: async ({ env }) => {
    const said: string[] = [];
    const print = (line: string) => void said.push(line);
    const target = join(folder, 'backup');
    expect(await runCommand(['backup', target], { env, print, printError: print }), said.join()).toBe(0);
  },
  restore: async ({ env }) => {
    const { DATA_DIR = '' } = env;
    await rm(DATA_DIR, { recursive: true });
    await cp(join(folder, 'backup'), DATA_DIR, { recursive: true });
  },
};

const server = () => new URL(inject('postgresTemplate'));
const name = 'orgmirror';
const urlOf = (database: string, username = server().username): string =>
  Object.assign(server(), { pathname: `/${database}`, username }).href;
const administer = (text: string) =>
  openSql({ env: { DATABASE_URL: urlOf('postgres') }, remove: async () => undefined })(text);

const pgDump: Kind = {
  name: 'pg_dump',
  isLive: true,
  database: async () => {
    await administer(`CREATE ROLE ${name} LOGIN`);
    await runShell(await commandOf('createdb'));
    return {
      env: { DATABASE_URL: urlOf(name, name), DATA_DIR: folder, APP_SECRET: 'r'.repeat(64) },
      remove: async () => {
        await administer(`DROP DATABASE ${name} WITH (FORCE)`);
        await administer(`DROP ROLE ${name}`);
      },
    };
  },
  backUp: async () => runShell(await commandOf('pg_dump')),
  restore: async () => {
    await administer(`DROP DATABASE ${name} WITH (FORCE)`);
    await runShell(await commandOf('createdb'));
    await runShell(await commandOf('pg_restore'));
  },
};

/** As it stands in the document, by its program. */
async function commandOf(program: string): Promise<string> {
  const example = await readExample('sh', program);
  const line = example.split('\n').find((text) => text.trim().startsWith(program));
  if (line === undefined) throw new Error(`docs/operations.md has no command of ${program}.`);
  return line;
}

async function runShell(command: string): Promise<void> {
  const { hostname, port } = server();
  const env = { ...process.env, PGHOST: hostname, PGPORT: port };
  await promisify(execFile)('sh', ['-c', command], { cwd: folder, env });
}

/** What a snapshot of the volume or of a managed service gives: the database as it stood. */
const snapshot: Kind = {
  name: 'a snapshot',
  isLive: false,
  database: () => createTestDatabase(),
  backUp: async ({ env }) => {
    const name = databaseOf(env);
    const connections = () => administer(`SELECT pid FROM pg_stat_activity WHERE datname = '${name}'`);
    await expect.poll(connections).toEqual([]); // a database that is in use cannot be copied
    await administer(`CREATE DATABASE kept TEMPLATE ${name}`);
  },
  restore: async ({ env }) => {
    await administer(`DROP DATABASE ${databaseOf(env)} WITH (FORCE)`);
    await administer(`ALTER DATABASE kept RENAME TO ${databaseOf(env)}`);
  },
};
const databaseOf = (env: TestDatabase['env']): string => new URL(env.DATABASE_URL ?? '').pathname.slice(1);

/** pg_dump reads servers of its own version and of former ones. */
async function canDump(): Promise<boolean> {
  const program = findProgram('pg_dump');
  if (program === undefined) return false;
  const [server] = await administer(`SELECT current_setting('server_version_num')::int / 10000 AS version`);
  const { stdout } = await promisify(execFile)(program, ['--version']);
  return Number(/\d+/.exec(stdout)?.[0]) >= Number(server?.version);
}

const kinds = usesPostgres ? [snapshot, ...((await canDump()) ? [pgDump] : [])] : [embedded];

describe.each(kinds)('a backup by $name in the middle of a sync', (kind) => {
  const corp = createSmallCorp(
    [
      [1, 0],
      [10, 1],
    ],
    [
      ['ann', 1],
      ['bob', 10],
    ],
  );
  let stage: KillableStage;
  beforeAll(async () => {
    stage = await startKillableStage(corp, await kind.database());
  });
  afterAll(() => stage.stop());

  it('brings everything back, and the next sync is clean', async () => {
    expect((await stage.sync()).status).toBe('succeeded');
    addDepartment(corp, 20, 1);
    hire(corp, 'cai', 20);
    move(corp, 'bob', 20);
    stage.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'hold' } });
    const { id } = await stage.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    const status = async () => (await stage.api.call(endpoints.getSyncRun, { params: { id } })).status;
    await expect.poll(status).toBe('reading');
    if (!kind.isLive) await stage.server().kill();
    await kind.backUp(stage.database);
    if (kind.isLive) await stage.server().kill();
    await kind.restore(stage.database);
    stage.wecom.faults.clear();

    await stage.restart();
    await waitOneMinute(stage.sql);
    await stage.waitUntilIdle();
    expect(await stage.api.call(endpoints.getSyncRun, { params: { id } })).toMatchObject({
      status: 'failed',
      error: { code: 'sync.interrupted' },
    });
    await stage.expectNextSyncMirrors();
    await stage.server().stop();
    const said: string[] = [];
    const print = (line: string) => void said.push(line);
    const env = { LOG_LEVEL: 'silent', ...stage.database.env };
    expect(await runCommand(['audit:verify'], { env, print, printError: print }), said.join()).toBe(0);
  });
});
