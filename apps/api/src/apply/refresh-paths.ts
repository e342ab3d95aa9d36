import type { Executor } from '../database/write-under-lease.ts';

/** Brings every present department's path in line with its parents; writes only those that differ. */
export async function refreshPaths(transaction: Executor, corpRowId: number): Promise<void> {
  await transaction.$executeRaw`
    WITH RECURSIVE tree AS (
      SELECT id, '/' || wecom_id || '/' AS path FROM department
      WHERE corp_row_id = ${corpRowId} AND parent_id IS NULL AND presence = 'present'
      UNION ALL
      SELECT child.id, tree.path || child.wecom_id || '/' FROM tree
      JOIN department child ON child.parent_id = tree.id AND child.presence = 'present'
    )
    UPDATE department d SET path = tree.path FROM tree WHERE d.id = tree.id AND d.path IS DISTINCT FROM tree.path`;
}

/**
 * Counts present members per department, directly and with everything below, each person once; writes only the
 * counts that differ.
 */
export async function refreshCounts(transaction: Executor, corpRowId: number): Promise<void> {
  await transaction.$executeRaw`
    WITH placed AS (
      SELECT s.member_id, s.department_id, d.path
      FROM membership s
      JOIN department d ON d.id = s.department_id AND d.corp_row_id = ${corpRowId} AND d.presence = 'present'
      JOIN member m ON m.id = s.member_id AND m.presence = 'present'
    ), direct AS (
      SELECT department_id, count(*)::int AS members FROM placed GROUP BY department_id
    ), below AS (
      SELECT ancestor::bigint AS wecom_id, count(*)::int AS members
      FROM (
        SELECT DISTINCT member_id, ancestor
        FROM placed, LATERAL unnest(string_to_array(btrim(path, '/'), '/')) AS ancestor
      ) AS counted
      GROUP BY ancestor
    )
    UPDATE department d SET member_count = fresh.direct, total_member_count = fresh.total
    FROM (
      SELECT every.id, coalesce(direct.members, 0) AS direct, coalesce(below.members, 0) AS total
      FROM department every
      LEFT JOIN direct ON direct.department_id = every.id
      LEFT JOIN below ON below.wecom_id = every.wecom_id
      WHERE every.corp_row_id = ${corpRowId}
    ) AS fresh
    WHERE fresh.id = d.id AND (d.member_count, d.total_member_count) IS DISTINCT FROM (fresh.direct, fresh.total)`;
}
