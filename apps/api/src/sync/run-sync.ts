import type { SyncRunCounts, SyncRunStatus } from '@orgmirror/contracts';
import type { Prisma } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { enterPhase, takeUp } from '../runs/enter-phase.ts';
import { keepWaitingRuns } from '../runs/keep-waiting-runs.ts';
import {
  endRun,
  isCancelRequested,
  type SyncRun,
  supersedeWaitingRuns,
} from '../runs/sync-run-repository.ts';
import { type Lease, LeaseLostError, writeUnderLease } from '../runs/write-under-lease.ts';
import { applyPlan } from './apply/apply-plan.ts';
import { refreshHashes } from './apply/refresh-hashes.ts';
import { countDrift } from './count-drift.ts';
import { hasHeld, logPhases, type Planned, readAndPlan } from './read-and-plan.ts';
import type { SyncDependencies } from './sync-dependencies.ts';

/** How long what is held can be approved: three days span a weekend. */
const holdForMs = 72 * 3_600_000;

/**
 * One sync from beginning to end: read what WeCom says, plan the difference, apply what needs nobody's approval in one
 * transaction, and leave the rest waiting. Whatever fails before the transaction's end leaves the directory as it was.
 * @returns false when the run was cancelled or done already
 */
export async function runSync(
  dependencies: SyncDependencies,
  run: SyncRun,
  lease: Lease,
  signal: AbortSignal,
): Promise<boolean> {
  const { prisma, now, logger } = dependencies;
  if (!(await takeUp(prisma, run, lease, 'reading'))) return false;
  const phases = logPhases(logger, run.id);
  const planned = await readAndPlan({ dependencies, run, lease, signal, phases });
  signal.throwIfAborted();
  const { plan } = planned;
  await refreshHashes(dependencies.database.executeLarge, lease, plan.unchangedHashes);

  if (plan.changeCount === 0 || run.mode === 'preview') {
    await writeUnderLease(prisma, lease, (transaction) => endUnapplied(transaction, run, now(), planned));
  } else {
    await enterPhase(prisma, run, lease, 'planning', 'applying');
    signal.throwIfAborted();
    await applyFreeChanges(dependencies, run, { lease, signal }, planned);
    phases.end('applying');
  }
  return true;
}

/** Ends a run that has nothing to apply, or a preview, which waits for approval. */
async function endUnapplied(
  transaction: Prisma.TransactionClient,
  run: SyncRun,
  at: Date,
  planned: Planned,
): Promise<void> {
  // A targeted run that finds nothing to change leaves the plans that wait as right as they were.
  if (planned.scope === 'full') await supersedeWaitingRuns(transaction, run.corpRowId, at);
  const waits = planned.plan.changeCount > 0;
  await endApplied(transaction, run, waits ? 'awaitingApproval' : 'succeeded', at, {
    ...(await describePlan(transaction, run, planned)),
    ...(waits && { heldUntil: holdUntil(at) }),
  });
}

/** Applies what needs nobody's approval, and ends the run in the same transaction, or leaves the rest waiting. */
export async function applyFreeChanges(
  { prisma, now }: SyncDependencies,
  run: SyncRun,
  { lease, signal }: { lease: Lease; signal: AbortSignal },
  planned: Planned,
): Promise<void> {
  const { plan, scope } = planned;
  const isHeld = hasHeld(plan);
  await applyPlan({
    prisma,
    lease,
    signal,
    selection: 'free',
    baseRevision: plan.baseRevision,
    finish: async (transaction, revision) => {
      const at = now();
      if (scope === 'targeted')
        await keepWaitingRuns(transaction, lease, { before: plan.baseRevision, after: revision });
      await supersedeWaitingRuns(transaction, run.corpRowId, at, scope === 'targeted' ? revision : null);
      await endApplied(transaction, run, isHeld ? 'awaitingApproval' : 'succeeded', at, {
        ...(await describePlan(transaction, run, planned)),
        appliedAt: at,
        // What is held was planned from the directory as it stands once the rest is applied.
        baseRevision: revision,
        unapprovedRemovals: { ...plan.unheldRemovals },
        ...(isHeld && { heldUntil: holdUntil(at) }),
      });
    },
  });
}

/** Applies what a person approved: a preview's whole plan, or the held removals of a run. */
export async function applyApproved(
  { prisma, now }: SyncDependencies,
  run: SyncRun,
  lease: Lease,
  signal: AbortSignal,
): Promise<void> {
  if (run.baseRevision === null) throw new AppError('plan.stale');
  await applyPlan({
    prisma,
    lease,
    signal,
    selection: run.mode === 'preview' ? 'all' : 'held',
    baseRevision: run.baseRevision,
    finish: async (transaction, revision) => {
      const at = now();
      await endApplied(transaction, run, 'succeeded', at, {
        appliedAt: run.appliedAt ?? at,
        baseRevision: revision,
      });
    },
  });
}

/**
 * Ends the run in the transaction that applies it; a run that somebody ended meanwhile, or asked to cancel, must not be
 * applied at all.
 * @throws AppError `sync.cancelled`; LeaseLostError
 */
export async function endApplied(
  transaction: Prisma.TransactionClient,
  run: SyncRun,
  status: SyncRunStatus,
  at: Date,
  data: Prisma.SyncRunUpdateManyMutationInput,
): Promise<void> {
  if (await endRun(transaction, run.id, status, at, data, { cancelRequestedAt: null })) return;
  throw (await isCancelRequested(transaction, run.id))
    ? new AppError('sync.cancelled')
    : new LeaseLostError();
}

const holdUntil = (at: Date): Date => new Date(at.getTime() + holdForMs);

async function describePlan(
  transaction: Prisma.TransactionClient,
  run: SyncRun,
  { plan, settingsVersion, scope, complete }: Planned,
): Promise<Prisma.SyncRunUpdateManyMutationInput> {
  const drift = scope === 'full' && complete ? await countDrift(transaction, run) : null;
  return {
    counts: plan.counts as SyncRunCounts,
    held: { ...plan.held },
    heldReasons: plan.heldReasons as unknown as Prisma.InputJsonArray, // plain JSON by its type
    planFingerprint: plan.fingerprint,
    baseRevision: plan.baseRevision,
    settingsVersion,
    ...(drift && { drift: { ...drift } }),
  };
}
