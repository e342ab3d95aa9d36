import type { PrismaClient, SyncRun } from '../platform/database/generated/client.ts';

/**
 * Ids of the runs after this one whose changes are still in force: not those that were undone since, nor the
 * undos that did it. An undo that was itself undone no longer counts, and the run that it had reverted is in
 * force again.
 */
export async function listUnrevertedRunsAfter(
  prisma: PrismaClient,
  run: Pick<SyncRun, 'corpRowId' | 'baseRevision'>,
): Promise<string[]> {
  const later = await prisma.syncRun.findMany({
    where: {
      corpRowId: run.corpRowId,
      appliedAt: { not: null },
      baseRevision: { gt: run.baseRevision ?? 0n },
    },
    select: { id: true, undoOfId: true },
  });
  const ids = new Set(later.map(({ id }) => id));
  const undoOf = new Map(later.map(({ id, undoOfId }) => [undoOfId, id]));
  return later
    .filter(({ undoOfId }) => undoOfId === null || !ids.has(undoOfId)) // else it only takes a later run back
    .filter(({ id }) => !isUndone(id, undoOf))
    .map(({ id }) => id);
}

/** Whether the undos of the run, each of the one before, are odd in number. */
function isUndone(runId: string, undoOf: ReadonlyMap<string | null, string>): boolean {
  let undone = false;
  for (let undo = undoOf.get(runId); undo !== undefined; undo = undoOf.get(undo)) undone = !undone;
  return undone;
}
