import type { Candidates, Snapshot } from '@orgmirror/planner';
import type { PrismaClient } from '../../platform/database/generated/client.ts';

/** Of a targeted read: the members that were read or are gone, and no others. */
export async function findTargets(
  prisma: PrismaClient,
  corpRowId: number,
  snapshot: Snapshot,
  userKeys: readonly string[],
): Promise<Candidates> {
  const rows = await prisma.member.findMany({
    where: { corpRowId, userKey: { in: [...userKeys] } },
    select: { userKey: true, presence: true },
  });
  const known = new Map(rows.map(({ userKey, presence }) => [userKey, presence]));
  return {
    newKeys: userKeys.filter((key) => snapshot.hasMember(key) && !known.has(key)),
    changedKeys: userKeys.filter((key) => snapshot.hasMember(key) && known.has(key)),
    leavingKeys: userKeys.filter((key) => !snapshot.hasMember(key) && known.get(key) === 'present'),
    presentCount: await prisma.member.count({ where: { corpRowId, presence: 'present' } }),
  };
}
