import type { SyncManifest } from '@orgmirror/contracts';
import type { CallEvent } from '@orgmirror/wecom';
import type { Logger } from 'pino';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { logFailure } from '../platform/database/log-failure.ts';
import type { Lease } from './fenced-transaction.ts';
import { noProgress, type RunProgress, updateRunProgress } from './sync-run-repository.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const writeIntervalMs = 500;

/** Counts a run's calls and writes its progress down, at most twice a second. */
export function createProgressReporter(
  { prisma, logger }: { prisma: PrismaClient; logger: Logger },
  lease: Lease,
) {
  const calls: Pick<SyncManifest, 'apiCalls' | 'retries' | 'waits'> = { apiCalls: 0, retries: 0, waits: 0 };
  let latest: RunProgress = noProgress;
  let written: RunProgress | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    const progress = { ...latest, apiCalls: calls.apiCalls };
    if (JSON.stringify(progress) === JSON.stringify(written)) return;
    written = progress;
    writing = updateRunProgress(prisma, lease, progress).catch((error: unknown) => {
      // Progress is for the eye: the run itself will notice that the database is gone.
      logFailure(logger, error, "a sync's progress could not be written", { runId: lease.runId });
    });
  };
  const timer = setInterval(write, writeIntervalMs);
  return {
    calls,
    countCall: (event: CallEvent) => {
      if (event.kind === 'attempt') {
        calls.apiCalls++;
        if (event.attempt > 1) calls.retries++;
      } else if (event.kind === 'wait' && event.reason !== 'pacing') {
        calls.waits++;
      }
    },
    report: (progress: Omit<RunProgress, 'apiCalls'>) => {
      latest = { ...progress, apiCalls: 0 };
    },
    finish: async () => {
      clearInterval(timer);
      await writing;
      write();
      await writing;
    },
  };
}
