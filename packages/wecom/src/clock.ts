import { setTimeout as delay } from 'node:timers/promises';

/** The client's source of time; tests pass one that they control. */
export interface Clock {
  /** Wall-clock time in milliseconds since 1970; compared with instants that other processes wrote. */
  readonly nowMs: () => number;
  /** Milliseconds on a clock that never goes back; for pacing and durations. */
  readonly elapsedMs: () => number;
  /** Resolves after the given milliseconds; rejects with the signal's reason as soon as it is aborted. */
  readonly sleep: (durationMs: number, signal?: AbortSignal) => Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  sleep: async (durationMs, signal) => {
    try {
      await delay(durationMs, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      // node wraps the reason in an AbortError of its own; callers expect the reason they gave.
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/**
 * Settles as `promise` does, or rejects with the signal's reason when that comes first.
 * The operation behind `promise` continues: other callers may be waiting for it.
 */
export function rejectOnAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
