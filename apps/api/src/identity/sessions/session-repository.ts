import type { Role } from '@orgmirror/contracts';
import type { Prisma, PrismaClient, Session } from '../../platform/database/generated/client.ts';
import type { MemberAccessState } from './check-console-access.ts';

/** Who a session belongs to: a local account or a member. */
export type SessionOwner = { userId: string } | { memberId: number };

/** A session with what there is to know of its owner; exactly one of the two is there. */
export interface FoundSession {
  id: string;
  expiresAt: Date;
  lastSeenAt: Date;
  account: { id: string; username: string; role: Role } | null;
  member:
    | (MemberAccessState & {
        id: number;
        userId: string;
        name: string;
        role: Role;
        /** Whether the member's corp is the one that this installation is connected to. */
        ofThisCorp: boolean;
      })
    | null;
}

/** One statement, since every request of the console makes it. */
export async function findSession(prisma: PrismaClient, id: string): Promise<FoundSession | null> {
  const [row] = await prisma.$queryRaw<FoundSession[]>`
    SELECT s.id, s.expires_at AS "expiresAt", s.last_seen_at AS "lastSeenAt",
      CASE WHEN u.id IS NOT NULL AND u.disabled_at IS NULL
        THEN json_build_object('id', u.id, 'username', u.username, 'role', u.role) END AS account,
      CASE WHEN m.id IS NOT NULL
        THEN json_build_object('id', m.id, 'userId', m.user_id, 'name', m.name, 'role', m.role, 'status', m.status,
          'presence', m.presence, 'disabledBy', m.disabled_by,
          'ofThisCorp', EXISTS (SELECT FROM wecom_connection w WHERE w.corp_row_id = m.corp_row_id)) END AS member
    FROM session s LEFT JOIN user_account u ON u.id = s.user_id LEFT JOIN member m ON m.id = s.member_id
    WHERE s.id = ${id}::uuid`;
  return row ?? null;
}

export interface SessionPage {
  limit: number;
  after: readonly [createdAt: string, id: string] | undefined;
}

/**
 * Sessions of one owner that were used after `usedAfter` and have not ended at `at`; the latest sign-in
 * first, one more than `limit` if there are.
 */
export function listSessions(
  prisma: PrismaClient,
  owner: SessionOwner,
  live: { at: Date; usedAfter: Date },
  { limit, after }: SessionPage,
): Promise<Session[]> {
  return prisma.session.findMany({
    where: {
      ...owner,
      expiresAt: { gt: live.at },
      lastSeenAt: { gt: live.usedAfter },
      ...(after && { OR: [{ createdAt: { lt: after[0] } }, { createdAt: after[0], id: { lt: after[1] } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
}

/** Ends sessions of one owner: one of them, all but one, or all. @returns how many */
export async function deleteSessions(
  prisma: Pick<PrismaClient, 'session'>,
  owner: SessionOwner,
  which: { id?: string; exceptId?: string } = {},
): Promise<number> {
  const id: Prisma.UuidFilter = {
    ...(which.id !== undefined && { equals: which.id }),
    ...(which.exceptId !== undefined && { not: which.exceptId }),
  };
  const { count } = await prisma.session.deleteMany({ where: { ...owner, id } });
  return count;
}
