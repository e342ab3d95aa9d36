import type { CallbackSource, EventHealth, WecomEvent } from '@orgmirror/contracts';
import { type CallbackEvent, Prisma, type PrismaClient } from '../platform/database/generated/client.ts';

export interface EventQuery {
  limit: number;
  source?: CallbackSource | undefined;
  status?: WecomEvent['status'] | undefined;
  changeType?: string | undefined;
  q?: string | undefined;
  after?: readonly [receivedAt: string, id: string] | undefined;
}

/** The latest first; one more than the limit when there are more. */
export const listEvents = (
  prisma: PrismaClient,
  corpRowId: number,
  { limit, source, status, changeType, q, after }: EventQuery,
): Promise<CallbackEvent[]> =>
  prisma.callbackEvent.findMany({
    where: {
      corpRowId,
      ...(source && { source }),
      ...(status && { status }),
      ...(changeType !== undefined && { changeType }),
      AND: [
        q ? { OR: [{ object: contains(q) }, { newObject: contains(q) }] } : {},
        after
          ? { OR: [{ receivedAt: { lt: after[0] } }, { receivedAt: after[0], id: { lt: after[1] } }] }
          : {},
      ],
    },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });

const contains = (text: string) => ({ contains: text, mode: 'insensitive' }) as const;

export const findEvent = (
  prisma: PrismaClient,
  corpRowId: number,
  id: string,
): Promise<CallbackEvent | null> => prisma.callbackEvent.findFirst({ where: { id, corpRowId } });

/** Lets a failed event be taken up again; false when it has not failed. */
export async function resetFailedEvent(
  prisma: Pick<PrismaClient, 'callbackEvent'>,
  id: string,
): Promise<boolean> {
  const { count } = await prisma.callbackEvent.updateMany({
    where: { id, status: 'failed' },
    data: {
      status: 'waiting',
      attempts: 0,
      nextAttemptAt: null,
      error: Prisma.DbNull,
      runId: null,
      processedAt: null,
    },
  });
  return count === 1;
}

/** How many events of each address wait, and how many failed. */
export async function countEvents(
  prisma: PrismaClient,
  corpRowId: number,
): Promise<{ source: string; status: string; count: number }[]> {
  return prisma.$queryRaw`
    SELECT source, status, count(*)::int AS count FROM callback_event
    WHERE corp_row_id = ${corpRowId} AND status IN ('waiting', 'failed') GROUP BY source, status`;
}

/** How the events went that came since then. The delay is counted from when WeCom made an event. */
export async function readEventHealth(
  prisma: PrismaClient,
  corpRowId: number,
  since: Date,
): Promise<EventHealth> {
  const [health] = await prisma.$queryRaw<EventHealth[]>`
    SELECT count(*)::int AS received,
           (count(*) FILTER (WHERE status = 'waiting'))::int AS waiting,
           (count(*) FILTER (WHERE status = 'failed'))::int AS failed,
           (1000 * percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0,
             extract(epoch FROM processed_at - coalesce(occurred_at, received_at))))
             FILTER (WHERE status = 'processed'))::bigint::float8 AS "medianDelayMs"
    FROM callback_event WHERE corp_row_id = ${corpRowId} AND received_at >= ${since}`;
  if (health === undefined) throw new Error('A count is one row.');
  return health;
}

/** The latest word about whether the app is in use. */
export const findAgentEvent = (prisma: PrismaClient, corpRowId: number): Promise<CallbackEvent | null> =>
  prisma.callbackEvent.findFirst({
    where: { corpRowId, event: { in: ['close_inactive_agent', 'reopen_inactive_agent'] } },
    orderBy: [{ occurredAt: { sort: 'desc', nulls: 'last' } }, { receivedAt: 'desc' }],
  });

/** Whether WeCom's event said that an asynchronous job is over. */
export const hasJobEnded = async (prisma: PrismaClient, corpRowId: number, jobid: string): Promise<boolean> =>
  (await prisma.callbackEvent.findFirst({
    where: { corpRowId, event: 'batch_job_result', object: jobid },
    select: { id: true },
  })) !== null;
