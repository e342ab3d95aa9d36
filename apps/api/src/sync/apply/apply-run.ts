import { AppError } from '../../platform/errors/app-error.ts';
import type { Lease } from '../../runs/fenced-transaction.ts';
import { rebasePendingPlans } from '../../runs/rebase-pending-plans.ts';
import type { SyncDependencies } from '../../runs/sync-dependencies.ts';
import { type SyncRun, supersedePendingRuns } from '../../runs/sync-run-repository.ts';
import { applyPlan } from './apply-plan.ts';
import {
  describePlan,
  expiresAt,
  finishRunInTransaction,
  hasHeldChanges,
  type PlannedRun,
} from './finish-run.ts';

/** Applies what needs no approval, and ends the run in the same transaction, or leaves the rest pending. */
export async function applyUnheldChanges(
  dependencies: SyncDependencies,
  run: SyncRun,
  { lease, signal }: { lease: Lease; signal: AbortSignal },
  planned: PlannedRun,
): Promise<void> {
  const { plan, scope } = planned;
  const isHeld = hasHeldChanges(plan);
  await applyPlan({
    dependencies,
    lease,
    signal,
    selection: 'free',
    baseRevision: plan.baseRevision,
    finish: async (transaction, revision) => {
      const at = dependencies.now();
      if (scope === 'targeted')
        await rebasePendingPlans(transaction, lease, { before: plan.baseRevision, after: revision });
      await supersedePendingRuns(transaction, run.corpRowId, at, scope === 'targeted' ? revision : null);
      await finishRunInTransaction(transaction, run, isHeld ? 'awaitingApproval' : 'succeeded', at, {
        ...(await describePlan(transaction, run, planned)),
        appliedAt: at,
        // What is held was planned from the directory as it stands once the rest is applied.
        baseRevision: revision,
        unapprovedRemovals: { ...plan.unheldRemovals },
        ...(isHeld && { waitingSince: at, heldUntil: expiresAt(at) }),
      });
    },
  });
}

/** Applies what was approved: a preview's whole plan, or the held removals of a run. */
export async function applyApproved(
  dependencies: SyncDependencies,
  run: SyncRun,
  lease: Lease,
  signal: AbortSignal,
): Promise<void> {
  if (run.baseRevision === null) throw new AppError('plan.stale');
  await applyPlan({
    dependencies,
    lease,
    signal,
    selection: run.mode === 'preview' ? 'all' : 'held',
    baseRevision: run.baseRevision,
    finish: async (transaction, revision) => {
      const at = dependencies.now();
      await finishRunInTransaction(transaction, run, 'succeeded', at, {
        appliedAt: run.appliedAt ?? at,
        baseRevision: revision,
      });
    },
  });
}
