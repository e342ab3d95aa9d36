import type { NoticeChannel } from '@orgmirror/contracts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { findNoticeSettings } from './notice-settings-repository.ts';
import { listEnabledChannels } from './record-notice.ts';

/** Channels that are on and have not brought the latest notice of theirs to everybody. */
export async function listFailingChannels(prisma: PrismaClient): Promise<NoticeChannel[]> {
  const enabled = listEnabledChannels(await findNoticeSettings(prisma));
  if (enabled.length === 0) return [];
  const failing = await prisma.$queryRaw<{ channel: string }[]>`
    SELECT channel FROM (
      SELECT DISTINCT ON (d.channel) d.channel, d.error
      FROM notice_delivery d JOIN notice n ON n.id = d.notice_id
      WHERE d.status IN ('delivered', 'failed') OR d.error IS NOT NULL
      ORDER BY d.channel, n.at DESC, n.id DESC
    ) latest WHERE error IS NOT NULL`;
  return enabled.filter((channel) => failing.some((row) => row.channel === channel));
}
