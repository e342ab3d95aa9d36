/** How much the server takes before it refuses. */
export interface LimitRules {
  /** Calls of one API per corp and minute before 45009 for 60 s (official number: 10,000). */
  readonly callsPerMinute: number;
  /** Calls of one API under way at once before 45033 (no official number). */
  readonly parallelCalls: number;
  /** Members that one answer may list before 45029 (no official number); null: any number. */
  readonly membersPerAnswer: number | null;
  /** Wrong corpid or secret from one IP within an hour before that IP gets 45009 for an hour. */
  readonly wrongSecretsPerHour: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface Window {
  startedAtMs: number;
  count: number;
  blockedUntilMs: number;
}

/** Counts events per key in windows; a key that goes over is blocked for one whole window length. */
interface WindowCounter {
  isBlocked(key: string): boolean;
  /** Counts one event; true when it was one too many. */
  countOver(key: string, limit: number): boolean;
  clear(): void;
}

function createWindowCounter(now: () => number, lengthMs: number): WindowCounter {
  const windows = new Map<string, Window>();
  const isBlocked = (key: string) => (windows.get(key)?.blockedUntilMs ?? 0) > now();
  return {
    isBlocked,
    countOver(key, limit) {
      if (isBlocked(key)) return true;
      const known = windows.get(key);
      const isOver = known === undefined || now() - known.startedAtMs >= lengthMs;
      const window = isOver ? { startedAtMs: now(), count: 0, blockedUntilMs: 0 } : known;
      window.count += 1;
      if (window.count > limit) window.blockedUntilMs = now() + lengthMs;
      windows.set(key, window);
      return window.count > limit;
    },
    clear: () => windows.clear(),
  };
}

/** The server's counters. */
export interface Limits {
  /** Calls per API and minute. */
  readonly calls: WindowCounter;
  /** Wrong credentials per IP and hour. */
  readonly wrongSecrets: WindowCounter;
}

/** Creates empty counters on the given clock (milliseconds). */
export function createLimits(now: () => number): Limits {
  return { calls: createWindowCounter(now, minuteMs), wrongSecrets: createWindowCounter(now, hourMs) };
}
