import type { Logger } from 'pino';
import type { Now } from '../platform/clock.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { updateScheduleAfterRun } from '../schedule/update-schedule-after-run.ts';
import { deleteUnappliedPlan, expirePendingRuns, finishRun } from './sync-run-repository.ts';

export interface SyncQueue {
  /** Asks a worker to claim the run; asking twice does no harm. */
  send(runId: string): Promise<void>;
}

/**
 * Ends the runs that no process ends any more: those whose process died and whose lease is over, and those
 * that were pending for too long. Sends those that are still queued to a worker again. Run at start and every
 * few seconds by every process.
 */
export async function sweepStaleRuns({
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
  await expirePendingRuns(prisma, now());
  const orphans = await prisma.$queryRaw<{ id: string; wasClaimed: boolean }[]>`
    SELECT run.id, run.status IN ('reading', 'planning') OR coalesce(lease.run_id = run.id, false) AS "wasClaimed" FROM sync_run run
    LEFT JOIN sync_lease lease ON lease.corp_row_id = run.corp_row_id
    WHERE run.active_corp_row_id IS NOT NULL AND coalesce(lease.expires_at <= now(), true)
      AND run.status_changed_at NOT BETWEEN now() - interval '5 seconds' AND now() + interval '1 minute'`;
  for (const { id, wasClaimed } of orphans) {
    if (wasClaimed) {
      logger.warn({ runId: id }, 'a sync run was interrupted');
      await finishRun(prisma, id, 'failed', now(), { error: { code: 'sync.interrupted' } });
      await deleteUnappliedPlan(prisma, id);
      await updateScheduleAfterRun({ prisma, now }, id, null);
    } else {
      await queue.send(id); // it still waits for a worker, or its job was lost
    }
  }
}
