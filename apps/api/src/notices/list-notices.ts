import { type Notice, type NoticeState, noticeChannel, noticeDelivery } from '@orgmirror/contracts';
import type { Now } from '../platform/clock.ts';
import {
  type NoticeDelivery as DeliveryRow,
  type Notice as NoticeRow,
  Prisma,
  type PrismaClient,
} from '../platform/database/generated/client.ts';
import { readStoredError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentProblem } from '../platform/http/present-problem.ts';
import { findPath, wordNotice } from './word-notice.ts';

/** More are not counted. */
const maxUnread = 100;
/** Older ones are not counted as undelivered any more; the list still shows them. */
const undeliveredMs = 7 * 86_400_000;

/** A delivery that has something to tell: tried in vain, given up, or not to everybody. */
const inTrouble = { error: { not: Prisma.DbNull } } satisfies Prisma.NoticeDeliveryWhereInput;

export type ListedNotice = NoticeRow & { deliveries: DeliveryRow[]; _count: { repeats: number } };

/** One row more than `limit` after a position, newest first; repeats are counted in the first. */
export const listNotices = (
  prisma: PrismaClient,
  {
    onlyUndelivered,
    after,
    take,
  }: { onlyUndelivered: boolean; after: readonly [string, string] | undefined; take: number },
): Promise<ListedNotice[]> =>
  prisma.notice.findMany({
    where: {
      AND: [
        { repeatOfId: null },
        onlyUndelivered ? { deliveries: { some: inTrouble } } : {},
        after ? { OR: [{ at: { lt: after[0] } }, { at: after[0], id: { lt: after[1] } }] } : {},
      ],
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take,
    include: { deliveries: true, _count: { select: { repeats: true } } },
  });

/** A notice as the API shows it to a reader who has seen everything until `readUntil`. */
export function presentNotice(
  row: ListedNotice,
  { readUntil, locale, requestId }: { readUntil: Date | null; locale: Locale; requestId: string },
): Notice {
  return {
    id: row.id,
    ...wordNotice(row, locale),
    at: row.at.toISOString(),
    path: findPath(row),
    runId: row.runId,
    repeats: row._count.repeats,
    isRead: readUntil !== null && row.at <= readUntil,
    deliveries: noticeChannel.options.flatMap((channel) =>
      row.deliveries
        .filter((delivery) => delivery.channel === channel)
        .map((delivery) => {
          const stored = readStoredError(delivery.error);
          const status = noticeDelivery.shape.status.parse(delivery.status);
          return {
            channel,
            status,
            attempts: delivery.attempts,
            nextAttemptAt: status === 'waiting' ? delivery.nextAttemptAt.toISOString() : null,
            deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
            problem: stored && presentProblem(stored, locale, requestId),
          };
        }),
    ),
  };
}

/** Until when a user has seen the notices; null: none. */
export async function findReadUntil(prisma: PrismaClient, reader: string): Promise<Date | null> {
  return (await prisma.noticeReader.findUnique({ where: { reader } }))?.readUntil ?? null;
}

/** Moves forward until when a user has seen them, never beyond now. */
export async function markRead(
  { prisma, now }: { prisma: PrismaClient; now: Now },
  reader: string,
  until: Date,
): Promise<void> {
  const readUntil = new Date(Math.min(until.getTime(), now().getTime()));
  await prisma.$executeRaw`
    INSERT INTO notice_reader (reader, read_until) VALUES (${reader}, ${readUntil})
    ON CONFLICT (reader) DO UPDATE SET read_until = greatest(notice_reader.read_until, excluded.read_until)`;
}

/** The numbers of the bell. */
export async function countNotices(
  { prisma, now }: { prisma: PrismaClient; now: Now },
  reader: string,
): Promise<NoticeState> {
  const readUntil = await findReadUntil(prisma, reader);
  const unread = await prisma.notice.findMany({
    where: { repeatOfId: null, ...(readUntil && { at: { gt: readUntil } }) },
    select: { id: true },
    take: maxUnread,
  });
  const undelivered = await prisma.notice.count({
    where: {
      repeatOfId: null,
      at: { gte: new Date(now().getTime() - undeliveredMs) },
      deliveries: { some: inTrouble },
    },
  });
  return { unread: unread.length, undelivered };
}
