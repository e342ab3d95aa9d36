import type { Now } from '../../platform/clock.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { deleteStates } from './sign-in-state-repository.ts';

/** So long a late or repeated callback is still told from one that was never ours. */
const retentionMs = 15 * 60_000;

/** Removes sign-ins that were left unfinished, and what is known of finished ones. */
export async function forgetStates({ prisma, now }: { prisma: PrismaClient; now: Now }): Promise<void> {
  await deleteStates(prisma, new Date(now().getTime() - retentionMs));
}
