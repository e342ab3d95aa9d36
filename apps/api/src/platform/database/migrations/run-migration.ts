import pg from 'pg';
import { StartupError } from '../../startup-error.ts';
import type { Migration } from '../read-migrations.ts';
import { type MigrationRecord, readRecords, recordMigration } from './migration-table.ts';

/** duplicate_table (and index), _column, _object (type, constraint), _function: the statement has been executed before. */
const doneBefore = new Set(['42P07', '42701', '42710', '42723']);

/**
 * Executes a migration and records it, within the open transaction. One that an earlier release left half done is gone
 * through again: each statement was a transaction of its own then, so that what exists already is passed over.
 * @returns false when it is recorded already
 */
export async function runMigration(
  client: pg.Client,
  migration: Migration,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const record = (await readRecords(client)).find(({ name }) => name === migration.name);
  if (record?.finished) return false;
  if (record !== undefined) checkRepeatable(record, migration);
  await reachExtension(client);
  for (const statement of migration.statements) {
    signal?.throwIfAborted();
    await (record === undefined ? executeStatement(client, statement) : repeatStatement(client, statement));
  }
  if (migration.sql.includes('pg_temp.')) await client.query('DISCARD TEMP'); // a pooler keeps the session
  await recordMigration(client, migration);
  return true;
}

/** Where the extension was put into a schema of its own, its operators are found in this transaction. */
const reachExtension = (client: pg.Client): Promise<unknown> =>
  client.query(`
    SELECT set_config('search_path', concat_ws(', ', nullif(current_setting('search_path'), ''), quote_ident(n.nspname)), true)
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'pg_trgm' AND n.nspname <> ALL (current_schemas(true))`);

/** A migration that was refused because of another program's table must not take that table for its own. */
function checkRepeatable({ logs, checksum }: MigrationRecord, migration: Migration): void {
  if (checksum === migration.checksum && !/already exists/i.test(logs ?? '')) return;
  throw new StartupError({
    zh: `数据库升级 ${migration.name} 此前只执行了一部分，且无法接着执行。请恢复升级前的备份；若是新装，请换用一个空数据库。`,
    en: `The database migration ${migration.name} was once applied in part and cannot be taken up again. Restore the backup from before the upgrade; on a first installation use an empty database.`,
  });
}

async function executeStatement(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && doneBefore.has(error.code ?? ''))) throw error;
    throw new StartupError(
      {
        zh: `数据库中已有其他程序的同名对象（${error.message}）。请为 OrgMirror 换用一个独立的数据库。`,
        en: `The database holds something of another program under a name that OrgMirror needs (${error.message}). Give OrgMirror a database of its own.`,
      },
      { cause: error },
    );
  }
}

async function repeatStatement(client: pg.Client, statement: string): Promise<void> {
  await client.query('SAVEPOINT statement');
  try {
    await client.query(statement);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && doneBefore.has(error.code ?? ''))) throw error;
    await client.query('ROLLBACK TO SAVEPOINT statement');
  }
}
