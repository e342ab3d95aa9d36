import type { PrismaClient } from '../database/generated/client.ts';

/** Below this Postgres' own upkeep is good enough; the embedded database has none. */
const worthwhileChanges = 1_000;

/** Tells the query planner about tables that have just been filled, so that the first pages after a sync are fast. */
export async function refreshStatistics(prisma: PrismaClient, changeCount: number): Promise<void> {
  if (changeCount < worthwhileChanges) return;
  await prisma.$executeRaw`ANALYZE department, member, membership, member_sensitive, sync_change`;
}
