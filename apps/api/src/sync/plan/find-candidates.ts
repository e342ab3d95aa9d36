import { type Candidates, createCandidateFinder, type Snapshot } from '@orgmirror/planner';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { yieldToEventLoop } from '../../platform/event-loop.ts';
import { listMemberKeysIn, readMemberDigests } from './current-directory-repository.ts';

/** Comparing this many takes some milliseconds. */
const membersPerBatch = 200;

/** Finds the members that a plan must look at by the digests of all that are stored. */
export async function findCandidates(
  prisma: PrismaClient,
  corpRowId: number,
  snapshot: Snapshot,
  removedDepartmentIds: ReadonlySet<number>,
): Promise<Candidates> {
  const affectedKeys = new Set(await listMemberKeysIn(prisma, corpRowId, [...removedDepartmentIds]));
  const finder = createCandidateFinder(snapshot, affectedKeys);
  for await (const rows of readMemberDigests(prisma, corpRowId)) {
    for (const [number, row] of rows.entries()) {
      if (number % membersPerBatch === 0) await yieldToEventLoop();
      finder.add(row);
    }
  }
  return finder.finish();
}
