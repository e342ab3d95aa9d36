import type { SyncRunStatus } from '@orgmirror/contracts';
import type { Now } from '../platform/clock.ts';
import { findDatabaseTrouble } from '../platform/database/database-trouble.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import type { AppError } from '../platform/errors/app-error.ts';
import { storeRunError } from '../platform/errors/stored-error.ts';
import { deleteUnappliedPlan, finishRun } from './sync-run-repository.ts';

/** How long to go on trying to write down how a run ended while the database is away. */
const recordTimeoutMs = 120_000;

/**
 * Ends the run as failed or cancelled; while the database is away it tries again.
 * @returns false when it had ended already
 */
export async function recordFailure(
  { prisma, now }: { prisma: PrismaClient; now: Now },
  runId: string,
  error: AppError,
): Promise<boolean> {
  const status: SyncRunStatus = error.code === 'sync.cancelled' ? 'cancelled' : 'failed';
  const stored = storeRunError(error);
  const deadline = Date.now() + recordTimeoutMs;
  for (;;) {
    try {
      const isEnded = await finishRun(prisma, runId, status, now(), { error: stored });
      await deleteUnappliedPlan(prisma, runId);
      return isEnded;
    } catch (failure) {
      // Beyond the deadline, or for any other reason, the sweep of stale runs ends it as interrupted.
      if (findDatabaseTrouble(failure) === undefined || Date.now() > deadline) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}
