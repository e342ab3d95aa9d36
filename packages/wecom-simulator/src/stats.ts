/** What the server has seen since it started or since the last `reset`. */
export interface StatsSnapshot {
  /** Calls by endpoint, e.g. `user/list`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Answers by endpoint and errcode, e.g. `user/list 60011`; successes count under 0. */
  readonly errcodes: Readonly<Record<string, number>>;
  readonly totalCalls: number;
  /** Most calls under way at once, over all endpoints. */
  readonly maxParallel: number;
  readonly tokensIssued: number;
}

/** Counters of the running server. */
export interface Stats {
  start(endpoint: string): void;
  end(endpoint: string): void;
  countErrcode(endpoint: string, errcode: number): void;
  countToken(): void;
  /** Calls of this endpoint that are under way now. */
  parallelOf(endpoint: string): number;
  snapshot(): StatsSnapshot;
  reset(): void;
}

/** Creates counters at zero. */
export function createStats(): Stats {
  const calls = new Map<string, number>();
  const errcodes = new Map<string, number>();
  const underWay = new Map<string, number>();
  let parallel = 0;
  let maxParallel = 0;
  let tokensIssued = 0;
  const add = (counter: Map<string, number>, key: string, by: number) =>
    counter.set(key, (counter.get(key) ?? 0) + by);
  return {
    start(endpoint) {
      add(calls, endpoint, 1);
      add(underWay, endpoint, 1);
      parallel += 1;
      maxParallel = Math.max(maxParallel, parallel);
    },
    end(endpoint) {
      add(underWay, endpoint, -1);
      parallel -= 1;
    },
    countErrcode: (endpoint, errcode) => void add(errcodes, `${endpoint} ${errcode}`, 1),
    countToken() {
      tokensIssued += 1;
    },
    parallelOf: (endpoint) => underWay.get(endpoint) ?? 0,
    snapshot: () => ({
      calls: Object.fromEntries(calls),
      errcodes: Object.fromEntries(errcodes),
      totalCalls: [...calls.values()].reduce((sum, count) => sum + count, 0),
      maxParallel,
      tokensIssued,
    }),
    reset() {
      calls.clear();
      errcodes.clear();
      maxParallel = parallel;
      tokensIssued = 0;
    },
  };
}
