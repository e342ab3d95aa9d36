import { type Corp, collectSubtree } from '@orgmirror/wecom-simulator';
import { expect } from 'vitest';
import type { Sql } from './query-database.ts';

/**
 * Expects of every department the number of members in it, and in it or below, that WeCom's has; of one that
 * is gone 0.
 */
export async function expectMemberCounts(sql: Sql, corp: Corp, corpId: string, label: string): Promise<void> {
  const rows = await sql<{ id: number; direct: number; total: number }>(
    `SELECT d.wecom_id::int AS id, d.member_count AS direct, d.total_member_count AS total
     FROM department d JOIN corp ON corp.id = d.corp_row_id WHERE corp.corp_id = $1`,
    [corpId],
  );
  const expected = rows.map(({ id }) => ({ id, direct: 0, total: 0 }));
  for (const row of expected) {
    if (!corp.departments.has(row.id)) continue;
    const below = collectSubtree(corp, row.id);
    for (const { memberships } of corp.members.values()) {
      if (memberships.some(({ departmentId }) => departmentId === row.id)) row.direct++;
      if (memberships.some(({ departmentId }) => below.has(departmentId))) row.total++;
    }
  }
  expect(rows, label).toEqual(expected);
}
