import type { SyncRunCounts, SyncRunStatus } from '@orgmirror/contracts';
import type { Prisma } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { fencedTransaction, type Lease, LeaseLostError } from '../../runs/fenced-transaction.ts';
import type { SyncDependencies } from '../../runs/sync-dependencies.ts';
import {
  finishRun,
  isCancelRequested,
  type SyncRun,
  supersedePendingRuns,
} from '../../runs/sync-run-repository.ts';
import type { MadePlan } from '../plan/make-plan.ts';
import { nameHeldMembers } from '../plan/name-held-members.ts';
import { countDrift } from './count-drift.ts';

/** How long held changes can be approved: three days span a weekend. */
const approvalTtlMs = 72 * 3_600_000;

/** A run's plan, and what it was made from. */
export interface PlannedRun {
  plan: MadePlan;
  settingsVersion: number;
  /** What was read in the end. */
  scope: 'full' | 'targeted';
  /** Whether everything that was asked was answered. */
  complete: boolean;
}

/** Whether anything of a plan needs approval. */
export const hasHeldChanges = ({ held, heldReasons }: MadePlan): boolean =>
  held.departments + held.members > 0 || heldReasons.length > 0;

/** Ends a run that has nothing to apply, or a preview, which waits for approval. */
export async function finishWithoutApply(
  { prisma, now }: SyncDependencies,
  run: SyncRun,
  lease: Lease,
  planned: PlannedRun,
): Promise<void> {
  const at = now();
  await fencedTransaction(prisma, lease, async (transaction) => {
    // A targeted run that finds nothing to change leaves the pending plans as right as they were.
    if (planned.scope === 'full') await supersedePendingRuns(transaction, run.corpRowId, at);
    const isPending = planned.plan.changeCount > 0;
    await finishRunInTransaction(transaction, run, isPending ? 'awaitingApproval' : 'succeeded', at, {
      ...(await describePlan(transaction, run, planned)),
      ...(isPending && { waitingSince: at, heldUntil: expiresAt(at) }),
    });
  });
}

/**
 * Ends the run in the transaction that applies it; a run that was ended meanwhile, or asked to cancel, must
 * not be applied at all.
 * @throws AppError `sync.cancelled`; LeaseLostError
 */
export async function finishRunInTransaction(
  transaction: Prisma.TransactionClient,
  run: SyncRun,
  status: SyncRunStatus,
  at: Date,
  data: Prisma.SyncRunUpdateManyMutationInput,
): Promise<void> {
  if (await finishRun(transaction, run.id, status, at, data, { cancelRequestedAt: null })) return;
  throw (await isCancelRequested(transaction, run.id))
    ? new AppError('sync.cancelled')
    : new LeaseLostError();
}

/** When what is held from an instant on can no longer be approved. */
export const expiresAt = (at: Date): Date => new Date(at.getTime() + approvalTtlMs);

/** What a run's row shows of its plan. */
export async function describePlan(
  transaction: Prisma.TransactionClient,
  run: SyncRun,
  { plan, settingsVersion, scope, complete }: PlannedRun,
): Promise<Prisma.SyncRunUpdateManyMutationInput> {
  const drift = scope === 'full' && complete ? await countDrift(transaction, run) : null;
  return {
    counts: plan.counts as SyncRunCounts,
    held: { ...plan.held },
    heldReasons: await nameHeldMembers(transaction, run.corpRowId, plan.heldReasons),
    planFingerprint: plan.fingerprint,
    baseRevision: plan.baseRevision,
    settingsVersion,
    ...(drift && { drift: { ...drift } }),
  };
}
