import { randomUUID } from 'node:crypto';
import { AppError } from '../app-error.ts';
import type { PrismaClient } from '../database/generated/client.ts';
import { createRun, findActiveRun, type SyncRun } from '../history/sync-run-repository.ts';
import { findConnection } from '../settings/wecom-connection-repository.ts';
import type { SyncQueue } from './end-interrupted-runs.ts';

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
