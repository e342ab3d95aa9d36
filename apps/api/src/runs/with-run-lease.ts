import type { Logger } from 'pino';
import { runInBackground } from '../platform/database/background-work.ts';
import { findDatabaseTrouble } from '../platform/database/database-trouble.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { logFailure } from '../platform/database/log-failure.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { type Lease, LeaseLostError } from './fenced-transaction.ts';
import { acquireLease, releaseLease, renewLease } from './lease.ts';
import { isCancelRequested } from './sync-run-repository.ts';

const renewIntervalMs = 8_000;
const pollIntervalMs = 1_000;
/** A killed run's lease ends within 30 s: waiting a little longer takes it over unaided. */
const leaseWaitTimeoutMs = 60_000;

/**
 * Runs `work` while holding the corp's lease. The signal given to it fires when the run is cancelled or the
 * lease is lost, with the error to end with.
 */
export async function withRunLease<Result>(
  { prisma, logger }: { prisma: PrismaClient; logger: Logger },
  run: { id: string; corpRowId: number },
  work: (lease: Lease, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lease = await waitForLease(prisma, run);
  const stop = new AbortController();
  const heartbeat = startHeartbeat({ prisma, logger }, lease, stop);
  try {
    return await work(lease, stop.signal);
  } finally {
    clearInterval(heartbeat);
    await releaseLease(prisma, lease);
  }
}

async function waitForLease(prisma: PrismaClient, run: { id: string; corpRowId: number }): Promise<Lease> {
  const deadline = performance.now() + leaseWaitTimeoutMs;
  for (;;) {
    const lease = await acquireLease(prisma, run.corpRowId, run.id);
    if (lease !== null) return lease;
    if (performance.now() > deadline) throw new LeaseLostError();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function startHeartbeat(
  { prisma, logger }: { prisma: PrismaClient; logger: Logger },
  lease: Lease,
  stop: AbortController,
): NodeJS.Timeout {
  let renewedAt = performance.now();
  let busy = false;
  const poll = async () => {
    const isCancelled = await runInBackground(() => isCancelRequested(prisma, lease.runId));
    if (isCancelled) stop.abort(new AppError('sync.cancelled'));
    if (performance.now() - renewedAt < renewIntervalMs) return;
    if (!(await renewLease(prisma, lease))) stop.abort(new LeaseLostError());
    renewedAt = performance.now();
  };
  return setInterval(() => {
    if (busy) return; // the last poll still waits for the database
    busy = true;
    poll()
      .catch((error: unknown) => {
        // The work itself meets the same failure and ends the run; a lease that cannot be renewed ends by
        // itself.
        if (findDatabaseTrouble(error) === undefined) stop.abort(error);
        logFailure(logger, error, 'the heartbeat of the running sync failed', { runId: lease.runId });
      })
      .finally(() => {
        busy = false;
      });
  }, pollIntervalMs);
}
