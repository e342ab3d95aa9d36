import type { Member, MemberSensitive, PrismaClient } from '../../platform/database/generated/client.ts';
import { parsePath } from '../departments/department-repository.ts';

const listed = {
  id: true,
  userId: true,
  name: true,
  alias: true,
  position: true,
  status: true,
  presence: true,
  leftAt: true,
  leftRunId: true,
  directLeaderUserIds: true,
  avatarUrl: true,
  thumbAvatarUrl: true,
  gender: true,
  role: true,
  disabledBy: true,
  updatedAt: true,
} as const satisfies Partial<Record<keyof Member, true>>;

/** What lists show of a member. */
export type ListedMemberRow = Pick<Member, keyof typeof listed> & { sensitive: MemberSensitive[] };

export type MemberRow = Member & { sensitive: MemberSensitive[] };

export interface PlaceRow {
  memberId: number;
  departmentId: number;
  name: string;
  /** WeCom ids from the root down to the department itself. */
  path: number[];
  sortOrder: number;
  isLeader: boolean;
  isMain: boolean;
}

/**
 * Members by local id, in the order of the ids. Both reads are under way at once: a list waits for one
 * answer, not for two.
 */
export async function readListedMembers(
  prisma: PrismaClient,
  ids: readonly number[],
): Promise<ListedMemberRow[]> {
  const [rows, documents] = await Promise.all([
    prisma.member.findMany({ where: { id: { in: [...ids] } }, select: listed }),
    prisma.memberSensitive.findMany({ where: { memberId: { in: [...ids] } } }),
  ]);
  const byId = new Map(rows.map((row) => [row.id, { ...row, sensitive: [] as MemberSensitive[] }]));
  for (const document of documents) byId.get(document.memberId)?.sensitive.push(document);
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Where the members are, main department first, then by WeCom id. */
export async function listPlaces(prisma: PrismaClient, memberIds: readonly number[]): Promise<PlaceRow[]> {
  const rows = await prisma.$queryRaw<
    (Omit<PlaceRow, 'departmentId' | 'sortOrder' | 'path'> & {
      departmentId: bigint;
      sortOrder: bigint;
      path: string;
    })[]
  >`
    SELECT s.member_id AS "memberId", d.wecom_id AS "departmentId", d.name, s.sort_order AS "sortOrder",
           s.is_leader AS "isLeader", s.is_main AS "isMain", d.path
    FROM membership s JOIN department d ON d.id = s.department_id
    WHERE s.member_id = ANY(${[...memberIds]}::int[])
    ORDER BY s.member_id, s.is_main DESC, d.wecom_id`;
  return rows.map((row) => ({
    ...row,
    departmentId: Number(row.departmentId),
    sortOrder: Number(row.sortOrder),
    path: parsePath(row.path),
  }));
}

/** A member by userid without case. */
export const findMember = (
  prisma: PrismaClient,
  corpRowId: number,
  userKey: string,
): Promise<MemberRow | null> =>
  prisma.member.findUnique({
    where: { corpRowId_userKey: { corpRowId, userKey } },
    include: { sensitive: true },
  });

/** Names of members by lower-case userid. */
export async function readMemberNames(
  prisma: Pick<PrismaClient, 'member'>,
  corpRowId: number,
  userKeys: readonly string[],
): Promise<Map<string, string>> {
  const members = await readNamedMembers(prisma, corpRowId, userKeys);
  return new Map([...members].map(([userKey, { name }]) => [userKey, name]));
}

/** A member by name, with the userid as WeCom spells it. */
export interface NamedMember {
  wecomUserId: string;
  name: string;
}

/** Members by lower-case userid; unknown ones are left out. */
export async function readNamedMembers(
  prisma: Pick<PrismaClient, 'member'>,
  corpRowId: number,
  userKeys: readonly string[],
): Promise<Map<string, NamedMember>> {
  const rows = await prisma.member.findMany({
    where: { corpRowId, userKey: { in: [...userKeys] } },
    select: { userKey: true, userId: true, name: true },
  });
  return new Map(rows.map(({ userKey, userId, name }) => [userKey, { wecomUserId: userId, name }]));
}

/** The latest applied changes of a member, newest first. */
export function listMemberHistory(prisma: PrismaClient, corpRowId: number, userKey: string, limit: number) {
  return prisma.$queryRaw<
    {
      runId: string;
      at: Date;
      entity: 'member' | 'membership';
      kind: 'create' | 'update' | 'remove' | 'restore';
      name: string;
      before: Record<string, unknown> | null;
      after: Record<string, unknown> | null;
    }[]
  >`
    SELECT c.run_id AS "runId", coalesce(r.finished_at, r.applied_at) AS at, c.entity, c.kind, c.name, c.before, c.after
    FROM sync_change c JOIN sync_run r ON r.id = c.run_id
    WHERE c.user_key = ${userKey} AND r.corp_row_id = ${corpRowId} AND r.applied_at IS NOT NULL
      AND (NOT c.held OR r.status = 'succeeded')
    ORDER BY r.applied_at DESC, c.seq LIMIT ${limit}`;
}
