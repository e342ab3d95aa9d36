import { Prisma } from '../../platform/database/generated/client.ts';
import type { Lease } from '../../runs/fenced-transaction.ts';
import type { ApplyChanges } from './planned-changes.ts';

/**
 * Notes with each change that brings a row back since when and by which run it was gone, and where it stood: what WeCom
 * knows nothing of, and an undo must give back. Must come before the rows are changed.
 */
export async function keepFormerMarks(apply: ApplyChanges, { corpRowId }: Lease): Promise<void> {
  await apply(
    'department',
    ['restore'],
    (changes) => Prisma.sql`
      UPDATE sync_change kept SET derived = coalesce(kept.derived, '{}') || jsonb_build_object(
        'goneAt', d.removed_at, 'goneRunId', d.removed_run_id, 'path', d.path)
      FROM ${changes}
      JOIN department d ON d.corp_row_id = ${corpRowId} AND d.wecom_id = c.department_id AND d.removed_at IS NOT NULL
      WHERE kept.run_id = c.run_id AND kept.seq = c.seq`,
  );
  await apply(
    'member',
    ['restore'],
    (changes) => Prisma.sql`
      UPDATE sync_change kept SET derived = coalesce(kept.derived, '{}') || jsonb_build_object(
        'goneAt', m.left_at, 'goneRunId', m.left_run_id)
      FROM ${changes}
      JOIN member m ON m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key AND m.left_at IS NOT NULL
      WHERE kept.run_id = c.run_id AND kept.seq = c.seq`,
  );
}

/** SQL for when a row went: as it was noted, for a change that takes a restore back; else now. */
export const goneAt = Prisma.sql`coalesce((c.derived->>'goneAt')::timestamptz, now())`;

/** SQL for the run with which a row went. */
export const goneRunId = ({ runId }: Lease): Prisma.Sql =>
  Prisma.sql`CASE WHEN c.derived ? 'goneAt' THEN (c.derived->>'goneRunId')::uuid ELSE ${runId}::uuid END`;
