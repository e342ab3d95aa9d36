import type {
  CurrentDepartment,
  CurrentMember,
  CurrentMembership,
  DisabledBy,
  Json,
  MemberDigest,
} from '@orgmirror/planner';
import { createMemberFields } from '@orgmirror/planner';
import { openSensitiveDocument } from '../../directory/sensitive/sensitive-document.ts';
import { type Member, Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { SecretBox } from '../../platform/secret-box.ts';

/** Few statements, yet a batch is taken in within some milliseconds. */
const rowsPerQuery = 2_000;

/**
 * All departments as we have them, removed ones included. As one value: thousands of rows would hold up requests
 * while they are taken in one by one.
 */
export async function readCurrentDepartments(
  prisma: PrismaClient,
  corpRowId: number,
): Promise<CurrentDepartment[]> {
  const [row] = await prisma.$queryRaw<{ departments: CurrentDepartment[] }[]>`
    SELECT coalesce(json_agg(json_build_object(
        'id', d.wecom_id, 'name', d.name, 'nameEn', d.name_en, 'parentId', p.wecom_id, 'sortOrder', d.sort_order,
        'leaderUserIds', d.leader_user_ids, 'presence', d.presence
      ) ORDER BY d.id), '[]') AS departments
    FROM department d LEFT JOIN department p ON p.id = d.parent_id WHERE d.corp_row_id = ${corpRowId}`;
  return row?.departments ?? [];
}

/** Every member's digest, in batches, so that memory does not grow with the number of members. */
export async function* readMemberDigests(
  prisma: PrismaClient,
  corpRowId: number,
): AsyncGenerator<MemberDigest[]> {
  let after = 0;
  for (;;) {
    const rows = await prisma.$queryRaw<(MemberDigest & { id: number })[]>`
      SELECT id, user_key AS key, content_hash AS "contentHash", presence = 'present' AS "isPresent"
      FROM member WHERE corp_row_id = ${corpRowId} AND id > ${after} ORDER BY id LIMIT ${rowsPerQuery}`;
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerQuery) return;
    after = last.id;
  }
}

/** Names of those of these departments that are present here, by WeCom id. */
export async function readPresentDepartmentNames(
  prisma: PrismaClient,
  corpRowId: number,
  departmentIds: readonly number[],
): Promise<Map<number, string>> {
  const wecomId = { in: departmentIds.map(BigInt) };
  const rows = await prisma.department.findMany({
    where: { corpRowId, wecomId, presence: 'present' },
    select: { wecomId: true, name: true },
  });
  return new Map(rows.map((row) => [Number(row.wecomId), row.name]));
}

/** All members who are present here, in batches. */
export async function* listPresentMembers(
  prisma: PrismaClient,
  corpRowId: number,
): AsyncGenerator<{ userKey: string; userId: string }[]> {
  let after = 0;
  for (;;) {
    const rows = await prisma.$queryRaw<{ id: number; userKey: string; userId: string }[]>`
      SELECT id, user_key AS "userKey", user_id AS "userId"
      FROM member WHERE corp_row_id = ${corpRowId} AND presence = 'present' AND id > ${after}
      ORDER BY id LIMIT ${rowsPerQuery}`;
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerQuery) return;
    after = last.id;
  }
}

/** Keys of the present members who are in one of these departments. */
export async function listMemberKeysIn(
  prisma: PrismaClient,
  corpRowId: number,
  departmentIds: readonly number[],
): Promise<string[]> {
  if (departmentIds.length === 0) return [];
  const rows = await prisma.$queryRaw<{ userKey: string }[]>`
    SELECT DISTINCT m.user_key AS "userKey" FROM membership s
    JOIN member m ON m.id = s.member_id
    JOIN department d ON d.id = s.department_id
    WHERE d.corp_row_id = ${corpRowId} AND d.wecom_id = ANY(${departmentIds.map(BigInt)}::bigint[])`;
  return rows.map(({ userKey }) => userKey);
}

