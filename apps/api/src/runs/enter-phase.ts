import type { PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { moveRun, type SyncRun } from './sync-run-repository.ts';
import { type Lease, writeUnderLease } from './write-under-lease.ts';

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
