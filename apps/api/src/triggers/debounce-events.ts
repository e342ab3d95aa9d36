import type { EventDebounce } from '../platform/background-timing.ts';

/** Whether the burst of waiting events is over, or has waited long enough; ages in milliseconds. */
export const isDebounceElapsed = (
  { firstAgeMs, lastAgeMs }: { firstAgeMs: number; lastAgeMs: number },
  { debounceMs, maxWaitMs }: EventDebounce,
): boolean => lastAgeMs >= debounceMs || firstAgeMs >= maxWaitMs;
