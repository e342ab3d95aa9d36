import { expect, it } from 'vitest';
import { formatDay, formatDuration } from './format.ts';

it('formats spans below a minute, below an hour and above', () => {
  expect(formatDuration(7_900)).toBe('0:07');
  expect(formatDuration(754_000)).toBe('12:34');
  expect(formatDuration(3_723_000)).toBe('1:02:03');
});

it('names the day that the browser is in, also just before and after midnight', () => {
  expect(formatDay(new Date(2026, 10, 5, 23, 59))).toBe('2026-11-05');
  expect(formatDay(new Date(2026, 10, 6, 0, 1))).toBe('2026-11-06');
});

it('shows a span that a slow clock makes negative as nothing', () => {
  expect(formatDuration(-5)).toBe('0:00');
});