/** Full members with their places in the tree and their sensitive fields. */
export async function readCurrentMembers(
  prisma: PrismaClient,
  secretBox: SecretBox,
  corpRowId: number,
  userKeys: readonly string[],
): Promise<CurrentMember[]> {
  const rows = await prisma.member.findMany({
    where: { corpRowId, userKey: { in: [...userKeys] } },
    include: { sensitive: { where: { source: 'contacts' } } },
  });
  const memberships = await readMemberships(
    prisma,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    key: row.userKey,
    userId: row.userId,
    fields: createMemberFields({
      ...pickFields(row),
      ...(row.sensitive[0] && openSensitiveDocument(secretBox, row.sensitive[0].sealed)),
    }),
    mainDepartmentId: row.mainDepartmentId === null ? null : Number(row.mainDepartmentId),
    presence: row.presence,
    disabledBy: row.disabledBy as DisabledBy,
    isAdmin: row.role === 'admin',
    memberships: memberships.get(row.id) ?? [],
  }));
}

function pickFields(row: Member) {
  return {
    name: row.name,
    englishName: row.englishName,
    alias: row.alias,
    position: row.position,
    status: row.status,
    gender: row.gender,
    telephone: row.telephone,
    avatarUrl: row.avatarUrl,
    thumbAvatarUrl: row.thumbAvatarUrl,
    directLeaderUserIds: row.directLeaderUserIds as string[] | null, // written by apply-plan.ts from a list of texts
    extendedAttributes: row.extendedAttributes as Json | null, // JSON is what the column holds
    externalPosition: row.externalPosition,
    externalProfile: row.externalProfile as Json | null,
    openUserId: row.openUserId,
  };
}

async function readMemberships(
  prisma: PrismaClient,
  memberIds: readonly number[],
): Promise<Map<number, CurrentMembership[]>> {
  const rows = await prisma.$queryRaw<
    { memberId: number; departmentId: bigint; sortOrder: bigint; isLeader: boolean; isMain: boolean }[]
  >(Prisma.sql`
    SELECT s.member_id AS "memberId", d.wecom_id AS "departmentId", s.sort_order AS "sortOrder",
           s.is_leader AS "isLeader", s.is_main AS "isMain"
    FROM membership s JOIN department d ON d.id = s.department_id
    WHERE s.member_id = ANY(${[...memberIds]}::int[]) ORDER BY s.member_id, d.wecom_id`);
  const byMember = new Map<number, CurrentMembership[]>();
  for (const { memberId, departmentId, sortOrder, isLeader, isMain } of rows) {
    const list = byMember.get(memberId) ?? [];
    list.push({ departmentId: Number(departmentId), sortOrder: Number(sortOrder), isLeader, isMain });
    byMember.set(memberId, list);
  }
  return byMember;
}

/** Where each of these members who is present here is, by key; WeCom ids of the departments. */
export async function readMemberPlaces(
  prisma: PrismaClient,
  corpRowId: number,
  userKeys: readonly string[],
): Promise<Map<string, number[]>> {
  const rows = await prisma.$queryRaw<{ userKey: string; departmentIds: bigint[] }[]>`
    SELECT m.user_key AS "userKey",
      coalesce(array_agg(d.wecom_id) FILTER (WHERE d.id IS NOT NULL), '{}') AS "departmentIds"
    FROM member m
    LEFT JOIN membership s ON s.member_id = m.id
    LEFT JOIN department d ON d.id = s.department_id
    WHERE m.corp_row_id = ${corpRowId} AND m.presence = 'present' AND m.user_key = ANY(${[...userKeys]}::text[])
    GROUP BY m.user_key`;
  return new Map(rows.map(({ userKey, departmentIds }) => [userKey, departmentIds.map(Number)]));
}

/** Userids of the present members who are directly in a department. */
export async function listMemberUserIdsIn(
  prisma: PrismaClient,
  corpRowId: number,
  departmentId: number,
): Promise<string[]> {
  const department = { corpRowId, wecomId: BigInt(departmentId) };
  const rows = await prisma.member.findMany({
    where: { corpRowId, presence: 'present', memberships: { some: { department } } },
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
}
