import { findConnection } from '../connection/wecom-connection-repository.ts';
import type { Now } from '../platform/clock.ts';
import { Prisma, type PrismaClient } from '../platform/database/generated/client.ts';
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { storeRunError } from '../platform/errors/stored-error.ts';
import type { SyncQueue } from './sweep-stale-runs.ts';
import {
  activeStatuses,
  findActiveRun,
  hasHeldExpired,
  isSuperseded,
  type SyncRun,
  transitionRun,
} from './sync-run-repository.ts';

interface DecideDependencies {
  prisma: PrismaClient;
  queue: SyncQueue;
  now: Now;
}

/** Writes the decision down, in its own transaction. */
type RecordDecision = (transaction: Prisma.TransactionClient) => Promise<void>;

/**
 * Approves exactly the plan that the fingerprint names; a worker then applies it.
 * @throws AppError `plan.stale` when the directory, the credentials or the guard changed since, or a later
 * run made another plan, `sync.held_expired`, `sync.not_awaiting_approval`, `sync.already_running`
 */
export async function approveRun(
  { prisma, queue, now }: DecideDependencies,
  run: SyncRun,
  { planFingerprint, decidedBy }: { planFingerprint: string; decidedBy: string },
  record: RecordDecision,
): Promise<void> {
  if (run.planFingerprint !== planFingerprint || isSuperseded(run)) throw new AppError('plan.stale');
  if (hasHeldExpired(run, now())) throw new AppError('sync.held_expired');
  if (run.status !== 'awaitingApproval') throw new AppError('sync.not_awaiting_approval');
  const corp = await prisma.corp.findUniqueOrThrow({ where: { id: run.corpRowId } });
  if (corp.revision !== run.baseRevision) throw new AppError('plan.stale');
  const connection = await findConnection(prisma);
  if (connection?.planVersion !== run.settingsVersion) throw new AppError('plan.stale');
  await claimCorp(prisma, run, { decidedBy, decidedAt: now() }, record);
  await queue.send(run.id);
}

/** Makes the run its corp's active one again. */
async function claimCorp(
  prisma: PrismaClient,
  run: SyncRun,
  decision: { decidedBy: string; decidedAt: Date },
  record: RecordDecision,
): Promise<void> {
  try {
    const data = { status: 'applying', activeCorpRowId: run.corpRowId, ...decision } as const;
    await prisma.$transaction(async (transaction) => {
      if (!(await transitionRun(transaction, run.id, ['awaitingApproval'], data)))
        throw new AppError('sync.not_awaiting_approval');
      await record(transaction);
    }, transactionTimeouts);
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error;
    const active = await findActiveRun(prisma, run.corpRowId);
    throw new AppError('sync.already_running', active ? { runId: active.id } : {});
  }
}

/** Throws away what waits. @throws AppError `sync.not_awaiting_approval` */
export async function rejectRun(
  { prisma, now }: DecideDependencies,
  run: SyncRun,
  decidedBy: string,
  record: RecordDecision,
): Promise<void> {
  const at = now();
  const data = { status: 'rejected', finishedAt: at, decidedBy, decidedAt: at } as const;
  await prisma.$transaction(async (transaction) => {
    if (!(await transitionRun(transaction, run.id, ['awaitingApproval'], data)))
      throw new AppError('sync.not_awaiting_approval');
    await record(transaction);
  }, transactionTimeouts);
}

/**
 * Cancels a run: at once while it is queued, else as soon as its worker polls.
 * @throws AppError `sync.not_cancellable`
 */
export async function cancelRun(
  { prisma, now }: DecideDependencies,
  run: SyncRun,
  record: RecordDecision,
): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    if (!(await cancelIn(transaction, run, now()))) throw new AppError('sync.not_cancellable');
    await record(transaction);
  }, transactionTimeouts);
}

async function cancelIn(transaction: Prisma.TransactionClient, run: SyncRun, at: Date): Promise<boolean> {
  const cancelled = new AppError('sync.cancelled');
  if (run.status === 'queued') {
    const data = {
      status: 'cancelled',
      activeCorpRowId: null,
      finishedAt: at,
      error: storeRunError(cancelled),
    } as const;
    if (await transitionRun(transaction, run.id, ['queued'], data)) return true;
  }
  const { count } = await transaction.syncRun.updateMany({
    where: { id: run.id, status: { in: [...activeStatuses] } },
    data: { cancelRequestedAt: at },
  });
  return count > 0;
}
