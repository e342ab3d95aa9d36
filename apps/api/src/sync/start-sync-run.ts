import { randomUUID } from 'node:crypto';
import { findConnection } from '../connection/wecom-connection-repository.ts';
import type { Prisma, PrismaClient } from '../platform/database/generated/client.ts';
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { SyncQueue } from '../runs/sweep-stale-runs.ts';
import { createRun, findActiveRun, type SyncRun } from '../runs/sync-run-repository.ts';

/**
 * Queues a sync of the configured corp; `record` writes it down in the same transaction.
 * @throws AppError `settings.incomplete`, `sync.disabled`, `sync.already_running` (with the run that is)
 */
export async function startSyncRun(
  { prisma, queue }: { prisma: PrismaClient; queue: SyncQueue },
  request: { mode: 'apply' | 'preview'; startedBy: string },
  record: (transaction: Prisma.TransactionClient, run: SyncRun) => Promise<void>,
): Promise<SyncRun> {
  const connection = await findConnection(prisma);
  if (connection === null) throw new AppError('settings.incomplete');
  if (!connection.syncEnabled) throw new AppError('sync.disabled');
  const { corpRowId } = connection;
  const run = await prisma.$transaction(async (transaction) => {
    const about = { id: randomUUID(), corpRowId, trigger: 'manual', ...request } as const;
    const created = await createRun(transaction, about);
    if (created !== null) {
      await record(transaction, created);
      return created;
    }
    const active = await findActiveRun(transaction, corpRowId);
    throw new AppError('sync.already_running', active ? { runId: active.id } : {});
  }, transactionTimeouts);
  await queue.send(run.id);
  return run;
}
