import type { Administrator } from '@orgmirror/contracts';
import type { Member, PasswordReset, PrismaClient, User } from '../../platform/database/generated/client.ts';
import { nameOf } from '../../platform/http/signed-in.ts';
import { checkConsoleAccess } from '../sessions/check-console-access.ts';
import { presentSignedInMember, presentSignedInUser } from '../sessions/session-service.ts';

export type AdministratorRow =
  | { kind: 'local'; user: User & { passwordReset: PasswordReset | null } }
  | { kind: 'member'; member: Member };

/** Accounts by when they were added, then members by their local ids. */
export type AdministratorPosition =
  | readonly ['local', createdAt: string, id: string]
  | readonly ['member', number];

/** One row more than `limit` after a position. */
export async function listAdministrators(
  prisma: PrismaClient,
  { limit, after }: { limit: number; after: AdministratorPosition | undefined },
): Promise<AdministratorRow[]> {
  const users = after?.[0] === 'member' ? [] : await listAccounts(prisma, limit + 1, after);
  const rest = limit + 1 - users.length;
  const members = rest === 0 ? [] : await listMembers(prisma, rest, after?.[0] === 'member' ? after[1] : 0);
  return [
    ...users.map((user) => ({ kind: 'local' as const, user })),
    ...members.map((member) => ({ kind: 'member' as const, member })),
  ];
}

const listAccounts = (
  prisma: PrismaClient,
  take: number,
  after: readonly ['local', createdAt: string, id: string] | undefined,
) =>
  prisma.user.findMany({
    ...(after && {
      where: { OR: [{ createdAt: { gt: after[1] } }, { createdAt: after[1], id: { gt: after[2] } }] },
    }),
    include: { passwordReset: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take,
  });

async function listMembers(prisma: PrismaClient, take: number, afterId: number): Promise<Member[]> {
  const connection = await prisma.wecomConnection.findFirst({ select: { corpRowId: true } });
  if (connection === null) return [];
  return prisma.member.findMany({
    where: { corpRowId: connection.corpRowId, role: { in: ['admin', 'auditor'] }, id: { gt: afterId } },
    orderBy: { id: 'asc' },
    take,
  });
}

export const positionOf = (row: AdministratorRow): AdministratorPosition =>
  row.kind === 'local' ? ['local', row.user.createdAt.toISOString(), row.user.id] : ['member', row.member.id];

/** The rows as the API shows them, with when each was last seen. */
export async function presentAdministrators(
  prisma: PrismaClient,
  rows: readonly AdministratorRow[],
  at: Date,
): Promise<Administrator[]> {
  const seen = await readLastSeen(prisma, rows);
  return rows.map((row, index) => ({
    ...(row.kind === 'local' ? presentAccount(row.user, at) : presentMember(row.member)),
    lastSeenAt: seen[index]?.toISOString() ?? null,
  }));
}

type Presented = Omit<Administrator, 'lastSeenAt'>;

function presentAccount(
  {
    id,
    username,
    role,
    createdAt,
    disabledAt,
    passwordReset,
  }: User & { passwordReset: PasswordReset | null },
  at: Date,
): Presented {
  const resetUntil = passwordReset && passwordReset.expiresAt > at ? passwordReset.expiresAt : null;
  return {
    kind: 'local',
    id,
    displayName: username,
    wecomUserId: null,
    role,
    enabled: disabledAt === null,
    resetUntil: resetUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

const presentMember = (member: Member): Presented => ({
  kind: 'member',
  id: String(member.id),
  displayName: member.name,
  wecomUserId: member.userId,
  role: member.role,
  enabled: checkConsoleAccess(member) === undefined,
  resetUntil: null,
  createdAt: member.createdAt.toISOString(),
});

/** By the latest use of a session, and the latest entry of the audit log for those whose sessions are gone. */
async function readLastSeen(
  prisma: PrismaClient,
  rows: readonly AdministratorRow[],
): Promise<(Date | null)[]> {
  const names = rows.map((row) =>
    nameOf(row.kind === 'local' ? presentSignedInUser(row.user) : presentSignedInMember(row.member)),
  );
  const userIds = rows.map((row) => (row.kind === 'local' ? row.user.id : null));
  const memberIds = rows.map((row) => (row.kind === 'member' ? row.member.id : null));
  const seen = await prisma.$queryRaw<{ at: Date | null }[]>`
    SELECT greatest(
      (SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = n.user_id OR s.member_id = n.member_id),
      (SELECT e.at FROM audit_entry e WHERE e.actor = n.name AND e.result = 'succeeded'
       ORDER BY e.at DESC, e.id DESC LIMIT 1)) AS at
    FROM unnest(${names}::text[], ${userIds}::uuid[], ${memberIds}::int[])
      WITH ORDINALITY AS n(name, user_id, member_id, position)
    ORDER BY n.position`;
  return seen.map(({ at }) => at);
}
