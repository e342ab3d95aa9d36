import type { EventDebounce } from '../platform/background-timing.ts';

/** Whether events that wait have been gathered for long enough; ages in milliseconds. */
export const isGathered = (
  { firstAgeMs, lastAgeMs }: { firstAgeMs: number; lastAgeMs: number },
  { quietMs, maxWaitMs }: EventDebounce,
): boolean => lastAgeMs >= quietMs || firstAgeMs >= maxWaitMs;
