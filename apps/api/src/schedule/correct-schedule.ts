import type { Prisma, WecomConnection } from '../platform/database/generated/client.ts';
import { maxBackOffMs } from './update-schedule-after-run.ts';

/** Clocks of two processes may differ by that. */
const toleranceMs = 60_000;

/**
 * What to write for a schedule that a clock which was ahead has moved into the future; null when it is right.
 * A start is claimed when it is due, and a back-off is six hours at most: neither can be later. Left alone,
 * nothing would start until that clock's time has come.
 */
export function correctSchedule(
  { lastScheduledAt, backOffUntil }: Pick<WecomConnection, 'lastScheduledAt' | 'backOffUntil'>,
  at: Date,
): Pick<Prisma.WecomConnectionUpdateManyMutationInput, 'lastScheduledAt' | 'backOffUntil'> | null {
  const isBeyond = (instant: Date | null, ms: number) =>
    instant !== null && instant.getTime() > at.getTime() + ms + toleranceMs;
  const corrected = {
    ...(isBeyond(lastScheduledAt, 0) && { lastScheduledAt: at }),
    ...(isBeyond(backOffUntil, maxBackOffMs) && { backOffUntil: at }),
  };
  return Object.keys(corrected).length > 0 ? corrected : null;
}
