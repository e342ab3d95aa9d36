import type { Now } from '../platform/clock.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';

const retentionMs = 90 * 86_400_000;

/** Deletes notices that are more than 90 days old, with what became of them. */
export async function purgeNotices({ prisma, now }: { prisma: PrismaClient; now: Now }): Promise<void> {
  await prisma.notice.deleteMany({ where: { at: { lt: new Date(now().getTime() - retentionMs) } } });
}
