import type { Overview } from '@orgmirror/contracts';
import type { PrismaClient } from '../platform/database/generated/client.ts';

const shownSignIns = 6;

/** The latest attempts to sign in, newest first. */
export async function listSignIns(prisma: PrismaClient): Promise<Overview['signIns']> {
  const entries = await prisma.auditEntry.findMany({
    where: { action: 'session.sign_in' },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: shownSignIns,
  });
  return entries.map(({ id, at, actor, after, result, ip }) => ({
    id,
    at: at.toISOString(),
    actor,
    way: isByWecom(after) ? 'wecom' : 'local',
    result: result === 'failed' ? 'failed' : 'succeeded',
    ip,
  }));
}

const isByWecom = (after: unknown): boolean =>
  typeof after === 'object' && after !== null && 'way' in after && after.way === 'wecom';

/** When a member last signed in with WeCom and has not signed out since; ids of sessions are in their order. */
export async function findLastMemberSignIn(prisma: PrismaClient): Promise<Date | null> {
  const session = await prisma.session.findFirst({
    where: { memberId: { not: null } },
    orderBy: { id: 'desc' },
    select: { createdAt: true },
  });
  return session?.createdAt ?? null;
}
