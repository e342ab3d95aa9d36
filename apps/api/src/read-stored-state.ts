import type { PrismaClient } from './platform/database/generated/client.ts';
import type { StoredState } from './platform/metrics.ts';
import { leaseSeconds } from './runs/lease.ts';

/** Reads the numbers that a scrape shows, in one statement over indexes and small tables. */
export async function readStoredState(prisma: PrismaClient, now: Date): Promise<StoredState> {
  const [row] = await prisma.$queryRaw<[{ state: StoredState }]>`
    SELECT json_build_object(
      'openRuns', (SELECT coalesce(json_object_agg(status, runs), '{}') FROM (
        SELECT status, count(*) AS runs FROM sync_run WHERE finished_at IS NULL GROUP BY status) open_run),
      'lastFullSyncAt', (SELECT extract(epoch FROM max(finished_at)) FROM sync_run
        WHERE scope = 'full' AND mode = 'apply' AND status = 'succeeded' AND complete),
      'oldestQueuedAt', (SELECT extract(epoch FROM min(started_at)) FROM sync_run WHERE status = 'queued'),
      'isSchedulePaused', EXISTS (SELECT FROM wecom_connection WHERE paused_error IS NOT NULL),
      'events', (SELECT coalesce(json_object_agg(status, events), '{}') FROM (
        SELECT status, count(*) AS events FROM callback_event GROUP BY status) event),
      'oldestWaitingEventAt', (SELECT extract(epoch FROM min(received_at)) FROM callback_event
        WHERE status = 'waiting'),
      'eventDelaySeconds', (SELECT extract(epoch FROM max(processed_at - received_at)) FROM callback_event
        WHERE status = 'processed' AND processed_at > now() - interval '15 minutes'),
      'leaseRenewedAt', (SELECT extract(epoch FROM max(expires_at)) - ${leaseSeconds}::int
        FROM sync_lease JOIN sync_run ON sync_run.id = run_id WHERE active_corp_row_id IS NOT NULL),
      'drift', (SELECT coalesce((SELECT drift FROM sync_run WHERE drift IS NOT NULL
        ORDER BY started_at DESC LIMIT 1), '{}')),
      'noticeDeliveries', (SELECT coalesce(json_object_agg(status, deliveries), '{}') FROM (
        SELECT status, count(*) AS deliveries FROM notice_delivery GROUP BY status) delivery),
      'presentMembers', (SELECT count(*) FROM member WHERE presence = 'present'),
      'presentDepartments', (SELECT count(*) FROM department WHERE presence = 'present'),
      'sessions', (SELECT count(*) FROM session WHERE expires_at > ${now})
    ) AS state`;
  return row.state;
}
