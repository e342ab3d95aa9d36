import { expect, it } from 'vitest';
import { defaultTiming } from '../platform/background-timing.ts';
import { isDebounceElapsed } from './debounce-events.ts';

it.each([
  [0, 0, false],
  [1_999, 1_999, false],
  [2_000, 2_000, true],
  [9_999, 1_999, false],
  [9_999, 2_000, true],
  [10_000, 0, true],
  [60_000, 100, true],
])('%i ms after the first event and %i ms after the latest: %s', (firstAgeMs, lastAgeMs, expected) => {
  expect(isDebounceElapsed({ firstAgeMs, lastAgeMs }, defaultTiming.eventDebounce)).toBe(expected);
});
