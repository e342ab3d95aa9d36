import type { Executor } from '../../platform/database/database.ts';
import { Prisma } from '../../platform/database/generated/client.ts';

/** Below this Postgres' guesses are good enough. */
const worthwhileChanges = 1_000;

/** Tables that apply fills. */
export type Table = 'sync_change' | 'department' | 'member' | 'membership' | 'member_sensitive';

/**
 * Tells the query planner about tables that have just been filled. On a table that it has never looked at it
 * expects a handful of rows and joins 100,000 with 100,000 one by one; the embedded database never looks by
 * itself.
 */
export async function refreshStatistics(
  transaction: Executor,
  tables: readonly Table[],
  changeCount: number,
): Promise<void> {
  if (changeCount < worthwhileChanges) return;
  await transaction.$executeRaw(Prisma.raw(`ANALYZE ${tables.map(describeTable).join(', ')}`)); // names of our own
}

/**
 * Of the changes only what they are selected and joined by: what they hold takes longer to look at than all
 * else together.
 */
const describeTable = (table: Table): string =>
  table === 'sync_change' ? 'sync_change (run_id, entity, kind, held, user_key, department_id)' : table;
