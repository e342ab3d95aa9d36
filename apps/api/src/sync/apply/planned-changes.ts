import type { Change } from '@orgmirror/planner';
import type { Executor } from '../../platform/database/database.ts';
import { Prisma } from '../../platform/database/generated/client.ts';

/** Which of a run's stored changes: all, those that are not held, or the held ones. */
export type Selection = 'all' | 'free' | 'held';

/**
 * Executes a statement over the changes `c` of one entity and some kinds, and returns how many rows it
 * touched. Without such changes it does nothing: Postgres guesses badly how to join a list that is empty.
 */
export type ApplyChanges = (
  entity: Change['entity'],
  kinds: readonly Change['kind'][],
  statement: (changes: Prisma.Sql) => Prisma.Sql,
  options?: {
    /** Only changes on which derived columns ride. */
    derived?: boolean;
  },
) => Promise<number>;

export interface PlannedChanges {
  apply: ApplyChanges;
  count: number;
  /** How many changes of these kinds there are. */
  countOf(entity: Change['entity'], kinds: readonly Change['kind'][]): number;
  /** Keys of the members who join or leave a department, or the directory; at most `limit`. */
  listMovingMembers(limit: number): Promise<string[]>;
}

/** Looks once which kinds of changes a run has. */
export async function openPlannedChanges(
  transaction: Executor,
  runId: string,
  selection: Selection,
): Promise<PlannedChanges> {
  const selected =
    selection === 'all'
      ? Prisma.sql`run_id = ${runId}::uuid`
      : Prisma.sql`run_id = ${runId}::uuid AND held = ${selection === 'held'}`;
  const rows = await transaction.$queryRaw<PresentKind[]>`
    SELECT entity, kind, count(*)::int AS count, bool_or(derived IS NOT NULL) AS "hasDerived"
    FROM sync_change WHERE ${selected} GROUP BY entity, kind`;
  const present = new Map(rows.map((row) => [`${row.entity} ${row.kind}`, row]));
  const countOf: PlannedChanges['countOf'] = (entity, kinds) =>
    kinds.reduce((sum, kind) => sum + (present.get(`${entity} ${kind}`)?.count ?? 0), 0);
  return {
    count: rows.reduce((sum, { count }) => sum + count, 0),
    countOf,
    listMovingMembers: async (limit) => {
      const moving = await transaction.$queryRaw<{ userKey: string }[]>`
        SELECT DISTINCT user_key AS "userKey" FROM sync_change
        WHERE ${selected} AND (entity = 'membership' AND kind <> 'update' OR entity = 'member' AND kind IN ('remove', 'restore'))
        LIMIT ${limit}`;
      return moving.map(({ userKey }) => userKey);
    },
    apply: async (entity, kinds, statement, { derived = false } = {}) => {
      const wanted = kinds.filter((kind) => {
        const found = present.get(`${entity} ${kind}`);
        return found !== undefined && (!derived || found.hasDerived);
      });
      if (wanted.length === 0) return 0;
      const onlyDerived = derived ? Prisma.sql`AND derived IS NOT NULL` : Prisma.empty;
      return transaction.$executeRaw(
        statement(Prisma.sql`(
        SELECT * FROM sync_change
        WHERE ${selected} AND entity = ${entity} AND kind = ANY(${wanted}::text[]) ${onlyDerived}
      ) AS c`),
      );
    },
  };
}

interface PresentKind {
  entity: string;
  kind: string;
  count: number;
  hasDerived: boolean;
}
