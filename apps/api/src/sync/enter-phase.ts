import { AppError } from '../app-error.ts';
import type { PrismaClient } from '../database/generated/client.ts';
import { type Lease, writeUnderLease } from '../database/write-under-lease.ts';
import { moveRun, type SyncRun } from '../history/sync-run-repository.ts';

/** Begins a queued run; false when it was cancelled, or another process took it up. */
export const takeUp = (
  prisma: PrismaClient,
  run: SyncRun,
  lease: Lease,
  status: 'reading' | 'planning',
): Promise<boolean> =>
  writeUnderLease(prisma, lease, (transaction) => moveRun(transaction, run.id, ['queued'], { status }));

/** Moves a run on. @throws AppError `sync.interrupted` when somebody ended it */
export async function enterPhase(
  prisma: PrismaClient,
  run: SyncRun,
  lease: Lease,
  from: 'reading' | 'planning',
  to: 'planning' | 'applying',
): Promise<void> {
  const isMoved = await writeUnderLease(prisma, lease, (transaction) =>
    moveRun(transaction, run.id, [from], { status: to }),
  );
  if (!isMoved) throw new AppError('sync.interrupted');
}
