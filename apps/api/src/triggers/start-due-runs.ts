import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Now } from '../platform/clock.ts';
import type { PrismaClient, WecomConnection } from '../platform/database/generated/client.ts';
import { createRun, findActiveRun, type SyncRun } from '../runs/sync-run-repository.ts';
import { findNextStart } from '../schedule/coming-starts.ts';

/** A start that is taken up later than this was missed, and the next hours are counted from its making up. */
const punctualMs = 60_000;

/**
 * Starts the syncs that are due, each by exactly one of any number of processes. However many starts were missed while
 * no server ran, they are made up by one. A start that falls due during another run counts as done: that run reads the
 * same directory a moment earlier.
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
    const due = findNextStart(connection);
    if (due === null || due > at) continue;
    const takenUp = at.getTime() - due.getTime() > punctualMs ? at : due;
    const run = await takeUpStart(prisma, connection, takenUp);
    if (run === null) continue;
    logger.info({ runId: run.id, due }, 'a scheduled sync starts');
    await queue.send(run.id); // should this process die before it: queued runs are sent again
  }
}

/** Claims the start and queues its run, both or neither; null when it was claimed already or another run is active. */
async function takeUpStart(
  prisma: PrismaClient,
  { id, corpRowId, scheduledUpTo, backOffUntil }: WecomConnection,
  takenUp: Date,
): Promise<SyncRun | null> {
  return prisma.$transaction(async (transaction) => {
    // A run that events asked for reads a few members only: it does not stand for the one that is due.
    const active = await findActiveRun(transaction, corpRowId);
    if (active?.scope === 'targeted') return null;
    const { count } = await transaction.wecomConnection.updateMany({
      where: { id, corpRowId, scheduledUpTo, backOffUntil, syncEnabled: true, pausedAt: null },
      data: { scheduledUpTo: takenUp },
    });
    if (count === 0) return null;
    const run = { id: randomUUID(), corpRowId, mode: 'apply', trigger: 'schedule', startedBy: null } as const;
    return createRun(transaction, run);
  });
}
