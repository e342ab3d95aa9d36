import type { Change } from '@orgmirror/directory';
import { Prisma } from '../database/generated/client.ts';
import type { Executor } from '../database/write-under-lease.ts';

/** Which of a run's stored changes: all, those that are not held, or the held ones. */
export type Selection = 'all' | 'free' | 'held';

/**
 * Executes a statement over the changes `c` of one entity and some kinds, and returns how many rows it touched.
 * Without such changes it does nothing: Postgres guesses badly how to join a list that is empty.
 */
export type ApplyChanges = (
  entity: Change['entity'],
  kinds: readonly Change['kind'][],
  statement: (changes: Prisma.Sql) => Prisma.Sql,
) => Promise<number>;

/** Looks once which kinds of changes a run has. */
export async function openPlannedChanges(
  transaction: Executor,
  runId: string,
  selection: Selection,
): Promise<ApplyChanges> {
  const selected =
    selection === 'all'
      ? Prisma.sql`run_id = ${runId}::uuid`
      : Prisma.sql`run_id = ${runId}::uuid AND held = ${selection === 'held'}`;
  const rows = await transaction.$queryRaw<{ entity: string; kind: string }[]>`
    SELECT DISTINCT entity, kind FROM sync_change WHERE ${selected}`;
  const present = new Set(rows.map(({ entity, kind }) => `${entity} ${kind}`));
  return async (entity, kinds, statement) => {
    const wanted = kinds.filter((kind) => present.has(`${entity} ${kind}`));
    if (wanted.length === 0) return 0;
    return transaction.$executeRaw(
      statement(Prisma.sql`(
        SELECT * FROM sync_change
        WHERE ${selected} AND entity = ${entity} AND kind = ANY(${wanted}::text[])
      ) AS c`),
    );
  };
}
