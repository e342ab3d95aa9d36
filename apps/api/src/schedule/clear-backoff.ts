import { Prisma, type WecomConnection } from '../platform/database/generated/client.ts';

/**
 * What to write when a pause or a back-off is over; null when there was none. Starts that fell due meanwhile
 * are not made up for: the admin who solved the cause syncs by hand or waits for the next start, which is
 * shown.
 */
export function clearBackoff(
  {
    pausedAt,
    backOffUntil,
    lastScheduledAt,
  }: Pick<WecomConnection, 'pausedAt' | 'backOffUntil' | 'lastScheduledAt'>,
  at: Date,
): Prisma.WecomConnectionUpdateManyMutationInput | null {
  if (pausedAt === null && backOffUntil === null) return null;
  const isRetryOver =
    pausedAt === null && backOffUntil !== null && lastScheduledAt !== null && backOffUntil <= lastScheduledAt;
  return {
    pausedError: Prisma.DbNull,
    pausedAt: null,
    consecutiveFailures: 0,
    backOffError: Prisma.DbNull,
    backOffUntil: null,
    // A start during the back-off, as a retry is, stays the latest.
    ...(!isRetryOver && { lastScheduledAt: at }),
  };
}
