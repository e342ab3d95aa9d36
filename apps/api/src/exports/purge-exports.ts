import type { Now } from '../platform/clock.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';

/** Deletes exports that are more than a day old, with their files. */
export async function purgeExports({ prisma, now }: { prisma: PrismaClient; now: Now }): Promise<void> {
  await prisma.export.deleteMany({ where: { expiresAt: { lte: now() } } });
}
