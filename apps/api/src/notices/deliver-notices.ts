import type { NoticeChannel } from '@orgmirror/contracts';
import type { Logger } from 'pino';
import { defaultTimeZone, findConnection } from '../connection/wecom-connection-repository.ts';
import { isPassingTrouble } from '../platform/database/database-trouble.ts';
import { type Notice, Prisma } from '../platform/database/generated/client.ts';
import { classifyError } from '../platform/errors/classify-error.ts';
import { storeRunError } from '../platform/errors/stored-error.ts';
import type { Lifecycle } from '../platform/lifecycle.ts';
import { pauseSource } from './detect-notices.ts';
import { findNoticeSettings, type SavedNoticeSettings } from './notice-settings-repository.ts';
import { type ChannelDependencies, openChannel } from './open-channel.ts';
import { readQuietHours } from './present-notice-settings.ts';
import { isQuiet } from './quiet-hours.ts';
import { listEnabledChannels } from './record-notice.ts';
import { findPath, wordNotice } from './word-notice.ts';

const minuteMs = 60_000;
/** Waits after each attempt that failed: more than a day and a half in all, then it is given up. */
const retryDelaysMs = [1, 5, 15, 60, 180, 360, 720, 720].map((minutes) => minutes * minuteMs);
/** Longer than any attempt takes. */
const claimMs = 5 * minuteMs;
/** Deliveries of one channel in a row. */
const maxPerTurn = 20;

export interface DeliveryDependencies extends ChannelDependencies {
  config: { publicUrl: string | undefined };
  logger: Logger;
  lifecycle: Lifecycle;
}

/**
 * Sends what is due by one channel, one after the other. Each is claimed first: two workers do not send the
 * same, and what a killed one had claimed is sent by another, under the same id. Nothing is sent in the quiet
 * hours, by a channel that is switched off, or about what is settled by then.
 */
export async function deliverNotices(
  dependencies: DeliveryDependencies,
  channel: NoticeChannel,
): Promise<void> {
  const { prisma, now, lifecycle } = dependencies;
  const settings = await findNoticeSettings(prisma);
  if (settings === null || !listEnabledChannels(settings).includes(channel)) return;
  const timeZone = (await findConnection(prisma))?.timeZone ?? defaultTimeZone;
  for (let turn = 0; turn < maxPerTurn; turn++) {
    if (lifecycle.stopping.aborted || isQuiet(readQuietHours(settings), timeZone, now())) return;
    const noticeId = await claimDelivery(dependencies, channel);
    if (noticeId === undefined) return;
    await deliver(dependencies, { noticeId, channel }, settings);
  }
}

async function claimDelivery(
  { prisma, now }: DeliveryDependencies,
  channel: NoticeChannel,
): Promise<string | undefined> {
  const at = now();
  const [claimed] = await prisma.$queryRaw<{ id: string }[]>(Prisma.sql`
    UPDATE notice_delivery SET claimed_until = ${new Date(at.getTime() + claimMs)}, attempts = attempts + 1
    WHERE (notice_id, channel) IN (
      SELECT notice_id, channel FROM notice_delivery
      WHERE channel = ${channel} AND status = 'waiting' AND next_attempt_at <= ${at}
        AND (claimed_until IS NULL OR claimed_until <= ${at})
      ORDER BY next_attempt_at, notice_id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING notice_id AS id`);
  return claimed?.id;
}

async function deliver(
  dependencies: DeliveryDependencies,
  key: { noticeId: string; channel: NoticeChannel },
  settings: SavedNoticeSettings,
): Promise<void> {
  const { prisma, now, logger, lifecycle, config } = dependencies;
  const row = await prisma.noticeDelivery.findUniqueOrThrow({
    where: { noticeId_channel: key },
    include: { notice: true },
  });
  const { notice, attempts } = row;
  const path = findPath(notice);
  if (await isSettled(prisma, notice)) {
    await finish(prisma, key, { status: 'withdrawn', error: Prisma.DbNull });
    return;
  }
  try {
    const send = await openChannel(dependencies, key.channel, settings);
    const missed = await send(
      {
        ...wordNotice(notice, settings.language === 'en' ? 'en' : 'zh'),
        id: notice.id,
        at: notice.at,
        link: config.publicUrl ? new URL(path, config.publicUrl).href : null,
        runId: notice.runId,
      },
      lifecycle.stopping,
    );
    await finish(prisma, key, {
      status: 'delivered',
      deliveredAt: now(),
      error: missed ? storeRunError(missed) : Prisma.DbNull,
    });
  } catch (thrown) {
    if (lifecycle.stopping.aborted) return; // whether it was sent nobody knows: the claim ends by itself
    const error = classifyError(thrown);
    if (isPassingTrouble(error.code)) throw thrown; // says nothing about the receiver: the claim ends by itself
    const delayMs = retryDelaysMs[attempts - 1];
    logger.warn({ err: error, channel: key.channel, attempts }, 'a notice could not be delivered');
    await finish(prisma, key, {
      ...(delayMs === undefined
        ? { status: 'failed' }
        : { nextAttemptAt: new Date(now().getTime() + delayMs) }),
      error: storeRunError(error),
    });
  }
}

/** Whether somebody has decided or mended meanwhile what the notice asks them to. What is over stays news. */
async function isSettled(
  prisma: DeliveryDependencies['prisma'],
  { kind, runId, source }: Notice,
): Promise<boolean> {
  switch (kind) {
    case 'run.held':
    case 'approval.expiring': {
      const waiting = { id: runId ?? '', status: 'awaitingApproval' } as const;
      return (await prisma.syncRun.count({ where: waiting })) === 0;
    }
    case 'sync.paused': {
      const connection = await findConnection(prisma);
      return connection?.pausedAt == null || pauseSource(connection.pausedAt) !== source;
    }
    default:
      return false;
  }
}

const finish = (
  prisma: DeliveryDependencies['prisma'],
  key: { noticeId: string; channel: NoticeChannel },
  values: Prisma.NoticeDeliveryUpdateInput,
) =>
  prisma.noticeDelivery.update({
    where: { noticeId_channel: key },
    data: { ...values, claimedUntil: null },
  });
