import { Prisma } from '../../platform/database/generated/client.ts';
import type { Lease } from '../../runs/fenced-transaction.ts';
import type { ApplyChanges } from './planned-changes.ts';

/**
 * Stores with each change that restores a row since when and by which run it was removed, and its path: WeCom
 * does not know these, and an undo must give them back. Must come before the rows are changed.
 */
export async function recordTombstones(apply: ApplyChanges, { corpRowId }: Lease): Promise<void> {
  await apply(
    'department',
    ['restore'],
    (changes) => Prisma.sql`
      UPDATE sync_change stored SET derived = coalesce(stored.derived, '{}') || jsonb_build_object(
        'goneAt', d.removed_at, 'goneRunId', d.removed_run_id, 'path', d.path)
      FROM ${changes}
      JOIN department d ON d.corp_row_id = ${corpRowId} AND d.wecom_id = c.department_id AND d.removed_at IS NOT NULL
      WHERE stored.run_id = c.run_id AND stored.seq = c.seq`,
  );
  await apply(
    'member',
    ['restore'],
    (changes) => Prisma.sql`
      UPDATE sync_change stored SET derived = coalesce(stored.derived, '{}') || jsonb_build_object(
        'goneAt', m.left_at, 'goneRunId', m.left_run_id)
      FROM ${changes}
      JOIN member m ON m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key AND m.left_at IS NOT NULL
      WHERE stored.run_id = c.run_id AND stored.seq = c.seq`,
  );
}

/** SQL for when a row was removed: as the tombstone says, for a change that reverts a restore; else now. */
export const removedAt = Prisma.sql`coalesce((c.derived->>'goneAt')::timestamptz, now())`;

/** SQL for the run that removed a row. */
export const removedRunId = ({ runId }: Lease): Prisma.Sql =>
  Prisma.sql`CASE WHEN c.derived ? 'goneAt' THEN (c.derived->>'goneRunId')::uuid ELSE ${runId}::uuid END`;
