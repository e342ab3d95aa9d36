import type { Executor } from '../../platform/database/database.ts';

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
