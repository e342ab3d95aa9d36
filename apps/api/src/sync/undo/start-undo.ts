import { randomUUID } from 'node:crypto';
import type { Problem, UndoEffect } from '@orgmirror/contracts';
import { findConnection } from '../../connection/wecom-connection-repository.ts';
import type { Now } from '../../platform/clock.ts';
import type { Prisma, PrismaClient } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { listUnrevertedRunsAfter } from '../../runs/list-unreverted-runs.ts';
import type { SyncQueue } from '../../runs/sweep-stale-runs.ts';
import {
  createRun,
  detachFailedUndo,
  findActiveRun,
  findUndo,
  type SyncRun,
} from '../../runs/sync-run-repository.ts';
import { findUndoConflicts } from './find-undo-conflicts.ts';
import { measureUndo } from './measure-undo.ts';
import type { AppliedChanges } from './read-applied-changes.ts';

interface UndoDependencies {
  prisma: PrismaClient;
  now: Now;
}

interface UndoRequest {
  startedBy: string;
  /** Departments and members together that the caller expects to be removed. */
  confirmedRemovals?: number | undefined;
}

/**
 * What an undo of the run would do, judged by the guard.
 * @throws AppError `undo.not_possible`, `undo.conflict`
 */
export async function findUndoEffect(
  { prisma, now }: UndoDependencies,
  target: SyncRun,
): Promise<UndoEffect> {
  if (findUndo(target)?.status === 'succeeded') throw new AppError('undo.not_possible');
  return measureUndo(prisma, target.corpRowId, await requireUndoable(prisma, target), now());
}

/**
 * Queues an undo of a run; `record` writes it down in the same transaction. What is counted here is what the
 * undo will do: the changes of a run that has ended stay as they are.
 * @throws AppError `undo.not_possible` when nothing of the run is applied or it was undone already,
 * `undo.conflict` with the rows that later runs changed, `undo.unconfirmed` when the guard would hold the
 * removals and their number was not confirmed, `sync.already_running` (with the run that is)
 */
export async function startUndo(
  { prisma, now, queue }: UndoDependencies & { queue: SyncQueue },
  target: SyncRun,
  { startedBy, confirmedRemovals }: UndoRequest,
  record: (transaction: Prisma.TransactionClient, run: SyncRun, effect: UndoEffect) => Promise<void>,
): Promise<SyncRun> {
  const effect = await findUndoEffect({ prisma, now }, target);
  const { removals } = effect;
  const isConfirmed = requireConfirmation(effect, confirmedRemovals);
  const { id, corpRowId } = target;
  const run = await prisma.$transaction(async (transaction) => {
    await detachFailedUndo(transaction, id);
    const undo = { mode: 'undo', undoOfId: id, trigger: 'manual', startedBy } as const;
    const unapproved = isConfirmed ? {} : { unapprovedRemovals: { ...removals } };
    const created = await createRun(transaction, { id: randomUUID(), corpRowId, ...undo, ...unapproved });
    if (created !== null) {
      await record(transaction, created, effect);
      return created;
    }
    const active = await findActiveRun(transaction, corpRowId);
    throw new AppError('sync.already_running', active ? { runId: active.id } : {});
  }, transactionTimeouts);
  await queue.send(run.id);
  return run;
}

/** @returns whether the number of removals was confirmed. @throws AppError `undo.unconfirmed` */
function requireConfirmation({ removals, mustConfirm }: UndoEffect, confirmed: number | undefined): boolean {
  const total = removals.departments + removals.members;
  const isRight = confirmed === total;
  if (!isRight && (mustConfirm || confirmed !== undefined))
    throw new AppError('undo.unconfirmed', { values: { ...removals, total } });
  return isRight;
}

/**
 * What an undo of the run takes back; to be asked again once no other run can come between.
 * @throws AppError `undo.not_possible`, `undo.conflict`
 */
export async function requireUndoable(prisma: PrismaClient, target: SyncRun): Promise<AppliedChanges> {
  const connection = await findConnection(prisma);
  const applied = findAppliedChanges(target);
  if (applied === null || connection?.corpRowId !== target.corpRowId || !(await hasChanges(prisma, applied)))
    throw new AppError('undo.not_possible');
  const later = await listUnrevertedRunsAfter(prisma, target);
  const conflicts: Problem['conflicts'] = await findUndoConflicts(prisma, target.corpRowId, applied, later);
  if (conflicts.length > 0) throw new AppError('undo.conflict', { conflicts });
  return applied;
}

/** What was held is applied only when the run has succeeded: it was approved. */
function findAppliedChanges({ id, appliedAt, status }: SyncRun): AppliedChanges | null {
  return appliedAt === null ? null : { runId: id, part: status === 'succeeded' ? 'all' : 'free' };
}

async function hasChanges(prisma: PrismaClient, { runId, part }: AppliedChanges): Promise<boolean> {
  const where = { runId, ...(part === 'free' && { held: false }) };
  return (await prisma.syncChange.findFirst({ where, select: { seq: true } })) !== null;
}
