import { randomUUID } from 'node:crypto';
import { findConnection } from '../connection/wecom-connection-repository.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { SyncQueue } from '../runs/sweep-stale-runs.ts';
import { createRun, findActiveRun, type SyncRun } from '../runs/sync-run-repository.ts';

/**
 * Queues a sync of the configured corp.
 * @throws AppError `settings.incomplete`, `sync.disabled`, `sync.already_running` (with the run that is)
 */
export async function startSyncRun(
  { prisma, queue }: { prisma: PrismaClient; queue: SyncQueue },
  request: { mode: 'apply' | 'preview'; startedBy: string },
): Promise<SyncRun> {
  const connection = await findConnection(prisma);
  if (connection === null) throw new AppError('settings.incomplete');
  if (!connection.syncEnabled) throw new AppError('sync.disabled');
  const { corpRowId } = connection;
  const run = await createRun(prisma, { id: randomUUID(), corpRowId, trigger: 'manual', ...request });
  if (run === null) {
    const active = await findActiveRun(prisma, corpRowId);
    throw new AppError('sync.already_running', active ? { runId: active.id } : {});
  }
  await queue.send(run.id);
  return run;
}
