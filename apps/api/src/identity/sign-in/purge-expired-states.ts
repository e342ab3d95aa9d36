import type { Now } from '../../platform/clock.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { deleteStates } from './sign-in-state-repository.ts';

/** For this long a late or repeated callback is still told from one that was never ours. */
const retentionMs = 15 * 60_000;

/** Deletes sign-ins that were not finished in time, and the results of finished ones. */
export async function purgeExpiredStates({ prisma, now }: { prisma: PrismaClient; now: Now }): Promise<void> {
  await deleteStates(prisma, new Date(now().getTime() - retentionMs));
}
