import { findConnection } from '../connection/wecom-connection-repository.ts';
import { logFailure } from '../platform/database/log-failure.ts';
import { classifyError } from '../platform/errors/classify-error.ts';
import type { Span } from '../platform/tracing/tracing.ts';
import type { Lease } from '../runs/fenced-transaction.ts';
import { measurePhases } from '../runs/measure-phases.ts';
import { recordFailure } from '../runs/record-failure.ts';
import type { SyncDependencies } from '../runs/sync-dependencies.ts';
import { findRun, type SyncRun } from '../runs/sync-run-repository.ts';
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
  const { prisma, tracing } = dependencies;
  const run = await findRun(prisma, runId);
  if (run === null || (run.status !== 'queued' && run.status !== 'applying')) return; // a repeated job
  const { mode, trigger } = run;
  await tracing.trace('sync run', { 'orgmirror.run.mode': mode, 'orgmirror.run.trigger': trigger }, (span) =>
    executeTraced(dependencies, run, span),
  );
}

async function executeTraced(dependencies: SyncDependencies, run: SyncRun, span: Span): Promise<void> {
  const { prisma, logger } = dependencies;
  const { id: runId } = run;
  const settingsVersion = (await findConnection(prisma))?.version ?? null;
  const fail = (thrown: unknown): Promise<boolean> => {
    const error = classifyError(thrown);
    logFailure(logger, thrown, 'sync run failed', { level: 'error', runId, code: error.code });
    span.fail(error.code);
    return recordFailure(dependencies, runId, error);
  };
  // How a run ended is written down before its lease is given back: in between, it would look like one whose process died.
  const isEndedHere = await withRunLease(dependencies, run, (lease, signal) =>
    work(dependencies, run, lease, signal).catch(fail),
  ).catch(fail); // the lease was not to be had
  if (isEndedHere) await recordEnd(dependencies, runId, span);
  // What was approved was read long ago: applying it says nothing about the next start. Nor does a run that
  // another process ended meanwhile: that one has drawn the conclusions.
  if (isEndedHere && run.status === 'queued')
    await updateScheduleAfterRun(dependencies, runId, settingsVersion);
}

/** @returns false when the run was ended elsewhere */
async function work(
  dependencies: SyncDependencies,
  run: SyncRun,
  lease: Lease,
  signal: AbortSignal,
): Promise<boolean> {
  if (run.status !== 'queued') {
    const measure = measurePhases(dependencies, run.id);
    await measure('applying', () => applyApproved(dependencies, run, lease, signal));
    return true;
  }
  const begin = run.mode === 'undo' ? runUndo : runSync;
  const isEndedHere = await begin(dependencies, run, lease, signal);
  dependencies.logger.info({ runId: run.id }, 'sync run ended');
  return isEndedHere;
}

/** How it ended, or that it waits. */
async function recordEnd({ prisma, metrics }: SyncDependencies, runId: string, span: Span): Promise<void> {
  const ended = await findRun(prisma, runId);
  if (ended === null) return;
  metrics.countRun(ended);
  span.set({ 'orgmirror.run.status': ended.status });
}
