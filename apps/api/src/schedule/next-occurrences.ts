import type { Schedule } from '@orgmirror/contracts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export interface OccurrenceQuery {
  /** IANA name in which times of day are meant. */
  timeZone: string;
  /** From when `everyHours` counts. */
  countedFrom: Date;
  /** Starts later than this. */
  after: Date;
}

/**
 * The next `count` starts of a schedule, earliest first; none when it is off. A time of day that the clocks skip moves
 * to the next minute that exists, one that they show twice is taken the first time.
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

function listTimesOfDay(
  at: string,
  weekdays: readonly number[],
  { timeZone, after }: OccurrenceQuery,
  count: number,
): Date[] {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const readOffset = createOffsetReader(timeZone);
  const localAfter = after.getTime() + readOffset(after.getTime());
  const yesterday = Math.floor(localAfter / dayMs) * dayMs - dayMs; // a skipped time may have moved past midnight
  const starts: Date[] = [];
  let latestMs = after.getTime();
  for (let day = yesterday; starts.length < count; day += dayMs) {
    if (!weekdays.includes(weekdayOf(day))) continue;
    const startMs = findInstant(day + hours * hourMs + minutes * minuteMs, readOffset);
    if (startMs <= latestMs) continue; // a whole day can be skipped: two of its times then become one instant
    starts.push(new Date(startMs));
    latestMs = startMs;
  }
  return starts;
}

/** 1 Monday … 7 Sunday. */
const weekdayOf = (localMs: number): number => new Date(localMs).getUTCDay() || 7;

type ReadOffset = (atMs: number) => number;

/** The first instant at which the clock on the wall shows this local time (its milliseconds as if it were UTC) or later. */
function findInstant(localMs: number, readOffset: ReadOffset): number {
  // A day away on either side lies beyond every offset that there is (-12 … +14 hours).
  const offsets = [readOffset(localMs - dayMs), readOffset(localMs + dayMs)].sort((a, b) => b - a);
  const [largest = 0, smallest = 0] = offsets;
  for (const offset of [largest, smallest])
    if (readOffset(localMs - offset) === offset) return localMs - offset;
  let before = (localMs - largest) / minuteMs;
  let next = (localMs - smallest) / minuteMs;
  while (next - before > 1) {
    const middle = Math.floor((before + next) / 2);
    if (middle * minuteMs + readOffset(middle * minuteMs) >= localMs) next = middle;
    else before = middle;
  }
  return next * minuteMs;
}

/** Tells how many milliseconds a zone is ahead of UTC at an instant. */
function createOffsetReader(timeZone: string): ReadOffset {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (atMs) => {
    const name = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []; // UTC itself is "GMT"
    const size = Number(hours ?? 0) * hourMs + Number(minutes ?? 0) * minuteMs;
    return sign === '-' ? -size : size;
  };
}
