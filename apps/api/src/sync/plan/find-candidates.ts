import { type Candidates, createCandidateFinder, type Snapshot } from '@orgmirror/planner';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { createTimeSlices } from '../../platform/event-loop.ts';
import { listMemberKeysIn, readMemberDigests } from './current-directory-repository.ts';

/** Finds the members that a plan must look at by the digests of all that are stored. */
export async function findCandidates(
  prisma: PrismaClient,
  corpRowId: number,
  snapshot: Snapshot,
  removedDepartmentIds: ReadonlySet<number>,
): Promise<Candidates> {
  const affectedKeys = new Set(await listMemberKeysIn(prisma, corpRowId, [...removedDepartmentIds]));
  const finder = createCandidateFinder(snapshot, affectedKeys);
  const endSlice = createTimeSlices();
  for await (const rows of readMemberDigests(prisma, corpRowId)) {
    for (const row of rows) {
      finder.add(row);
      await endSlice();
    }
  }
  return finder.finish();
}
