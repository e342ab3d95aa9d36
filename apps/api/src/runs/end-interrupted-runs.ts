import type { Logger } from 'pino';
import type { Now } from '../platform/clock.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { recordOutcome } from '../schedule/record-outcome.ts';
import { discardPlan, endRun, expireWaitingRuns } from './sync-run-repository.ts';

export interface SyncQueue {
  /** Asks a worker to take the run up; asking twice does no harm. */
  send(runId: string): Promise<void>;
}

/**
 * Looks after runs that nobody else ends: those whose process died and lease is over, and those that waited for
 * approval for too long. Asks again for those that are still queued.
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
  await expireWaitingRuns(prisma, now());
  const orphans = await prisma.$queryRaw<{ id: string; wasTakenUp: boolean }[]>`
    SELECT run.id, run.status IN ('reading', 'planning') OR coalesce(lease.run_id = run.id, false) AS "wasTakenUp" FROM sync_run run
    LEFT JOIN sync_lease lease ON lease.corp_row_id = run.corp_row_id
    WHERE run.active_corp_row_id IS NOT NULL AND coalesce(lease.expires_at <= now(), true)
      AND run.status_changed_at < now() - interval '5 seconds'`;
  for (const { id, wasTakenUp } of orphans) {
    if (wasTakenUp) {
      logger.warn({ runId: id }, 'a sync run was interrupted');
      await endRun(prisma, id, 'failed', now(), { error: { code: 'sync.interrupted' } });
      await discardPlan(prisma, id);
      await recordOutcome({ prisma, now }, id, null);
    } else {
      await queue.send(id); // it still waits for a worker, or its job was lost
    }
  }
}
