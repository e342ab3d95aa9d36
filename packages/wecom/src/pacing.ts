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

/** Calls that one of several processes may start, out of what all of them share. */
export interface CallBlock {
  readonly calls: number;
  /** How many of this process may be in flight. */
  readonly maxConcurrency: number;
  /** When the calls that were not started by then are forfeited. */
  readonly validForMs: number;
}

/** What several processes share; a pacer asks for a block of calls at a time, never twice at once. */
export interface SharedBudget {
  /** A block of calls, or how long to wait before asking again. Must not reject. */
  readonly take: () => Promise<CallBlock | { readonly waitMs: number }>;
  /** Tells the other processes of a pause. Must not throw. */
  readonly pauseFor: (durationMs: number) => void;
}

/**
 * Creates a pacer with at most `maxConcurrency` calls in flight (default 8) and at most `maxCallsPerMinute`
 * starts in any 60 seconds (default 1000, the lowest limit of an old edition; WeCom's is 10,000 per API).
 * With a `budget`, within what it gives, too.
 * Memory: 8 bytes per call of the budget, independent of the number of calls.
 */
export function createPacer({
  maxConcurrency = 8,
  maxCallsPerMinute = 1_000,
  budget,
  clock = systemClock,
}: {
  readonly maxConcurrency?: number;
  readonly maxCallsPerMinute?: number;
  readonly budget?: SharedBudget | undefined;
  readonly clock?: Clock;
} = {}): Pacer {
  requirePositiveInteger('maxConcurrency', maxConcurrency);
  requirePositiveInteger('maxCallsPerMinute', maxCallsPerMinute);
  const startWindow = createStartWindow(maxCallsPerMinute);
  const share = createShare(budget, clock, () => grantSlots());
  const queue = createFifoQueue(() => wakeTimer.cancel());
  const wakeTimer = createWakeTimer(clock, () => grantSlots());
  let inFlight = 0;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;

  function grantSlots(): void {
    while (queue.isWaiting() && inFlight < maxConcurrency) {
      const nowMs = clock.elapsedMs();
      const delayMs = Math.max(pausedUntilMs, startWindow.nextFreeMs(), share.askAgainMs()) - nowMs;
      if (delayMs > 0) {
        wakeTimer.start(delayMs);
        return;
      }
      if (!share.allows(inFlight)) return; // the next block or the end of a call goes on
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
      budget?.pauseFor(durationMs);
    },
  };
}

/** What this process has of a shared budget; without one, everything. */
function createShare(
  budget: SharedBudget | undefined,
  clock: Clock,
  onBlock: () => void,
): {
  /** Before that the budget gives nothing. */
  readonly askAgainMs: () => number;
  /** Whether a call may start beside those in flight, and counts it; asks for a block when there is none. */
  readonly allows: (inFlight: number) => boolean;
} {
  if (budget === undefined) return { askAgainMs: () => Number.NEGATIVE_INFINITY, allows: () => true };
  let block: CallBlock = { calls: 0, maxConcurrency: 0, validForMs: 0 };
  let validUntilMs = Number.NEGATIVE_INFINITY;
  let askAgainMs = Number.NEGATIVE_INFINITY;
  let isAsking = false;

  async function ask(): Promise<void> {
    isAsking = true;
    const askedAtMs = clock.elapsedMs();
    const answer = await (budget as SharedBudget).take();
    isAsking = false;
    if ('waitMs' in answer) askAgainMs = clock.elapsedMs() + answer.waitMs;
    else {
      block = answer;
      validUntilMs = askedAtMs + answer.validForMs; // it is counted from when it was given, at the earliest then
    }
    onBlock();
  }

  return {
    askAgainMs: () => askAgainMs,
    allows: (inFlight) => {
      if (block.calls === 0 || clock.elapsedMs() >= validUntilMs) {
        if (!isAsking) void ask();
        return false;
      }
      if (inFlight >= block.maxConcurrency) return false;
      block = { ...block, calls: block.calls - 1 };
      return true;
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
