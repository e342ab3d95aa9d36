import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';

/** A department as queries return it. */
export interface DepartmentRow {
  id: number;
  parentId: number | null;
  name: string;
  nameEn: string | null;
  sortOrder: number;
  path: number[];
  leaderUserIds: string[];
  memberCount: number;
  totalMemberCount: number;
  hasChildren: boolean;
}

interface RawDepartment
  extends Omit<DepartmentRow, 'id' | 'parentId' | 'sortOrder' | 'path' | 'leaderUserIds'> {
  id: bigint;
  parentId: bigint | null;
  sortOrder: bigint;
  path: string;
  leaderUserIds: string[] | null;
}

const columns = Prisma.sql`
  d.wecom_id AS id, p.wecom_id AS "parentId", d.name, d.name_en AS "nameEn", d.sort_order AS "sortOrder", d.path,
  d.leader_user_ids AS "leaderUserIds", d.member_count AS "memberCount", d.total_member_count AS "totalMemberCount",
  EXISTS (SELECT FROM department c WHERE c.parent_id = d.id AND c.presence = 'present') AS "hasChildren"`;

const fromPresent = (corpRowId: number) => Prisma.sql`
  FROM department d LEFT JOIN department p ON p.id = d.parent_id
  WHERE d.corp_row_id = ${corpRowId} AND d.presence = 'present'`;

/** Larger order first, then the smaller id. */
const inOrder = Prisma.sql`ORDER BY d.sort_order DESC, d.wecom_id ASC`;

/** All present departments, siblings in order. */
export async function listAllDepartments(prisma: PrismaClient, corpRowId: number): Promise<DepartmentRow[]> {
  const rows = await prisma.$queryRaw<
    RawDepartment[]
  >`SELECT ${columns} ${fromPresent(corpRowId)} ${inOrder}`;
  return rows.map(toRow);
}

/** One level, one row more than `limit` if there are. */
export async function listChildren(
  prisma: PrismaClient,
  corpRowId: number,
  query: { parentId: number | undefined; limit: number; after: readonly [number, number] | undefined },
): Promise<DepartmentRow[]> {
  const { parentId, after } = query;
  const level =
    parentId === undefined ? Prisma.sql`d.parent_id IS NULL` : Prisma.sql`p.wecom_id = ${parentId}`;
  const rest = after
    ? Prisma.sql`AND (d.sort_order, -d.wecom_id) < (${after[0]}::bigint, ${-after[1]}::bigint)`
    : Prisma.empty;
  const rows = await prisma.$queryRaw<RawDepartment[]>`
    SELECT ${columns} ${fromPresent(corpRowId)} AND ${level} ${rest} ${inOrder} LIMIT ${query.limit + 1}`;
  return rows.map(toRow);
}

/** Local id and path of a present department; null when there is none. */
export async function findDepartment(
  prisma: PrismaClient,
  corpRowId: number,
  departmentId: number,
): Promise<{ id: number; path: string; memberCount: number; totalMemberCount: number } | null> {
  return prisma.department.findFirst({
    where: { corpRowId, wecomId: BigInt(departmentId), presence: 'present' },
    select: { id: true, path: true, memberCount: true, totalMemberCount: true },
  });
}

/** Names of departments, also of removed ones, by WeCom's id. */
export async function readDepartmentNames(
  prisma: PrismaClient,
  corpRowId: number,
  departmentIds: readonly number[],
): Promise<Map<number, string>> {
  const rows = await prisma.department.findMany({
    where: { corpRowId, wecomId: { in: departmentIds.map(BigInt) } },
    select: { wecomId: true, name: true },
  });
  return new Map(rows.map(({ wecomId, name }) => [Number(wecomId), name]));
}

/** Local ids of a department and of all present ones below it. */
export async function listDepartmentIdsBelow(prisma: PrismaClient, id: number): Promise<number[]> {
  const rows = await prisma.$queryRaw<{ id: number }[]>`
    WITH RECURSIVE below AS (
      SELECT ${id}::int AS id
      UNION ALL
      SELECT d.id FROM below JOIN department d ON d.parent_id = below.id AND d.presence = 'present'
    ) SELECT id FROM below`;
  return rows.map((row) => row.id);
}

/** The same by path: sooner for thousands, since all departments are looked at once. */
export async function listDepartmentIdsByPath(
  prisma: PrismaClient,
  corpRowId: number,
  path: string,
): Promise<number[]> {
  const rows = await prisma.$queryRaw<{ id: number }[]>`
    SELECT id FROM department WHERE corp_row_id = ${corpRowId} AND presence = 'present' AND path LIKE ${`${path}%`}`;
  return rows.map((row) => row.id);
}

/** Names of the departments on these paths, by WeCom id; removed ones included. */
export async function readPathNames(
  prisma: PrismaClient,
  corpRowId: number,
  places: readonly { path: readonly number[] }[],
): Promise<Map<number, string>> {
  const ids = new Set(places.flatMap(({ path }) => path));
  if (ids.size === 0) return new Map();
  const rows = await prisma.$queryRaw<{ id: bigint; name: string }[]>`
    SELECT wecom_id AS id, name FROM department
    WHERE corp_row_id = ${corpRowId} AND wecom_id = ANY(${[...ids].map(BigInt)}::bigint[])`;
  return new Map(rows.map(({ id, name }) => [Number(id), name]));
}

/** `/1/12/` as ids. */
export const parsePath = (path: string): number[] => path.split('/').filter(Boolean).map(Number);

function toRow(raw: RawDepartment): DepartmentRow {
  return {
    ...raw,
    id: Number(raw.id),
    parentId: raw.parentId === null ? null : Number(raw.parentId),
    sortOrder: Number(raw.sortOrder),
    path: parsePath(raw.path),
    leaderUserIds: raw.leaderUserIds ?? [],
  };
}
