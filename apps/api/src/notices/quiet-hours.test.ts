import { expect, it } from 'vitest';
import { isQuiet } from './quiet-hours.ts';

const night = { from: '22:00', to: '07:00' };

it.each([
  ['a minute before they begin', '21:59', false],
  ['as they begin', '22:00', true],
  ['after midnight', '03:00', true],
  ['in their last minute', '06:59', true],
  ['as they end', '07:00', false],
])('tells %s over midnight', (_fact, time, expected) => {
  expect(isQuiet(night, 'Asia/Shanghai', new Date(`2026-11-26T${time}:30+08:00`))).toBe(expected);
});

it('tells hours within a day, equal times as none, and their absence', () => {
  const noon = new Date('2026-11-26T12:30:00Z');
  expect(isQuiet({ from: '12:00', to: '13:00' }, 'UTC', noon)).toBe(true);
  expect(isQuiet({ from: '12:00', to: '13:00' }, 'Asia/Shanghai', noon)).toBe(false);
  expect(isQuiet({ from: '12:30', to: '12:30' }, 'UTC', noon)).toBe(false);
  expect(isQuiet(null, 'UTC', noon)).toBe(false);
});
