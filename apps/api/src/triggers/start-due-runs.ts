import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Now } from '../platform/clock.ts';
import type { PrismaClient, WecomConnection } from '../platform/database/generated/client.ts';
import { createRun, findActiveRun, type SyncRun } from '../runs/sync-run-repository.ts';
import { correctSchedule } from '../schedule/correct-schedule.ts';
import { findNextScheduledRun } from '../schedule/next-scheduled-runs.ts';

/** A start later than this is a misfire: "every N hours" then counts from the start that makes up for it. */
const misfireGraceMs = 60_000;

/**
 * Starts the syncs that are due, each by exactly one of any number of processes. Misfires, starts that were
 * missed while no server ran, are coalesced into one. A start that falls due during another run counts as
 * done: that run reads the same directory a moment earlier.
 */
export async function startDueRuns({
  prisma,
  queue,
  logger,
  now,
}: {
  prisma: PrismaClient;
  queue: { send(runId: string): Promise<void> };
  logger: Logger;
  now: Now;
}): Promise<void> {
  const at = now();
  const connections = await prisma.wecomConnection.findMany({
    where: { syncEnabled: true, pausedAt: null },
  });
  for (const connection of connections) {
    if (await correctIfAhead({ prisma, logger }, connection, at)) continue; // the next tick reads it anew
    const due = findNextScheduledRun(connection);
    if (due === null || due > at) continue;
    const claimedAt = at.getTime() - due.getTime() > misfireGraceMs ? at : due;
    const run = await claimOccurrence(prisma, connection, claimedAt);
    if (run === null) continue;
    logger.info({ runId: run.id, due }, 'a scheduled sync starts');
    await queue.send(run.id); // should this process die before it: queued runs are sent again
  }
}

/** Brings a schedule back that a clock which was ahead had moved into the future. @returns whether it had */
async function correctIfAhead(
  { prisma, logger }: { prisma: PrismaClient; logger: Logger },
  { id, lastScheduledAt, backOffUntil }: WecomConnection,
  at: Date,
): Promise<boolean> {
  const corrected = correctSchedule({ lastScheduledAt, backOffUntil }, at);
  if (corrected === null) return false;
  logger.warn({ lastScheduledAt, backOffUntil, corrected }, 'the schedule was ahead of the clock');
  await prisma.wecomConnection.updateMany({
    where: { id, lastScheduledAt, backOffUntil },
    data: corrected,
  });
  return true;
}

/**
 * Claims the start and queues its run, both or neither; null when it was claimed already or another run is
 * active.
 */
async function claimOccurrence(
  prisma: PrismaClient,
  { id, corpRowId, lastScheduledAt, backOffUntil }: WecomConnection,
  claimedAt: Date,
): Promise<SyncRun | null> {
  return prisma.$transaction(async (transaction) => {
    // A run that events asked for reads a few members only: it does not replace the one that is due.
    const active = await findActiveRun(transaction, corpRowId);
    if (active?.scope === 'targeted') return null;
    const { count } = await transaction.wecomConnection.updateMany({
      where: { id, corpRowId, lastScheduledAt, backOffUntil, syncEnabled: true, pausedAt: null },
      data: { lastScheduledAt: claimedAt },
    });
    if (count === 0) return null;
    const run = { id: randomUUID(), corpRowId, mode: 'apply', trigger: 'schedule', startedBy: null } as const;
    return createRun(transaction, run);
  });
}
