import type { Schedule } from '@orgmirror/contracts';
import { Cron } from 'croner';

const hourMs = 3_600_000;

export interface OccurrenceQuery {
  /** IANA name in which times of day are meant. */
  timeZone: string;
  /** From when `everyHours` counts. */
  countedFrom: Date;
  /** Starts later than this. */
  after: Date;
}

/**
 * The next `count` starts of a schedule, earliest first; none when it is off. A time of day that the clocks
 * skip moves to the next minute of that day that exists, one that they show twice is taken the first time.
 */
export function listNextOccurrences(schedule: Schedule, query: OccurrenceQuery, count: number): Date[] {
  if (schedule.kind === 'off') return [];
  if (schedule.kind === 'everyHours') return listEveryHours(schedule.hours, query, count);
  const weekdays = schedule.kind === 'weekdays' ? schedule.weekdays : [1, 2, 3, 4, 5, 6, 7];
  return listTimesOfDay(schedule.at, weekdays, query, count);
}

function listEveryHours(hours: number, { countedFrom, after }: OccurrenceQuery, count: number): Date[] {
  const periodMs = hours * hourMs;
  const passed = Math.floor((after.getTime() - countedFrom.getTime()) / periodMs);
  const first = countedFrom.getTime() + Math.max(1, passed + 1) * periodMs;
  return Array.from({ length: count }, (_, index) => new Date(first + index * periodMs));
}

/** By croner, whose rule for changes of the clocks is the one above. */
function listTimesOfDay(
  at: string,
  weekdays: readonly number[],
  { timeZone, after }: OccurrenceQuery,
  count: number,
): Date[] {
  const [hours, minutes] = at.split(':').map(Number);
  const pattern = `${minutes} ${hours} * * ${weekdays.join(',')}`;
  return new Cron(pattern, { timezone: timeZone, paused: true }).nextRuns(count, after);
}
