import { randomUUID } from 'node:crypto';
import type { NoticeChannel, NoticeKind } from '@orgmirror/contracts';
import { Prisma, type PrismaClient } from '../platform/database/generated/client.ts';
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import { findNoticeSettings, type SavedNoticeSettings } from './notice-settings-repository.ts';

const dayMs = 86_400_000;

/** Something that needs a person, as it is found in what is stored. */
export interface FoundNotice {
  /** What it is about; there is one notice of it, however often it is found. */
  source: string;
  kind: NoticeKind;
  /** Equal for the same thing again. */
  topic: string;
  values?: Record<string, number>;
  error?: Prisma.JsonValue;
  runId?: string;
}

/**
 * Records a notice once per source, together with what is to be sent of it. The same topic again within a day
 * of people being told is recorded as a repeat, and sent to nobody.
 */
export async function recordNotice(prisma: PrismaClient, found: FoundNotice, at: Date): Promise<void> {
  const { source, kind, topic, values = {}, error = null, runId } = found;
  await prisma.$transaction(async (transaction) => {
    const told = await transaction.notice.findFirst({
      where: { topic, repeatOfId: null, at: { gt: new Date(at.getTime() - dayMs) } },
      orderBy: { at: 'desc' },
      select: { id: true },
    });
    const id = randomUUID();
    const { count } = await transaction.notice.createMany({
      data: {
        id,
        source,
        kind,
        topic,
        values,
        error: error ?? Prisma.DbNull,
        runId: runId ?? null,
        at,
        repeatOfId: told?.id ?? null,
      },
      skipDuplicates: true, // another worker may have found it at the same moment
    });
    if (count === 0 || told !== null) return;
    const channels = listToldChannels(await findNoticeSettings(transaction), kind);
    await transaction.noticeDelivery.createMany({
      data: channels.map((channel) => ({ noticeId: id, channel, nextAttemptAt: at })),
    });
  }, transactionTimeouts);
}

function listToldChannels(settings: SavedNoticeSettings | null, kind: NoticeKind): NoticeChannel[] {
  if (settings === null) return [];
  const { wecomMuted, emailMuted, webhookMuted } = settings;
  const muted: Record<NoticeChannel, string[]> = {
    wecom: wecomMuted,
    email: emailMuted,
    webhook: webhookMuted,
  };
  return listEnabledChannels(settings).filter((channel) => !muted[channel].includes(kind));
}

export function listEnabledChannels(settings: SavedNoticeSettings | null): NoticeChannel[] {
  if (settings === null) return [];
  const { wecomEnabled, emailEnabled, webhookEnabled } = settings;
  return [
    ...(wecomEnabled ? (['wecom'] as const) : []),
    ...(emailEnabled ? (['email'] as const) : []),
    ...(webhookEnabled ? (['webhook'] as const) : []),
  ];
}
