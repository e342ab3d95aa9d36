import type { SyncRunCounts } from '@orgmirror/contracts';
import { AppError } from '../../platform/errors/app-error.ts';
import { claimRun, enterPhase } from '../../runs/claim-run.ts';
import type { Lease } from '../../runs/fenced-transaction.ts';
import { measurePhases } from '../../runs/measure-phases.ts';
import { withWorkReport } from '../../runs/report-work.ts';
import type { SyncDependencies } from '../../runs/sync-dependencies.ts';
import { findRun, type SyncRun, supersedePendingRuns } from '../../runs/sync-run-repository.ts';
import { applyPlan } from '../apply/apply-plan.ts';
import { finishRunInTransaction } from '../apply/finish-run.ts';
import { createDirectoryDigest } from '../plan/directory-digest.ts';
import { planUndo } from './plan-undo.ts';
import { requireUndoable } from './start-undo.ts';

/**
 * One undo from beginning to end: look again for what stands in its way, plan the opposite of what the run
 * applied, and apply it in one transaction. WeCom is not asked; the next sync compares the rows that were
 * touched.
 * @returns false when the run was cancelled or done already
 */
export async function runUndo(
  dependencies: SyncDependencies,
  run: SyncRun,
  lease: Lease,
  signal: AbortSignal,
): Promise<boolean> {
  const { prisma, database, secretBox, now } = dependencies;
  if (!(await claimRun(prisma, run, lease, 'planning'))) return false;
  const { revision } = await prisma.corp.findUniqueOrThrow({ where: { id: run.corpRowId } });
  const target = run.undoOfId === null ? null : await findRun(prisma, run.undoOfId);
  if (target === null) throw new AppError('undo.not_possible');
  const options = {
    prisma,
    executeLarge: database.executeLarge,
    secretBox,
    digest: createDirectoryDigest(secretBox),
    lease,
    signal,
    target: await requireUndoable(prisma, target),
    baseRevision: revision,
  };
  const measure = measurePhases(dependencies, run.id);
  const plan = await measure('planning', () =>
    withWorkReport(dependencies, lease, 'planning', (reportWork) => planUndo({ ...options, reportWork })),
  );
  await measure('applying', async () => {
    await enterPhase(prisma, run, lease, 'planning', 'applying');
    signal.throwIfAborted();
    await applyPlan({
      dependencies,
      lease,
      signal,
      selection: 'all',
      baseRevision: revision,
      finish: async (transaction, newRevision) => {
        const at = now();
        // Pending plans were made from the directory as it was.
        await supersedePendingRuns(transaction, run.corpRowId, at);
        await finishRunInTransaction(transaction, run, 'succeeded', at, {
          counts: plan.counts as SyncRunCounts,
          planFingerprint: plan.fingerprint,
          baseRevision: newRevision,
          appliedAt: at,
        });
      },
    });
  });
  return true;
}
