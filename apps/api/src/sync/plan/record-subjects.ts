import type { ExecuteLarge } from '../../platform/database/database.ts';
import { Prisma } from '../../platform/database/generated/client.ts';
import { holdsLease, type Lease, LeaseLostError } from '../../runs/fenced-transaction.ts';

/**
 * Sums up the stored changes of a plan by member and department: a row each with what happens and whether it
 * waits, and how many there are of each. One pass over the changes, so that no page of the history has to
 * group a million of them.
 * @throws LeaseLostError
 */
export async function recordSubjects(executeLarge: ExecuteLarge, lease: Lease): Promise<void> {
  const updated = await executeLarge(Prisma.sql`
    WITH made AS (
      INSERT INTO sync_subject (run_id, seq, section, held, department_id)
      SELECT run_id, coalesce(min(seq) FILTER (WHERE entity = 'member'), min(seq)), ${sectionOfMember}, bool_or(held),
        coalesce(
          max(department_id) FILTER (WHERE kind <> 'remove' AND (after->>'isMain')::bool),
          max(department_id) FILTER (WHERE kind = 'remove' AND (before->>'isMain')::bool)
        )
      FROM sync_change
      WHERE run_id = ${lease.runId}::uuid AND user_key IS NOT NULL AND ${holdsLease(lease)} GROUP BY run_id, user_key
      UNION ALL
      SELECT run_id, seq, 'department', held, NULL FROM sync_change
      WHERE run_id = ${lease.runId}::uuid AND entity = 'department' AND ${holdsLease(lease)}
      RETURNING section, held
    ), counted AS (
      SELECT section, count(*) FILTER (WHERE NOT held) AS free, count(*) FILTER (WHERE held) AS held FROM made
      GROUP BY section
    )
    UPDATE sync_run SET subjects = coalesce(
      (SELECT jsonb_object_agg(section, jsonb_build_object('free', free, 'held', held)) FROM counted), '{}'
    )
    WHERE id = ${lease.runId}::uuid AND ${holdsLease(lease)}`);
  if (updated !== 1) throw new LeaseLostError();
}

/** A change of order or of leading alone moves nobody. */
const sectionOfMember = Prisma.sql`
  CASE
    WHEN bool_or(entity = 'member' AND kind = 'remove') THEN 'leave'
    WHEN bool_or(entity = 'member' AND kind IN ('create', 'restore')) THEN 'join'
    WHEN bool_or(entity = 'membership' AND (kind <> 'update' OR after ? 'isMain')) THEN 'move'
    ELSE 'update'
  END`;
