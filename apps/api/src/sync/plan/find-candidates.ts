import type { Snapshot } from '@orgmirror/planner';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { letOthersRun } from '../../platform/event-loop.ts';
import { listMemberKeysIn, readMemberDigests } from './current-directory-repository.ts';

export interface Candidates {
  /** In the snapshot, never seen here; not kept but gone through. */
  newKeys: Iterable<string>;
  /** In both, and not certainly equal. */
  changedKeys: string[];
  /** Present here, not in a complete snapshot. */
  leavingKeys: string[];
  /** Members present here before the run. */
  presentCount: number;
}

/** Comparing so many takes some milliseconds. */
const membersPerTurn = 200;

/** Finds the members that a plan must look at; those with an unchanged content hash are passed over. */
export async function findCandidates(
  prisma: PrismaClient,
  corpRowId: number,
  snapshot: Snapshot,
  removedDepartmentIds: ReadonlySet<number>,
): Promise<Candidates> {
  // Whoever is in a department that goes loses that place, even when WeCom's answer about them is as before.
  const touched = new Set(await listMemberKeysIn(prisma, corpRowId, [...removedDepartmentIds]));
  const unknown = snapshot.createChecklist();
  const found = { changedKeys: [] as string[], leavingKeys: [] as string[], presentCount: 0 };
  for await (const rows of readMemberDigests(prisma, corpRowId)) {
    for (const [number, { userKey, contentHash, present }] of rows.entries()) {
      if (number % membersPerTurn === 0) await letOthersRun();
      if (present) found.presentCount++;
      if (!unknown.tick(userKey)) {
        if (present && snapshot.complete) found.leavingKeys.push(userKey);
        continue;
      }
      const unchanged = present && contentHash === snapshot.memberHash(userKey) && !touched.has(userKey);
      if (!unchanged) found.changedKeys.push(userKey);
    }
  }
  return { ...found, newKeys: unknown.rest() };
}
