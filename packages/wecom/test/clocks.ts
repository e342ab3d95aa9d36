import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../src/clock.ts';

/** Wall-clock time at which the clocks of the tests start. */
export const START_MS = Date.UTC(2026, 0, 1);

/** See {@link createJumpingClock}. */
export interface JumpingClock extends Clock {
  /** Every requested sleep, in milliseconds. */
  readonly sleeps: number[];
  readonly advance: (durationMs: number) => void;
}

/** A clock whose sleeps end at once and advance time by their duration. */
export function createJumpingClock(): JumpingClock {
  let elapsedMs = 0;
  const sleeps: number[] = [];
  return {
    sleeps,
    nowMs: () => START_MS + elapsedMs,
    elapsedMs: () => elapsedMs,
    advance: (durationMs) => {
      elapsedMs += durationMs;
    },
    sleep: async (durationMs, signal) => {
      signal?.throwIfAborted();
      sleeps.push(durationMs);
      await nextTurn();
      signal?.throwIfAborted();
      elapsedMs += durationMs;
    },
  };
}

/** See {@link createManualClock}. */
export interface ManualClock extends Clock {
  /** Moves time forward, waking sleepers in the order of their instants. */
  readonly advance: (durationMs: number) => Promise<void>;
  readonly sleeperCount: () => number;
}

/** A clock that moves only by hand. */
export function createManualClock(): ManualClock {
  let elapsedMs = 0;
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  return {
    nowMs: () => START_MS + elapsedMs,
    elapsedMs: () => elapsedMs,
    sleeperCount: () => sleepers.size,
    sleep: (durationMs, signal) =>
      new Promise<void>((resolve, reject) => {
        signal?.throwIfAborted();
        const sleeper = { atMs: elapsedMs + durationMs, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    advance: async (durationMs) => {
      const endMs = elapsedMs + durationMs;
      for (;;) {
        await nextTurn();
        const due = [...sleepers].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        elapsedMs = Math.max(elapsedMs, due.atMs);
        sleepers.delete(due);
        due.wake();
      }
      elapsedMs = endMs;
    },
  };
}
