import type { Executor } from '../platform/database/database.ts';
import { Prisma, type PrismaClient } from '../platform/database/generated/client.ts';

/** Runs that may claim an event before it counts as failed, and how long to wait after each but the last. */
const backOffSeconds = [10, 30, 120, 600];

/**
 * Resolves the events of runs that have ended: they are processed, or wait for another try, or have failed.
 * Which run claimed an event is in the database, so that a process that dies loses nothing, and any number of
 * processes may do this at once.
 */
export async function resolveEvents(prisma: PrismaClient, corpRowId: number): Promise<void> {
  await markCoveredByFullSync(prisma, corpRowId);
  await markProcessed(prisma, corpRowId);
  await retryFailed(prisma, corpRowId);
}

/** A complete run with a valid plan: applied, nothing to apply, or pending in part. */
const hasRead = Prisma.sql`
  run.active_corp_row_id IS NULL AND run.complete
  AND (run.applied_at IS NOT NULL OR run.status IN ('succeeded', 'awaitingApproval', 'rejected'))`;

/** A full sync that began after an event came has read what the event was about. */
export async function markCoveredByFullSync(prisma: Executor, corpRowId: number): Promise<void> {
  await prisma.$executeRaw`
    UPDATE callback_event event SET status = 'processed', run_id = cover.id, processed_at = now(), error = NULL
    FROM (
      SELECT run.id, run.started_at FROM sync_run run
      WHERE run.corp_row_id = ${corpRowId} AND run.scope = 'full' AND run.mode = 'apply' AND run.trigger <> 'check'
        AND ${hasRead}
      ORDER BY run.started_at DESC LIMIT 1
    ) AS cover
    WHERE event.corp_row_id = ${corpRowId} AND event.status = 'waiting' AND event.run_id IS NULL
      AND event.received_at < cover.started_at`;
}

async function markProcessed(prisma: PrismaClient, corpRowId: number): Promise<void> {
  await prisma.$executeRaw`
    UPDATE callback_event event SET status = 'processed', processed_at = now(), error = NULL
    FROM sync_run run
    WHERE event.corp_row_id = ${corpRowId} AND event.status = 'waiting' AND run.id = event.run_id AND ${hasRead}`;
}

/** A cancelled run is not tried again; any other failure may be transient. */
async function retryFailed(prisma: PrismaClient, corpRowId: number): Promise<void> {
  await prisma.$executeRaw`
    WITH ended AS (
      SELECT event.id, coalesce(run.error, '{"code": "event.not_covered"}') AS error,
        CASE WHEN run.status <> 'cancelled' THEN (${backOffSeconds}::int[])[event.attempts] END AS retry_seconds
      FROM callback_event event JOIN sync_run run ON run.id = event.run_id
      WHERE event.corp_row_id = ${corpRowId} AND event.status = 'waiting' AND run.active_corp_row_id IS NULL
        AND (${hasRead}) IS NOT TRUE
    )
    UPDATE callback_event event SET error = ended.error,
      status = CASE WHEN retry_seconds IS NULL THEN 'failed' ELSE 'waiting' END,
      run_id = CASE WHEN retry_seconds IS NULL THEN event.run_id END,
      next_attempt_at = now() + make_interval(secs => retry_seconds),
      processed_at = CASE WHEN retry_seconds IS NULL THEN now() END
    FROM ended
    WHERE event.id = ended.id AND event.status = 'waiting'`;
}
