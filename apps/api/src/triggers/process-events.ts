import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type ClaimedEvent, collectTargets, maxTargets } from '../events/claimed-events.ts';
import type { EventDebounce } from '../platform/background-timing.ts';
import { Prisma, type PrismaClient } from '../platform/database/generated/client.ts';
import { createRun, type SyncRun } from '../runs/sync-run-repository.ts';
import { isDebounceElapsed } from './debounce-events.ts';
import { markCoveredByFullSync, resolveEvents } from './resolve-events.ts';

export interface ProcessDependencies {
  prisma: PrismaClient;
  queue: { send(runId: string): Promise<void> };
  logger: Logger;
  timing: { eventDebounce: EventDebounce };
}

/**
 * Resolves the events whose run has ended, and starts a run for those whose debounce has elapsed. While
 * another run is active they wait, as they do while syncing is switched off or paused; a full sync then
 * covers them.
 */
export async function processEvents(dependencies: ProcessDependencies): Promise<void> {
  const { prisma, queue, logger, timing } = dependencies;
  for (const connection of await prisma.wecomConnection.findMany()) {
    const { corpRowId } = connection;
    if (!(await hasWaitingEvents(prisma, corpRowId))) continue;
    await resolveEvents(prisma, corpRowId);
    if (!connection.syncEnabled || connection.pausedAt !== null) continue;
    const due = await findDueEvents(prisma, corpRowId, timing.eventDebounce);
    const run = due && (await claimEvents(prisma, corpRowId, due));
    if (run === null) continue;
    logger.info({ runId: run.id, scope: run.scope }, 'a sync for events starts');
    await queue.send(run.id); // should this process die before it: queued runs are sent again
  }
}

const hasWaitingEvents = async (prisma: PrismaClient, corpRowId: number): Promise<boolean> =>
  (await prisma.callbackEvent.findFirst({
    where: { corpRowId, status: 'waiting' },
    select: { id: true },
  })) !== null;

const isDue = Prisma.sql`status = 'waiting' AND run_id IS NULL AND coalesce(next_attempt_at <= now(), true)`;

interface DueEvents {
  /** When the latest of them came; later ones are for the next run. */
  lastReceivedAt: Date;
}

/** The events to claim; null while there are none, or their debounce has not elapsed. */
async function findDueEvents(
  prisma: PrismaClient,
  corpRowId: number,
  debounce: EventDebounce,
): Promise<DueEvents | null> {
  const [due] = await prisma.$queryRaw<
    { lastReceivedAt: Date | null; firstAgeMs: number; lastAgeMs: number }[]
  >`
    SELECT max(received_at) AS "lastReceivedAt",
           extract(epoch FROM now() - min(received_at))::float8 * 1000 AS "firstAgeMs",
           extract(epoch FROM now() - max(received_at))::float8 * 1000 AS "lastAgeMs"
    FROM callback_event WHERE corp_row_id = ${corpRowId} AND ${isDue}`;
  if (!due?.lastReceivedAt || !isDebounceElapsed(due, debounce)) return null;
  return { lastReceivedAt: due.lastReceivedAt };
}

/** Queues a run and assigns the events to it, both or neither; null while another run is active. */
async function claimEvents(
  prisma: PrismaClient,
  corpRowId: number,
  { lastReceivedAt }: DueEvents,
): Promise<SyncRun | null> {
  const claimed = Prisma.sql`corp_row_id = ${corpRowId} AND ${isDue} AND received_at <= ${lastReceivedAt}`;
  const events = await prisma.$queryRaw<ClaimedEvent[]>`
    SELECT DISTINCT event, change_type AS "changeType", object, new_object AS "newObject"
    FROM callback_event WHERE ${claimed}`;
  const { userIds, departmentIds } = collectTargets(events);
  const scope = userIds.length + departmentIds.length > maxTargets ? 'full' : 'targeted';
  return prisma.$transaction(async (transaction) => {
    const run = await createRun(transaction, {
      id: randomUUID(),
      corpRowId,
      mode: 'apply',
      trigger: 'callback',
      scope,
      ...(scope === 'targeted' && { targets: { userIds, departmentIds } }),
      startedBy: null,
    });
    if (run === null) return null;
    // Nothing is active now: a full sync may have ended since the events were resolved.
    await markCoveredByFullSync(transaction, corpRowId);
    const count = await transaction.$executeRaw`
      UPDATE callback_event SET run_id = ${run.id}::uuid, attempts = attempts + 1 WHERE ${claimed}`;
    if (count > 0) return run;
    await transaction.syncRun.delete({ where: { id: run.id } });
    return null;
  });
}
