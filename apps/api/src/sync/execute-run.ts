import type { SyncRunStatus } from '@orgmirror/contracts';
import { findConnection } from '../connection/wecom-connection-repository.ts';
import { isDatabaseUnavailable } from '../platform/database/is-database-unavailable.ts';
import type { AppError } from '../platform/errors/app-error.ts';
import { classifyError } from '../platform/errors/classify-error.ts';
import { storeRunError } from '../platform/errors/stored-error.ts';
import { runUnderLease } from '../runs/guard-run.ts';
import { discardPlan, endRun, findRun } from '../runs/sync-run-repository.ts';
import { recordOutcome } from '../schedule/record-outcome.ts';
import { applyApproved, runSync } from './run-sync.ts';
import type { SyncDependencies } from './sync-dependencies.ts';
import { runUndo } from './undo/run-undo.ts';

/** How long to go on trying to write down how a run ended while the database is away. */
const recordEndForMs = 120_000;

/** What a worker does with a job: runs a sync or an undo, or applies what was approved, and writes down how it ended. */
export async function executeRun(dependencies: SyncDependencies, runId: string): Promise<void> {
  const { prisma, logger } = dependencies;
  const run = await findRun(prisma, runId);
  if (run === null || (run.status !== 'queued' && run.status !== 'applying')) return; // a repeated job
  const settingsVersion = (await findConnection(prisma))?.version ?? null;
  let isEndedHere: boolean;
  try {
    isEndedHere = await runUnderLease(dependencies, run, async (lease, signal) => {
      if (run.status === 'queued') {
        const begin = run.mode === 'undo' ? runUndo : runSync;
        return begin(dependencies, run, lease, signal);
      }
      await applyApproved(dependencies, run, lease, signal);
      return true;
    });
    logger.info({ runId }, 'sync run ended');
  } catch (thrown) {
    const error = classifyError(thrown);
    logger.error({ err: thrown, runId, code: error.code }, 'sync run failed');
    isEndedHere = await recordFailure(dependencies, runId, error);
  }
  // What was approved was read long ago: applying it says nothing about the next start. Nor does a run that another
  // process ended meanwhile: that one has drawn the conclusions.
  if (isEndedHere && run.status === 'queued') await recordOutcome(dependencies, runId, settingsVersion);
}

/**
 * Ends the run as failed or cancelled; while the database is away it tries again.
 * @returns false when it had ended already
 */
export async function recordFailure(
  dependencies: SyncDependencies,
  runId: string,
  error: AppError,
): Promise<boolean> {
  const { prisma, now } = dependencies;
  const status: SyncRunStatus = error.code === 'sync.cancelled' ? 'cancelled' : 'failed';
  const stored = storeRunError(error);
  const deadline = Date.now() + recordEndForMs;
  for (;;) {
    try {
      const isEnded = await endRun(prisma, runId, status, now(), { error: stored });
      await discardPlan(prisma, runId);
      return isEnded;
    } catch (failure) {
      // Beyond the deadline, or for any other reason, the next process to look ends the run as interrupted.
      if (!isDatabaseUnavailable(failure) || Date.now() > deadline) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}
