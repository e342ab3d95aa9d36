import { schedule } from '@orgmirror/contracts';
import type { WecomConnection } from '../platform/database/generated/client.ts';
import { listNextOccurrences } from './next-occurrences.ts';

/** What decides when a connection's syncs start by themselves. */
export type ScheduleRow = Pick<
  WecomConnection,
  'syncEnabled' | 'schedule' | 'timeZone' | 'lastScheduledAt' | 'pausedAt' | 'backOffUntil' | 'updatedAt'
>;

/** The start after the last one; it may be overdue. Null while nothing is to start. */
export function findNextScheduledRun(row: ScheduleRow): Date | null {
  return listNextScheduledRuns(row, lastClaimedAt(row), 1)[0] ?? null;
}

/**
 * The next `count` starts after an instant, earliest first; none while syncing is off or the schedule off or
 * paused. After a failure the end of the back-off is a start of its own: the run that failed is tried again,
 * and nothing starts before.
 */
export function listNextScheduledRuns(row: ScheduleRow, after: Date, count: number): Date[] {
  const planned = schedule.parse(row.schedule);
  if (!row.syncEnabled || row.pausedAt !== null || planned.kind === 'off') return [];
  const last = lastClaimedAt(row);
  const retryAt = row.backOffUntil !== null && row.backOffUntil > last ? row.backOffUntil : null;
  const countedFrom = retryAt ?? last;
  const later = countedFrom > after ? countedFrom : after;
  const starts = listNextOccurrences(planned, { timeZone: row.timeZone, countedFrom, after: later }, count);
  return retryAt !== null && retryAt > after ? [retryAt, ...starts].slice(0, count) : starts;
}

/** Every saved schedule has an instant; for a row written by hand it is when that was. */
const lastClaimedAt = (row: ScheduleRow): Date => row.lastScheduledAt ?? row.updatedAt;
