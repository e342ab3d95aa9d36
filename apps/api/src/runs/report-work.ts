import type { Logger } from 'pino';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { logFailure } from '../platform/database/log-failure.ts';
import type { Lease } from './fenced-transaction.ts';
import { type RunWork, updateRunWork } from './sync-run-repository.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const writeIntervalMs = 500;

/** Tells how much of a phase's work is done. */
export type ReportWork = (done: number, total: number) => void;

/**
 * Does the work of a phase, and writes down how far it is, at most twice a second. On the embedded database,
 * which has one connection, it is written when an open transaction has ended.
 */
export async function withWorkReport<T>(
  { prisma, logger }: { prisma: PrismaClient; logger: Logger },
  lease: Lease,
  phase: RunWork['phase'],
  work: (report: ReportWork) => Promise<T>,
): Promise<T> {
  let latest: RunWork | undefined;
  let written: RunWork | undefined;
  let writing: Promise<void> | undefined;
  const write = () => {
    if (writing || latest === undefined || latest === written) return;
    written = latest;
    writing = updateRunWork(prisma, lease, latest)
      // Progress is for the eye: the run itself will notice that the database is gone.
      .catch((error: unknown) =>
        logFailure(logger, error, "a sync's progress could not be written", { runId: lease.runId }),
      )
      .finally(() => {
        writing = undefined;
      });
  };
  const timer = setInterval(write, writeIntervalMs);
  try {
    return await work((done, total) => {
      latest = { phase, done, total };
    });
  } finally {
    clearInterval(timer);
    await writing;
    write();
    await writing;
  }
}
