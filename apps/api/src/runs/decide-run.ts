import { findConnection } from '../connection/wecom-connection-repository.ts';
import type { Now } from '../platform/clock.ts';
import { Prisma, type PrismaClient } from '../platform/database/generated/client.ts';
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

/**
 * Approves exactly the plan that the fingerprint names; a worker then applies it.
 * @throws AppError `plan.stale` when the directory, the credentials or the guard changed since, or a later
 * run made another plan, `sync.held_expired`, `sync.not_awaiting_approval`, `sync.already_running`
 */
export async function approveRun(
  { prisma, queue, now }: DecideDependencies,
  run: SyncRun,
  planFingerprint: string,
): Promise<void> {
  if (run.planFingerprint !== planFingerprint || isSuperseded(run)) throw new AppError('plan.stale');
  if (hasHeldExpired(run, now())) throw new AppError('sync.held_expired');
  if (run.status !== 'awaitingApproval') throw new AppError('sync.not_awaiting_approval');
  const corp = await prisma.corp.findUniqueOrThrow({ where: { id: run.corpRowId } });
  if (corp.revision !== run.baseRevision) throw new AppError('plan.stale');
  const connection = await findConnection(prisma);
  if (connection?.planVersion !== run.settingsVersion) throw new AppError('plan.stale');
  await claimCorp(prisma, run);
  await queue.send(run.id);
}

/** Makes the run its corp's active one again. */
async function claimCorp(prisma: PrismaClient, run: SyncRun): Promise<void> {
  try {
    const data = { status: 'applying', activeCorpRowId: run.corpRowId } as const;
    if (!(await transitionRun(prisma, run.id, ['awaitingApproval'], data)))
      throw new AppError('sync.not_awaiting_approval');
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error;
    const active = await findActiveRun(prisma, run.corpRowId);
    throw new AppError('sync.already_running', active ? { runId: active.id } : {});
  }
}

/** Rejects a pending plan. @throws AppError `sync.not_awaiting_approval` */
export async function rejectRun({ prisma, now }: DecideDependencies, run: SyncRun): Promise<void> {
  const data = { status: 'rejected', finishedAt: now() } as const;
  if (!(await transitionRun(prisma, run.id, ['awaitingApproval'], data)))
    throw new AppError('sync.not_awaiting_approval');
}

/**
 * Cancels a run: at once while it is queued, else as soon as its worker polls. @throws AppError
 * `sync.not_cancellable`
 */
export async function cancelRun({ prisma, now }: DecideDependencies, run: SyncRun): Promise<void> {
  const cancelled = new AppError('sync.cancelled');
  if (run.status === 'queued') {
    const data = {
      status: 'cancelled',
      activeCorpRowId: null,
      finishedAt: now(),
      error: storeRunError(cancelled),
    } as const;
    if (await transitionRun(prisma, run.id, ['queued'], data)) return;
  }
  const { count } = await prisma.syncRun.updateMany({
    where: { id: run.id, status: { in: [...activeStatuses] } },
    data: { cancelRequestedAt: now() },
  });
  if (count === 0) throw new AppError('sync.not_cancellable');
}
