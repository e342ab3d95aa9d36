import type { Logger } from 'pino';
import type { Now } from '../clock.ts';
import type { PrismaClient } from '../database/generated/client.ts';
import { endRun } from '../history/sync-run-repository.ts';

export interface SyncQueue {
  /** Asks a worker to take the run up; asking twice does no harm. */
  send(runId: string): Promise<void>;
}

/**
 * Looks after runs whose process died: ends those whose lease is over, and asks again for those that are still queued.
 * Run at start and every few seconds by every process.
 */
export async function endInterruptedRuns({
  prisma,
  queue,
  logger,
  now,
}: {
  prisma: PrismaClient;
  queue: SyncQueue;
  logger: Logger;
  now: Now;
}): Promise<void> {
  const orphans = await prisma.$queryRaw<{ id: string; status: string }[]>`
    SELECT run.id, run.status FROM sync_run run
    LEFT JOIN sync_lease lease ON lease.corp_row_id = run.corp_row_id AND lease.expires_at > now()
    WHERE run.active_corp_row_id IS NOT NULL AND lease.corp_row_id IS NULL
      AND run.status_changed_at < now() - interval '5 seconds'`;
  for (const { id, status } of orphans) {
    if (status === 'queued') {
      await queue.send(id);
    } else {
      logger.warn({ runId: id }, 'a sync run was interrupted');
      await endRun(prisma, id, 'failed', now(), { error: { code: 'sync.interrupted' } });
    }
  }
}
