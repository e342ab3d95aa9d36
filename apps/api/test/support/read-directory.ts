import type { SyncRunCounts } from '@orgmirror/contracts';
import type { Sql } from './query-database.ts';

export interface StoredDepartment {
  localId: number;
  id: number;
  parentId: number | null;
  name: string;
  nameEn: string | null;
  sortOrder: number;
  leaderUserIds: string[] | null;
  presence: string;
  path: string;
}

export interface StoredMember {
  localId: number;
  key: string;
  userId: string;
  name: string;
  position: string | null;
  status: number | null;
  presence: string;
  disabledBy: string | null;
  mainDepartmentId: number | null;
  hasLeftAt: boolean;
  memberships: { departmentId: number; sortOrder: number; isLeader: boolean; isMain: boolean }[];
}

/** Every row of the corp's directory as it lies in the database, in order of WeCom id and userid. */
export async function readStoredDirectory(
  sql: Sql,
  corpId?: string,
): Promise<{ departments: StoredDepartment[]; members: StoredMember[] }> {
  const corp = `JOIN corp ON corp.id = row.corp_row_id AND ($1::text IS NULL OR corp.corp_id = $1)`;
  const departments = await sql<StoredDepartment>(
    `SELECT row.id AS "localId", row.wecom_id::float8 AS id, p.wecom_id::float8 AS "parentId", row.name,
            row.name_en AS "nameEn", row.sort_order::float8 AS "sortOrder", row.leader_user_ids AS "leaderUserIds",
            row.presence, row.path
     FROM department row ${corp} LEFT JOIN department p ON p.id = row.parent_id ORDER BY row.wecom_id`,
    [corpId ?? null],
  );
  const members = await sql<StoredMember>(
    `SELECT row.id AS "localId", row.user_key AS key, row.user_id AS "userId", row.name, row.position, row.status,
            row.presence, row.disabled_by AS "disabledBy", row.main_department_id::float8 AS "mainDepartmentId",
            row.left_at IS NOT NULL AS "hasLeftAt",
            (SELECT coalesce(json_agg(json_build_object('departmentId', d.wecom_id, 'sortOrder', s.sort_order,
                      'isLeader', s.is_leader, 'isMain', s.is_main) ORDER BY d.wecom_id), '[]')
             FROM membership s JOIN department d ON d.id = s.department_id WHERE s.member_id = row.id) AS memberships
     FROM member row ${corp} ORDER BY row.user_key COLLATE "C"`,
    [corpId ?? null],
  );
  return { departments, members };
}

const mirrorTables = ['department', 'member', 'membership', 'member_sensitive'];

/**
 * Every row of the mirror with the transaction that wrote it and its place: differs when anything was
 * written.
 */
export async function dumpMirror(sql: Sql): Promise<string[]> {
  const tables = [];
  for (const table of mirrorTables)
    tables.push(
      await sql(
        `SELECT '${table}' AS tab, xmin::text, ctid::text, row_to_json(t)::text AS row FROM ${table} t ORDER BY ctid`,
      ),
    );
  return tables.flat().map((row) => JSON.stringify(row));
}

const none: SyncRunCounts = {
  departments: { create: 0, update: 0, move: 0, remove: 0, restore: 0 },
  members: { create: 0, update: 0, remove: 0, restore: 0 },
  memberships: { create: 0, update: 0, remove: 0 },
};

/** A run's counts: nothing but what is named. */
export const onlyCounts = (
  counts: {
    [Entity in keyof SyncRunCounts]?: Partial<SyncRunCounts[Entity]>;
  },
): SyncRunCounts => ({
  departments: { ...none.departments, ...counts.departments },
  members: { ...none.members, ...counts.members },
  memberships: { ...none.memberships, ...counts.memberships },
});
