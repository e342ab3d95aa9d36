import { claimRun, enterPhase } from '../runs/claim-run.ts';
import type { Lease } from '../runs/fenced-transaction.ts';
import { measurePhases } from '../runs/measure-phases.ts';
import { hasPendingRun } from '../runs/rebase-pending-plans.ts';
import type { SyncDependencies } from '../runs/sync-dependencies.ts';
import type { SyncRun } from '../runs/sync-run-repository.ts';
import { applyUnheldChanges } from './apply/apply-run.ts';
import { finishWithoutApply, hasHeldChanges, type PlannedRun } from './apply/finish-run.ts';
import { refreshHashes } from './apply/refresh-hashes.ts';
import { discardTargetedPlan, planChanges } from './plan-changes.ts';
import { type ReadSnapshot, readFullSnapshot, readSnapshot } from './read-snapshot.ts';
import type { RunContext } from './run-context.ts';

/**
 * One sync from beginning to end: read what WeCom says, plan the difference, apply what needs no approval in
 * one transaction, and leave the rest pending. A failure before the transaction's end leaves the directory as
 * it was.
 * @returns false when the run was cancelled or done already
 */
export async function runSync(
  dependencies: SyncDependencies,
  run: SyncRun,
  lease: Lease,
  signal: AbortSignal,
): Promise<boolean> {
  const context = { dependencies, run, lease, signal, measure: measurePhases(dependencies, run.id) };
  if (!(await claimRun(dependencies.prisma, run, lease, 'reading'))) return false;

  let planned = await readAndPlan(context, readSnapshot);
  if (await mustReadEverything(context, planned)) {
    await discardTargetedPlan(context);
    planned = await readAndPlan(context, readFullSnapshot);
  }
  signal.throwIfAborted();
  await refreshHashes(dependencies.database.executeLarge, lease, planned.plan.unchangedHashes);
  await applyOrFinish(context, planned);
  return true;
}

async function readAndPlan(
  context: RunContext,
  read: (context: RunContext) => Promise<ReadSnapshot>,
): Promise<PlannedRun> {
  const snapshot = await context.measure('reading', () => read(context));
  return context.measure('planning', () => planChanges(context, snapshot));
}

/**
 * A targeted run must not hold removals beside those of a pending run: they are judged and approved together.
 */
const mustReadEverything = async ({ dependencies, run }: RunContext, { plan, scope }: PlannedRun) =>
  scope === 'targeted' && hasHeldChanges(plan) && (await hasPendingRun(dependencies.prisma, run.corpRowId));

/** Applies what the plan may change at once; a preview, and a plan without changes, only end the run. */
async function applyOrFinish(context: RunContext, planned: PlannedRun): Promise<void> {
  const { dependencies, run, lease, signal, measure } = context;
  if (planned.plan.changeCount === 0 || run.mode === 'preview')
    return finishWithoutApply(dependencies, run, lease, planned);
  await measure('applying', async () => {
    await enterPhase(dependencies.prisma, run, lease, 'planning', 'applying');
    signal.throwIfAborted();
    await applyUnheldChanges(dependencies, run, { lease, signal }, planned);
  });
}
