import type { Change } from '@orgmirror/planner';
import { applyChanges, createDirectory, type Directory } from '@orgmirror/planner/testing';
import type { Sql } from './query-database.ts';
import { readStoredDirectory } from './read-directory.ts';

/** Everything that was recorded as applied since the corp's beginning, applied one by one to nothing. */
export async function rebuildFromRecord(sql: Sql, corpId?: string) {
  const rows = await sql<Record<string, never>>(
    `SELECT c.entity, c.kind, c.key, c.user_key AS "memberKey", c.department_id::float8 AS "departmentId", c.name,
            c.before, c.after
     FROM sync_change c JOIN sync_run r ON r.id = c.run_id JOIN corp ON corp.id = r.corp_row_id
     WHERE ($1::text IS NULL OR corp.corp_id = $1) AND r.applied_at IS NOT NULL
       AND (r.status = 'succeeded' OR NOT c.held) -- what was held is applied once the run has succeeded
     ORDER BY r.base_revision, c.seq`,
    [corpId ?? null],
  );
  return present(applyChanges(createDirectory(), rows as unknown as Change[])); // as plan-writer.ts wrote them
}

const present = ({ departments, members }: Directory) => ({
  departments: [...departments.values()]
    .map(({ id, parentId, name, sortOrder, leaderUserIds, presence }) => ({
      id,
      parentId,
      name,
      sortOrder,
      leaderUserIds,
      presence,
    }))
    .sort((a, b) => a.id - b.id),
  members: [...members.values()]
    .map(({ key, userId, fields, presence, disabledBy, mainDepartmentId, memberships }) => ({
      key,
      userId,
      name: fields.name,
      position: fields.position,
      status: fields.status,
      presence,
      disabledBy,
      mainDepartmentId,
      memberships,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1)),
});

/** The directory as it lies in the database, in the same words. */
export async function readWithLeavers(sql: Sql, corpId?: string) {
  const { departments, members } = await readStoredDirectory(sql, corpId);
  return {
    departments: departments.map(({ localId: _, nameEn: __, path: ___, ...department }) => department),
    members: members.map(({ localId: _, hasLeftAt: __, ...member }) => member),
  };
}
