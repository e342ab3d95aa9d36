import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { applyMigrations } from '../../src/platform/database/migrations/apply-migrations.ts';
import type { TestPostgres } from '../../test/support/start-postgres.ts';

/** What the plan and apply of a first sync write, in an order that keeps references whole. */
const directoryTables = ['department', 'member', 'membership', 'member_sensitive'];
const historyTable = 'sync_change';
/** Needed by the references of the above, and not timed. */
const neededFirst = ['corp', 'sync_run'];

/**
 * Milliseconds that COPY takes for the rows of a database into the same tables, indexes included, of an empty
 * one.
 */
export async function measureCopy(
  postgres: TestPostgres,
  filledUrl: string,
): Promise<{ directory: number; history: number }> {
  const emptyUrl = await postgres.createDatabase();
  await applyMigrations({ connectionString: emptyUrl, embedded: false });
  const folder = await mkdtemp(join(tmpdir(), 'orgmirror-copy-'));
  const [source, target] = [new pg.Client(filledUrl), new pg.Client(emptyUrl)];
  await source.connect();
  await target.connect();
  const times: Record<string, number> = {};
  for (const table of [...neededFirst, ...directoryTables, historyTable]) {
    const file = join(folder, table);
    await pipeline(source.query(copyTo(`COPY ${table} TO STDOUT (FORMAT binary)`)), createWriteStream(file));
    const startedAt = performance.now();
    await pipeline(
      createReadStream(file),
      target.query(copyFrom(`COPY ${table} FROM STDIN (FORMAT binary)`)),
    );
    times[table] = performance.now() - startedAt;
  }
  await source.end();
  await target.end();
  await rm(folder, { recursive: true });
  const sum = (tables: readonly string[]) => tables.reduce((total, table) => total + (times[table] ?? 0), 0);
  return { directory: Math.round(sum(directoryTables)), history: Math.round(times[historyTable] ?? 0) };
}
