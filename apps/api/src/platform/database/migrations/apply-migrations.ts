import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { StartupError } from '../../startup-error.ts';
import { checkMigrationRights } from '../check-database.ts';
import { type Migration, readMigrations } from '../read-migrations.ts';
import { readRecords } from './migration-table.ts';
import { runMigration } from './run-migration.ts';

/** Any number that nothing else in this database uses as an advisory lock. */
const migrationLock = 7_302_202;
/** How long another process may take for the migration that this one waits for. */
const maxWaitMs = 15 * 60_000;
const retryIntervalMs = 500;
/** How long a migration waits for tables that another process works on. */
const maxTableWaitMs = 60_000;
/** A process that is paused in the middle of a migration must not keep the others waiting. */
const maxPauseMs = 60_000;

export interface MigrateOptions {
  /** Ends the migration under way by a rollback. */
  signal?: AbortSignal | undefined;
  /** Told before each migration that this process may have to apply. */
  onMigration?: (name: string) => void;
}

interface Run {
  client: pg.Client;
  embedded: boolean;
  signal: AbortSignal | undefined;
  /** The server's process that the open transaction has; behind a pooler it is another each time. */
  backendId: number | undefined;
}

/**
 * Applies the migrations that the database lacks, each with its record in one transaction: a process that ends in the
 * middle leaves what was before, and the next start goes on. Processes take turns by a lock of the transaction, which no
 * pooled connection can keep.
 * @returns the names of those just applied.
 * @throws StartupError, or what the database refused
 */
export async function applyMigrations(
  { connectionString, embedded }: { connectionString: string; embedded: boolean },
  { signal, onMigration }: MigrateOptions = {},
): Promise<string[]> {
  const migrations = await readMigrations();
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined); // the statement under way fails as well and says so
  await client.connect();
  const run: Run = { client, embedded, signal, backendId: undefined };
  const onAbort = () => void cancelStatement(connectionString, run);
  signal?.addEventListener('abort', onAbort);
  try {
    const lacking = await listLacking(client, migrations);
    if (lacking.length > 0 && !embedded) await checkMigrationRights(client);
    const applied: string[] = [];
    for (const migration of lacking) {
      onMigration?.(migration.name);
      if (await applyInTurn(run, migration)) applied.push(migration.name);
    }
    return applied;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await client.end();
  }
}

/** The names of the migrations that the database lacks. @throws StartupError when a later release was there */
export const listPendingMigrations = ({
  connectionString,
}: {
  connectionString: string;
}): Promise<string[]> =>
  withClient(connectionString, async (client) =>
    (await listLacking(client, await readMigrations())).map(({ name }) => name),
  );

/** Whether the account may apply migrations. @throws StartupError that names the statement to run */
export const checkRightsToMigrate = ({ connectionString }: { connectionString: string }): Promise<void> =>
  withClient(connectionString, checkMigrationRights);

async function withClient<Result>(
  connectionString: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function listLacking(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const records = await readRecords(client);
  const known = new Set(migrations.map(({ name }) => name));
  const later = records.find(({ name }) => !known.has(name));
  if (later !== undefined)
    throw new StartupError({
      zh: `数据库已由更新的版本升级（${later.name}）。请启动该版本，或恢复升级前的备份。`,
      en: `The database was upgraded by a later release (${later.name}). Start that release, or restore the backup from before the upgrade.`,
    });
  const finished = new Set(records.filter((record) => record.finished).map(({ name }) => name));
  return migrations.filter(({ name }) => !finished.has(name));
}

/** Applies one migration, waiting for its turn; false when another process applied it meanwhile. */
async function applyInTurn(run: Run, migration: Migration): Promise<boolean> {
  const { client, embedded, signal } = run;
  const deadline = Date.now() + maxWaitMs;
  for (;;) {
    signal?.throwIfAborted();
    await client.query('BEGIN');
    try {
      // The embedded database serves this process alone and has no working advisory locks.
      const isOurTurn = embedded || (await tryLock(run));
      const isApplied = isOurTurn && (await runMigration(client, migration, signal));
      await client.query('COMMIT');
      if (isOurTurn) return isApplied;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined); // the connection is gone, and the transaction with it
      throw signal?.aborted ? signal.reason : error;
    } finally {
      run.backendId = undefined;
    }
    if (Date.now() > deadline) throw waitedTooLong();
    await pause(retryIntervalMs, undefined, signal && { signal });
  }
}

async function tryLock(run: Run): Promise<boolean> {
  await run.client.query(
    `SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', $1, true),
       set_config('idle_in_transaction_session_timeout', $2, true)`,
    [String(maxTableWaitMs), String(maxPauseMs)],
  );
  const { rows } = await run.client.query<{ locked: boolean; backendId: number }>(
    'SELECT pg_try_advisory_xact_lock($1) AS locked, pg_backend_pid() AS "backendId"',
    [migrationLock],
  );
  run.backendId = rows[0]?.backendId;
  return rows[0]?.locked === true;
}

const waitedTooLong = (): StartupError =>
  new StartupError({
    zh: `另一个进程升级数据库已超过 ${maxWaitMs / 60_000} 分钟。请等它完成，或结束它之后重新启动。`,
    en: `Another process has been upgrading the database for ${maxWaitMs / 60_000} minutes. Wait until it is done, or end it and start again.`,
  });

/** Cancels the statement under way, so that its transaction is rolled back now rather than after it. */
async function cancelStatement(connectionString: string, { backendId }: Run): Promise<void> {
  if (backendId === undefined) return;
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT pg_cancel_backend($1)', [backendId]);
  } catch {
    // No connection is free, or the database is away: the statement then ends by itself.
  } finally {
    await client.end();
  }
}
