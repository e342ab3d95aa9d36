import { findConnection } from '../connection/wecom-connection-repository.ts';
import { classifyError } from '../platform/errors/classify-error.ts';
import { recordFailure } from '../runs/record-failure.ts';
import type { SyncDependencies } from '../runs/sync-dependencies.ts';
import { findRun } from '../runs/sync-run-repository.ts';
import { withRunLease } from '../runs/with-run-lease.ts';
import { updateScheduleAfterRun } from '../schedule/update-schedule-after-run.ts';
import { applyApproved } from './apply/apply-run.ts';
import { runSync } from './run-sync.ts';
import { runUndo } from './undo/run-undo.ts';

/**
 * What a worker does with a job: runs a sync or an undo, or applies what was approved, and writes down how it
 * ended.
 */
export async function executeRun(dependencies: SyncDependencies, runId: string): Promise<void> {
  const { prisma, logger } = dependencies;
  const run = await findRun(prisma, runId);
  if (run === null || (run.status !== 'queued' && run.status !== 'applying')) return; // a repeated job
  const settingsVersion = (await findConnection(prisma))?.version ?? null;
  let isEndedHere: boolean;
  try {
    isEndedHere = await withRunLease(dependencies, run, async (lease, signal) => {
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
  if (isEndedHere) await countEnded(dependencies, runId);
  // What was approved was read long ago: applying it says nothing about the next start. Nor does a run that
  // another process ended meanwhile: that one has drawn the conclusions.
  if (isEndedHere && run.status === 'queued')
    await updateScheduleAfterRun(dependencies, runId, settingsVersion);
}

/** How it ended, or that it waits. */
async function countEnded({ prisma, metrics }: SyncDependencies, runId: string): Promise<void> {
  const ended = await findRun(prisma, runId);
  if (ended !== null) metrics.countRun(ended);
}
