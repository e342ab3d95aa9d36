import type { Logger } from 'pino';
import { runInBackground } from '../platform/database/background-work.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { isDatabaseUnavailable } from '../platform/database/is-database-unavailable.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { releaseLease, renewLease, takeLease } from './lease.ts';
import { isCancelRequested } from './sync-run-repository.ts';
import { type Lease, LeaseLostError } from './write-under-lease.ts';

const renewEveryMs = 8_000;
const lookForCancelEveryMs = 1_000;
/** A killed run's lease ends within 30 s: waiting a little longer takes it over without anyone's help. */
const waitForLeaseMs = 60_000;

/**
 * Runs `work` while holding the corp's lease. The signal given to it fires when somebody cancels the run or the lease
 * is lost, with the error to end with.
 */
export async function runUnderLease<Result>(
  { prisma, logger }: { prisma: PrismaClient; logger: Logger },
  run: { id: string; corpRowId: number },
  work: (lease: Lease, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lease = await waitForLease(prisma, run);
  const stop = new AbortController();
  const watch = watchRun({ prisma, logger }, lease, stop);
  try {
    return await work(lease, stop.signal);
  } finally {
    clearInterval(watch);
    await releaseLease(prisma, lease);
  }
}

async function waitForLease(prisma: PrismaClient, run: { id: string; corpRowId: number }): Promise<Lease> {
  const deadline = Date.now() + waitForLeaseMs;
  for (;;) {
    const lease = await takeLease(prisma, run.corpRowId, run.id);
    if (lease !== null) return lease;
    if (Date.now() > deadline) throw new LeaseLostError();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function watchRun(
  { prisma, logger }: { prisma: PrismaClient; logger: Logger },
  lease: Lease,
  stop: AbortController,
): NodeJS.Timeout {
  let renewedAt = Date.now();
  let busy = false;
  const look = async () => {
    const isCancelled = await runInBackground(() => isCancelRequested(prisma, lease.runId));
    if (isCancelled) stop.abort(new AppError('sync.cancelled'));
    if (Date.now() - renewedAt < renewEveryMs) return;
    if (!(await renewLease(prisma, lease))) stop.abort(new LeaseLostError());
    renewedAt = Date.now();
  };
  return setInterval(() => {
    if (busy) return; // the last look still waits for the database
    busy = true;
    look()
      .catch((error: unknown) => {
        // The work itself meets the same trouble and ends the run; a lease that cannot be renewed ends by itself.
        if (!isDatabaseUnavailable(error)) stop.abort(error);
        logger.warn({ err: error, runId: lease.runId }, 'a look at the running sync failed');
      })
      .finally(() => {
        busy = false;
      });
  }, lookForCancelEveryMs);
}
