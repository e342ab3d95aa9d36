import type { PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { fencedTransaction, type Lease } from './fenced-transaction.ts';
import { type SyncRun, transitionRun } from './sync-run-repository.ts';

/** Begins a queued run; false when it was cancelled, or another process has claimed it. */
export const claimRun = (
  prisma: PrismaClient,
  run: SyncRun,
  lease: Lease,
  status: 'reading' | 'planning',
): Promise<boolean> =>
  fencedTransaction(prisma, lease, (transaction) =>
    transitionRun(transaction, run.id, ['queued'], { status }),
  );

/** Enters the next phase. @throws AppError `sync.interrupted` when the run was ended meanwhile */
export async function enterPhase(
  prisma: PrismaClient,
  run: SyncRun,
  lease: Lease,
  from: 'reading' | 'planning',
  to: 'planning' | 'applying',
): Promise<void> {
  const hasEntered = await fencedTransaction(prisma, lease, (transaction) =>
    transitionRun(transaction, run.id, [from], { status: to }),
  );
  if (!hasEntered) throw new AppError('sync.interrupted');
}
