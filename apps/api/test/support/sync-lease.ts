import { expect } from 'vitest';
import type { Sql } from './query-database.ts';

/** Waits until no run has the lease: one that has ended writes down how far it came before it gives it back. */
export const untilLeaseIsFree = (sql: Sql): Promise<void> =>
  expect.poll(() => sql('SELECT run_id FROM sync_lease WHERE run_id IS NOT NULL')).toEqual([]);

/** Takes the lease for an hour once it is free: no run can begin. */
export async function holdLease(sql: Sql): Promise<void> {
  await untilLeaseIsFree(sql);
  await sql(`UPDATE sync_lease SET expires_at = now() + interval '1 hour'`);
}

/** Lets a run take the lease again. */
export const freeLease = (sql: Sql): Promise<unknown> => sql('UPDATE sync_lease SET expires_at = now()');
