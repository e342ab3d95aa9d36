import type { Schedule } from '@orgmirror/contracts';

/** What the form of the schedule holds; fields of other kinds keep what was last entered. */
export interface ScheduleValues {
  kind: Schedule['kind'];
  hours: number;
  at: string;
  /** 1 Monday … 7 Sunday, in order. */
  weekdays: number[];
  timeZone: string;
}

export const scheduleKinds = ['off', 'everyHours', 'daily', 'weekdays'] as const;
export const weekdayNumbers = [1, 2, 3, 4, 5, 6, 7] as const;

const defaultTimeZone = 'Asia/Shanghai';

// Where enterprises that use WeCom have offices; one from each zone of the day, the most common first.
const commonTimeZones = [
  defaultTimeZone,
  'Asia/Hong_Kong',
  'Asia/Taipei',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Asia/Seoul',
  'Asia/Bangkok',
  'Asia/Jakarta',
  'Asia/Kolkata',
  'Asia/Dubai',
  'Europe/Moscow',
  'Europe/Berlin',
  'Europe/London',
  'America/Sao_Paulo',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'Australia/Sydney',
  'Pacific/Auckland',
  'UTC',
];

/** The common zones, the saved one among them. */
export const listTimeZones = (saved: string): string[] => [...new Set([...commonTimeZones, saved])];

/** The saved schedule as the form's values, with sensible ones where its kind has none. */
export const readScheduleValues = (schedule: Schedule, timeZone: string): ScheduleValues => ({
  kind: schedule.kind,
  hours: schedule.kind === 'everyHours' ? schedule.hours : 6,
  at: schedule.kind === 'daily' || schedule.kind === 'weekdays' ? schedule.at : '02:00',
  weekdays: schedule.kind === 'weekdays' ? [...schedule.weekdays].sort() : [1, 2, 3, 4, 5],
  timeZone: timeZone || defaultTimeZone,
});

/** The schedule that the form's values say. */
export function buildSchedule({ kind, hours, at, weekdays }: ScheduleValues): Schedule {
  switch (kind) {
    case 'off':
      return { kind };
    case 'everyHours':
      return { kind, hours };
    case 'daily':
      return { kind, at };
    case 'weekdays':
      return { kind, at, weekdays };
  }
}
