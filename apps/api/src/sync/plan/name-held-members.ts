import type { SyncRun } from '@orgmirror/contracts';
import type { GuardReason } from '@orgmirror/planner';
import { type NamedMember, readNamedMembers } from '../../directory/members/member-repository.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';

/** The guard's reasons with the members whom they mean, since nobody knows a member by a key. */
export async function nameHeldMembers(
  prisma: Pick<PrismaClient, 'member'>,
  corpRowId: number,
  reasons: readonly GuardReason[],
): Promise<SyncRun['heldReasons']> {
  const keys = reasons.flatMap((reason) => ('keys' in reason ? reason.keys : []));
  const members =
    keys.length === 0 ? new Map<string, NamedMember>() : await readNamedMembers(prisma, corpRowId, keys);
  return reasons.map((reason) => {
    if (!('keys' in reason)) return { ...reason };
    return {
      ...reason,
      keys: [...reason.keys],
      members: reason.keys.map((key) => members.get(key) ?? { wecomUserId: key, name: key }),
    };
  });
}
