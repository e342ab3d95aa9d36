import type { Schedule } from '@orgmirror/contracts';
import { describe, expect, it } from 'vitest';
import { listNextOccurrences } from './next-occurrences.ts';

const daily = (at: string): Schedule => ({ kind: 'daily', at });

/** The next starts as UTC text without seconds. */
function list(schedule: Schedule, timeZone: string, after: string, count = 3, countedFrom = after): string[] {
  const asked = { timeZone, after: new Date(after), countedFrom: new Date(countedFrom) };
  return listNextOccurrences(schedule, asked, count).map((start) => start.toISOString().slice(0, 16));
}

describe('every N hours', () => {
  it('counts from when it was set, strictly later than asked', () => {
    const schedule: Schedule = { kind: 'everyHours', hours: 6 };
    const from = '2026-03-01T01:10:00Z';
    expect(list(schedule, 'Asia/Shanghai', from, 2)).toEqual(['2026-03-01T07:10', '2026-03-01T13:10']);
    expect(list(schedule, 'Asia/Shanghai', '2026-03-01T07:10:00Z', 1, from)).toEqual(['2026-03-01T13:10']);
    expect(list(schedule, 'Asia/Shanghai', '2026-03-01T07:09:59Z', 1, from)).toEqual(['2026-03-01T07:10']);
  });

  it('is not moved by a change of clocks', () => {
    const starts = list({ kind: 'everyHours', hours: 12 }, 'Europe/Berlin', '2026-03-28T22:00:00Z', 3);
    expect(starts).toEqual(['2026-03-29T10:00', '2026-03-29T22:00', '2026-03-30T10:00']);
  });
});

describe('daily', () => {
  it('is meant in the zone, also in zones of odd minutes and beyond the date line', () => {
    expect(list(daily('02:30'), 'Asia/Shanghai', '2026-03-01T00:00:00Z', 2)).toEqual([
      '2026-03-01T18:30',
      '2026-03-02T18:30',
    ]);
    expect(list(daily('02:30'), 'Asia/Kathmandu', '2026-03-01T00:00:00Z', 1)).toEqual(['2026-03-01T20:45']);
    expect(list(daily('00:00'), 'Pacific/Kiritimati', '2026-03-01T09:59:00Z', 1)).toEqual([
      '2026-03-01T10:00',
    ]);
    expect(list(daily('23:59'), 'Pacific/Niue', '2026-03-01T00:00:00Z', 1)).toEqual(['2026-03-01T10:59']);
    expect(list(daily('12:00'), 'UTC', '2026-03-01T12:00:00Z', 1)).toEqual(['2026-03-02T12:00']);
  });

  it('keeps its local time across both changes of clocks', () => {
    expect(list(daily('08:00'), 'Europe/Berlin', '2026-03-28T00:00:00Z')).toEqual([
      '2026-03-28T07:00',
      '2026-03-29T06:00',
      '2026-03-30T06:00',
    ]);
    expect(list(daily('08:00'), 'America/New_York', '2026-10-31T00:00:00Z')).toEqual([
      '2026-10-31T12:00',
      '2026-11-01T13:00',
      '2026-11-02T13:00',
    ]);
  });

  it('moves a time that the clocks skip to the next minute that exists', () => {
    // 02:00 became 03:00 at 01:00 UTC.
    expect(list(daily('02:30'), 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    // 02:00 became 03:00 at 07:00 UTC.
    expect(list(daily('02:59'), 'America/New_York', '2026-03-08T00:00:00Z', 2)).toEqual([
      '2026-03-08T07:00',
      '2026-03-09T06:59',
    ]);
    // 02:00 became 02:30 at 15:30 UTC of the day before: Lord Howe changes by half an hour.
    expect(list(daily('02:15'), 'Australia/Lord_Howe', '2026-10-03T00:00:00Z', 2)).toEqual([
      '2026-10-03T15:30',
      '2026-10-04T15:15',
    ]);
  });

  it('leaves out a day whose last hour, with the time in it, the clocks skip', () => {
    // 23:00 became 00:00 at 01:00 UTC of the 29th: Greenland changes with Europe, late on its own Saturday.
    expect(list(daily('23:59'), 'America/Nuuk', '2026-03-28T00:00:00Z', 2)).toEqual([
      '2026-03-28T01:59',
      '2026-03-30T00:59',
    ]);
  });

  it('takes a time that the clocks show twice the first time, once', () => {
    expect(list(daily('02:30'), 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    expect(list(daily('01:30'), 'America/New_York', '2026-11-01T05:30:00Z', 1)).toEqual(['2026-11-02T06:30']);
    expect(list(daily('01:45'), 'Australia/Lord_Howe', '2026-04-04T00:00:00Z', 2)).toEqual([
      '2026-04-04T14:45',
      '2026-04-05T15:15',
    ]);
  });

  it('fires once for a day that a country left out', () => {
    // Samoa went from Thursday the 29th to Saturday the 31st of December 2011.
    expect(list(daily('00:00'), 'Pacific/Apia', '2011-12-29T10:00:00Z', 2)).toEqual([
      '2011-12-30T10:00',
      '2011-12-31T10:00',
    ]);
  });
});

describe('on weekdays', () => {
  it('counts weekdays in the zone, Monday first', () => {
    const schedule: Schedule = { kind: 'weekdays', at: '01:00', weekdays: [7, 1] };
    // Sunday 01:00 in Shanghai is still Saturday in UTC.
    expect(list(schedule, 'Asia/Shanghai', '2026-03-03T00:00:00Z')).toEqual([
      '2026-03-07T17:00',
      '2026-03-08T17:00',
      '2026-03-14T17:00',
    ]);
  });

  it('finds a single weekday a week away', () => {
    const schedule: Schedule = { kind: 'weekdays', at: '09:00', weekdays: [3] };
    expect(list(schedule, 'America/New_York', '2026-03-04T14:00:00Z', 2)).toEqual([
      '2026-03-11T13:00',
      '2026-03-18T13:00',
    ]);
  });
});

it('never starts when off', () => {
  expect(list({ kind: 'off' }, 'Asia/Shanghai', '2026-03-01T00:00:00Z')).toEqual([]);
});

it('starts strictly later and in order in every zone, at any hour, on any day of a year', () => {
  for (const timeZone of Intl.supportedValuesOf('timeZone').filter((_, index) => index % 20 === 0)) {
    const asked = { timeZone, after: new Date('2026-01-01T00:00:00Z'), countedFrom: new Date(0) };
    const starts = listNextOccurrences(daily('02:30'), asked, 365);
    let previousMs = asked.after.getTime();
    for (const start of starts) {
      const gapHours = (start.getTime() - previousMs) / 3_600_000;
      expect([timeZone, gapHours > 0 && gapHours <= 26]).toEqual([timeZone, true]);
      previousMs = start.getTime();
    }
  }
});
