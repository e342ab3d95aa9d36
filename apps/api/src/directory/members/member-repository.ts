import type { Member, MemberSensitive, PrismaClient } from '../../platform/database/generated/client.ts';

export type MemberRow = Member & { sensitive: MemberSensitive[] };

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
