import { execFile } from 'node:child_process';
import { chmod, cp, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect } from 'vitest';
import { startHaproxy } from './haproxy.ts';
import {
  initialise,
  launch,
  openPostgresSite,
  type PostgresServer,
  type PostgresSite,
  query,
} from './start-postgres.ts';
import { findProgram } from './system-program.ts';
import { startTcpProxy } from './tcp-proxy.ts';

/** A primary with one synchronous replica, behind a proxy that leads to the primary, and HAProxy if it is installed. */
export interface ReplicatedPostgres {
  /** A new, empty database, by the proxy’s address. */
  createDatabase(name: string): Promise<string>;
  /** Lets no answer out from now on; resolves once what a client sends next is done. */
  loseAnswers(): Promise<void>;
  /** Ends the primary as a power cut does, and all connections with it; until a promotion nobody answers. */
  killPrimary(): Promise<void>;
  /** Makes the replica the primary and leads connections to it. It has no replica then. */
  promote(): Promise<void>;
  /** Copies the primary while it runs, and waits until the copy follows it and commits wait for the copy. */
  addReplica(): Promise<void>;
  stop(): Promise<void>;
}

/** What is a server’s own, or of use to it alone, and may vanish while the folder is copied. */
const leftOut = [/^postmaster\.(pid|opts)$/, /^pg_internal\.init/, /^pgsql_tmp/];
/** A replica reads what it missed from these files. */
const settings = { fsync: 'off', wal_keep_size: '1GB', timezone: 'Asia/Shanghai' };

export async function startReplicatedPostgres(): Promise<ReplicatedPostgres> {
  const site = await openPostgresSite();
  const proxy = await startTcpProxy();
  let primary = await launch(site, await initialise(site), settings);
  let replica: PostgresServer | undefined;
  let copies = 0;
  let isUp = true;
  proxy.switchTo(primary.port);
  const haproxy = findProgram('haproxy');
  const front = haproxy === undefined ? undefined : await startHaproxy(haproxy, proxy.port, () => isUp);
  return {
    createDatabase: async (name) => {
      await query(primary.urlOf('postgres'), `CREATE DATABASE ${name}`);
      const url = new URL(primary.urlOf(name));
      url.port = String((front ?? proxy).port);
      return url.href;
    },
    loseAnswers: async () => {
      await proxy.holdAnswers();
      await untilNothingIsExecuted(primary);
    },
    killPrimary: async () => {
      primary.kill('SIGKILL');
      isUp = false;
      proxy.switchTo(undefined);
      await primary.exited;
    },
    promote: async () => {
      if (replica === undefined) throw new Error('There is no replica to promote.');
      await query(replica.urlOf('postgres'), 'SELECT pg_promote()');
      primary = replica;
      replica = undefined;
      isUp = true;
      proxy.switchTo(primary.port);
    },
    addReplica: async () => {
      const folder = join(site.folder, `replica-${++copies}`);
      await copyRunning(site, primary, folder);
      const primaryAddress = `host=127.0.0.1 port=${primary.port} user=postgres`;
      replica = await launch(site, folder, { ...settings, primary_conninfo: primaryAddress });
      await commitOnBoth(primary);
    },
    stop: async () => {
      await front?.stop();
      await proxy.close();
      for (const server of [primary, replica]) {
        server?.kill('SIGQUIT'); // a fast shutdown would wait for the other
        await server?.exited;
      }
      await rm(site.folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What pg_basebackup does, which the package lacks. */
async function copyRunning(site: PostgresSite, server: PostgresServer, folder: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.urlOf('postgres') });
  await client.connect();
  try {
    const directory = await client.query<{ folder: string }>(
      `SELECT current_setting('data_directory') AS folder`,
    );
    await client.query(`SELECT pg_backup_start('replica', true)`);
    await cp(directory.rows[0]?.folder ?? '', folder, {
      recursive: true,
      filter: (file) => !leftOut.some((pattern) => pattern.test(basename(file))),
    });
    const label = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    await writeFile(join(folder, 'backup_label'), label.rows[0]?.labelfile ?? '');
  } finally {
    await client.end();
  }
  await writeFile(join(folder, 'standby.signal'), '');
  // The setting that commits wait for a replica is the primary’s: the copy has none yet.
  await writeFile(join(folder, 'postgresql.auto.conf'), '');
  await chmod(folder, 0o700);
  const { owner } = site;
  if (owner) await promisify(execFile)('chown', ['-R', `${owner.uid}:${owner.gid}`, folder]);
}

/** One may wait for a transaction whose client waits for its answer. */
async function untilNothingIsExecuted(server: PostgresServer): Promise<void> {
  const client = new pg.Client({ connectionString: server.urlOf('postgres') });
  await client.connect();
  try {
    const statements = async () =>
      (
        await client.query(`SELECT query FROM pg_stat_activity
          WHERE backend_type = 'client backend' AND state = 'active' AND pid <> pg_backend_pid()
            AND wait_event_type IS DISTINCT FROM 'Lock'`)
      ).rows;
    await expect.poll(statements).toEqual([]);
  } finally {
    await client.end();
  }
}

/** Nothing that was confirmed is lost with the primary from now on. */
async function commitOnBoth(primary: PostgresServer): Promise<void> {
  const client = new pg.Client({ connectionString: primary.urlOf('postgres') });
  await client.connect();
  try {
    await client.query(`ALTER SYSTEM SET synchronous_standby_names = '*'`);
    await client.query('SELECT pg_reload_conf()');
    const states = async () =>
      (await client.query<{ state: string }>('SELECT sync_state AS state FROM pg_stat_replication')).rows;
    await expect.poll(states, { timeout: 60_000 }).toEqual([{ state: 'sync' }]);
  } finally {
    await client.end();
  }
}
