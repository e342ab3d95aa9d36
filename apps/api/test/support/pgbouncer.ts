import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findFreePort } from './find-free-port.ts';
import { readExample } from './read-example.ts';
import { findUnprivilegedOwner } from './start-postgres.ts';
import { startDaemon } from './system-program.ts';
import type { TransactionPooler } from './transaction-pooler.ts';

/** PgBouncer itself, with the settings of docs/operations.md and a pool of so many connections. */
export async function startPgbouncer(
  program: string,
  databaseUrl: string,
  size: number,
): Promise<TransactionPooler> {
  const target = new URL(databaseUrl);
  const database = target.pathname.slice(1);
  const owner = findUnprivilegedOwner();
  const folder = await mkdtemp(join(tmpdir(), 'orgmirror-pgbouncer-'));
  if (owner) await chown(folder, owner.uid, owner.gid);
  const port = await findFreePort();
  const example = await readExample('ini', '[pgbouncer]');
  const configuration = example
    .replace(/^orgmirror = .*$/m, `${database} = host=127.0.0.1 port=${target.port} dbname=${database}`)
    .replace(/^default_pool_size = .*$/m, `default_pool_size = ${size}`);
  const here = [
    `listen_addr = 127.0.0.1`,
    `listen_port = ${port}`,
    `unix_socket_dir =`,
    `auth_type = trust`,
    `auth_file = ${join(folder, 'users')}`,
    `admin_users = postgres`,
  ];
  await writeFile(join(folder, 'users'), '"postgres" ""\n');
  await writeFile(join(folder, 'pgbouncer.ini'), `${configuration}${here.join('\n')}\n`);
  const daemon = await startDaemon(program, ['--quiet', join(folder, 'pgbouncer.ini')], {
    port,
    folder,
    owner,
  });
  const urlOf = (name: string) => `postgresql://postgres@127.0.0.1:${port}/${name}`;
  return {
    url: urlOf(database),
    transactions: async () => {
      const admin = new pg.Client({ connectionString: urlOf('pgbouncer') });
      await admin.connect();
      const { rows } = await admin.query<{ database: string; total_xact_count: string }>('SHOW STATS');
      await admin.end();
      return Number(rows.find((row) => row.database === database)?.total_xact_count);
    },
    close: async () => {
      await daemon.stop();
      await rm(folder, { recursive: true });
    },
  };
}
