import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { Prisma, type PrismaClient } from '../database/generated/client.ts';
import { createRun, type SyncRun } from '../history/sync-run-repository.ts';
import { mostTargets } from '../snapshot/read-targets.ts';
import { collectTargets } from './claimed-events.ts';
import { isGathered } from './gather.ts';
import { coverByFullRuns, settleEvents } from './settle-events.ts';

export interface ProcessDependencies {
  prisma: PrismaClient;
  queue: { send(runId: string): Promise<void> };
  logger: Logger;
}

/**
 * Settles the events whose run has ended, and starts a run for those that have been gathered. While another run goes on
 * they wait, as they do while syncing is switched off or paused; a full sync then covers them.
 */
export async function processEvents(dependencies: ProcessDependencies): Promise<void> {
  const { prisma, queue, logger } = dependencies;
  for (const connection of await prisma.wecomConnection.findMany()) {
    const { corpRowId } = connection;
    if (!(await hasWaitingEvents(prisma, corpRowId))) continue;
    await settleEvents(prisma, corpRowId);
    if (!connection.syncEnabled || connection.pausedAt !== null) continue;
    const dueIds = await listDueEvents(prisma, corpRowId);
    const run = dueIds.length > 0 ? await takeUpEvents(prisma, corpRowId, dueIds) : null;
    if (run === null) continue;
    logger.info({ runId: run.id, events: dueIds.length, scope: run.scope }, 'events start a sync');
    await queue.send(run.id); // should this process die before it: queued runs are sent again
  }
}

const hasWaitingEvents = async (prisma: PrismaClient, corpRowId: number): Promise<boolean> =>
  (await prisma.callbackEvent.findFirst({
    where: { corpRowId, status: 'waiting' },
    select: { id: true },
  })) !== null;

const isDue = Prisma.sql`status = 'waiting' AND run_id IS NULL AND coalesce(next_attempt_at <= now(), true)`;

/** The events to take up; none while they are still being gathered. */
async function listDueEvents(prisma: PrismaClient, corpRowId: number): Promise<string[]> {
  const [ages] = await prisma.$queryRaw<{ firstAgeMs: number | null; lastAgeMs: number | null }[]>`
    SELECT extract(epoch FROM now() - min(received_at))::float8 * 1000 AS "firstAgeMs",
           extract(epoch FROM now() - max(received_at))::float8 * 1000 AS "lastAgeMs"
    FROM callback_event WHERE corp_row_id = ${corpRowId} AND ${isDue}`;
  const { firstAgeMs = null, lastAgeMs = null } = ages ?? {};
  if (firstAgeMs === null || lastAgeMs === null || !isGathered({ firstAgeMs, lastAgeMs })) return [];
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT id FROM callback_event WHERE corp_row_id = ${corpRowId} AND ${isDue}`;
  return rows.map(({ id }) => id);
}

/** Queues a run and ties the events to it, both or neither; null while another run is active. */
async function takeUpEvents(
  prisma: PrismaClient,
  corpRowId: number,
  ids: readonly string[],
): Promise<SyncRun | null> {
  const events = await prisma.callbackEvent.findMany({
    where: { corpRowId, id: { in: [...ids] } },
    distinct: ['event', 'changeType', 'object', 'newObject'],
  });
  const { userIds, departmentIds } = collectTargets(events);
  const scope = userIds.length + departmentIds.length > mostTargets ? 'full' : 'targeted';
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
    // Nothing is active now: a full sync may have ended since the last look.
    await coverByFullRuns(transaction, corpRowId);
    const claimed = await transaction.$executeRaw`
      UPDATE callback_event SET run_id = ${run.id}::uuid, attempts = attempts + 1
      WHERE id = ANY(${[...ids]}::uuid[]) AND ${isDue}`;
    if (claimed > 0) return run;
    await transaction.syncRun.delete({ where: { id: run.id } });
    return null;
  });
}
