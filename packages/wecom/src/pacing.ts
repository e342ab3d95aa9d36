import { type Clock, systemClock } from './clock.ts';

const WINDOW_MS = 60_000;

/** Permission to make one call; `release` must be called once, when the call is over. */
export interface PacerSlot {
  readonly release: () => void;
  /** Milliseconds that the caller waited for the slot. */
  readonly waitedMs: number;
}

/** Limits the calls of a whole process; share one among all clients. */
export interface Pacer {
  /** Waits for a slot in order of arrival; rejects with the signal's reason when aborted. */
  readonly acquire: (signal?: AbortSignal) => Promise<PacerSlot>;
  /** Starts no call for `durationMs`; a longer pause that is already running is kept. */
  readonly pauseFor: (durationMs: number) => void;
}

/**
 * Creates a pacer with at most `maxConcurrency` calls in flight (default 8) and at most `maxCallsPerMinute`
 * starts in any 60 seconds (default 1000, the lowest limit of an old edition; WeCom's is 10,000 per API).
 * Memory: 8 bytes per call of the budget, independent of the number of calls.
 */
export function createPacer({
  maxConcurrency = 8,
  maxCallsPerMinute = 1_000,
  clock = systemClock,
}: {
  readonly maxConcurrency?: number;
  readonly maxCallsPerMinute?: number;
  readonly clock?: Clock;
} = {}): Pacer {
  requirePositiveInteger('maxConcurrency', maxConcurrency);
  requirePositiveInteger('maxCallsPerMinute', maxCallsPerMinute);
  const startWindow = createStartWindow(maxCallsPerMinute);
  const queue = createFifoQueue(() => wakeTimer.cancel());
  const wakeTimer = createWakeTimer(clock, () => grantSlots());
  let inFlight = 0;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;

  function grantSlots(): void {
    while (queue.isWaiting() && inFlight < maxConcurrency) {
      const nowMs = clock.elapsedMs();
      const delayMs = Math.max(pausedUntilMs, startWindow.nextFreeMs()) - nowMs;
      if (delayMs > 0) {
        wakeTimer.start(delayMs);
        return;
      }
      inFlight += 1;
      startWindow.record(nowMs);
      queue.dequeue();
    }
  }

  function createSlot(requestedAtMs: number): PacerSlot {
    let released = false;
    return {
      waitedMs: clock.elapsedMs() - requestedAtMs,
      release: () => {
        if (released) return;
        released = true;
        inFlight -= 1;
        grantSlots();
      },
    };
  }

  return {
    acquire: async (signal) => {
      signal?.throwIfAborted();
      const requestedAtMs = clock.elapsedMs();
      const turn = queue.enqueue(signal);
      grantSlots();
      await turn;
      return createSlot(requestedAtMs);
    },
    pauseFor: (durationMs) => {
      pausedUntilMs = Math.max(pausedUntilMs, clock.elapsedMs() + durationMs);
    },
  };
}

/** A queue in order of arrival; a caller whose signal is aborted leaves it. */
function createFifoQueue(onEmpty: () => void): {
  readonly isWaiting: () => boolean;
  /** Resolves when the caller is dequeued. */
  readonly enqueue: (signal?: AbortSignal) => Promise<void>;
  readonly dequeue: () => void;
} {
  // A Set keeps the order of arrival and removes an aborted caller from the middle in constant time.
  const turns = new Set<() => void>();
  return {
    isWaiting: () => turns.size > 0,
    enqueue: (signal) =>
      new Promise<void>((resolve, reject) => {
        const onAbort = (): void => {
          turns.delete(turn);
          if (turns.size === 0) onEmpty();
          reject(signal?.reason);
        };
        const turn = (): void => {
          turns.delete(turn);
          signal?.removeEventListener('abort', onAbort);
          resolve();
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        turns.add(turn);
      }),
    dequeue: () => {
      const [first] = turns;
      first?.();
    },
  };
}

/**
 * One timer at a time: a second start while it runs changes nothing, since the wake-up checks the queue
 * again.
 */
function createWakeTimer(
  clock: Clock,
  onWake: () => void,
): { readonly start: (delayMs: number) => void; readonly cancel: () => void } {
  let running: AbortController | undefined;
  return {
    start: (delayMs) => {
      if (running !== undefined) return;
      const timer = new AbortController();
      running = timer;
      clock.sleep(delayMs, timer.signal).then(
        () => {
          if (running !== timer) return;
          running = undefined;
          onWake();
        },
        () => undefined, // Only our own cancel.
      );
    },
    // Without this a pause of a minute would keep an otherwise finished process alive.
    cancel: () => {
      running?.abort();
      running = undefined;
    },
  };
}

/** Ring of the last `capacity` start times: the oldest one says when the next call may start. */
function createStartWindow(capacity: number): {
  readonly nextFreeMs: () => number;
  readonly record: (startedAtMs: number) => void;
} {
  const starts = new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  return {
    nextFreeMs: () => (starts[oldest] ?? Number.NEGATIVE_INFINITY) + WINDOW_MS,
    record: (startedAtMs) => {
      starts[oldest] = startedAtMs;
      oldest = (oldest + 1) % capacity;
    },
  };
}

function requirePositiveInteger(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${name} must be an integer of at least 1`);
}
