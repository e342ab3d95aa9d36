import { Prisma, type WecomConnection } from '../platform/database/generated/client.ts';

/**
 * What to write when what paused the schedule or made it back off is over; null when there was nothing. Starts that
 * fell due meanwhile are not made up: whoever mended it syncs by hand or waits for the next start, which is shown.
 */
export function forgetTrouble(
  {
    pausedAt,
    backOffUntil,
    scheduledUpTo,
  }: Pick<WecomConnection, 'pausedAt' | 'backOffUntil' | 'scheduledUpTo'>,
  at: Date,
): Prisma.WecomConnectionUpdateManyMutationInput | null {
  if (pausedAt === null && backOffUntil === null) return null;
  const isRetryOver =
    pausedAt === null && backOffUntil !== null && scheduledUpTo !== null && backOffUntil <= scheduledUpTo;
  return {
    pausedError: Prisma.DbNull,
    pausedAt: null,
    failuresInARow: 0,
    backOffError: Prisma.DbNull,
    backOffUntil: null,
    // A start that was taken up during the trouble, as a retry is, stays the latest.
    ...(!isRetryOver && { scheduledUpTo: at }),
  };
}
