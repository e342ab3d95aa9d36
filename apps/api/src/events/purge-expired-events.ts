import type { Now } from '../platform/clock.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';

const retentionDays = 30;
const dayMs = 86_400_000;

/** Deletes events that came more than 30 days ago. */
export async function purgeExpiredEvents({ prisma, now }: { prisma: PrismaClient; now: Now }): Promise<void> {
  const before = new Date(now().getTime() - retentionDays * dayMs);
  await prisma.callbackEvent.deleteMany({ where: { receivedAt: { lt: before } } });
}
