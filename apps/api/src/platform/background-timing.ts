/** Intervals of background work, and the debounce of events. All in milliseconds. */
export interface BackgroundTiming {
  /** Runs whose process died, approvals whose time is over, queued runs whose job was lost. */
  staleRunsIntervalMs: number;
  /** Scheduled runs that are due. */
  dueRunsIntervalMs: number;
  /** Events that wait for a run, or whose run has ended. */
  eventsIntervalMs: number;
  /** What needs a person, and notices that are to be sent. */
  noticesIntervalMs: number;
  /** Lists that are to be exported. */
  exportsIntervalMs: number;
  /** How long a mail server may take to connect or greet, and how long it may be silent. */
  mailTimeouts: { connectMs: number; silenceMs: number };
  /** Sign-ins that were not finished. */
  signInStatesIntervalMs: number;
  /** Everything else that expires, and what earlier releases left to fill in. */
  purgeIntervalMs: number;
  /** Read anew each time, so that a test may hold events back and let them go. */
  eventDebounce: EventDebounce;
}

export interface EventDebounce {
  /** How long it must have been quiet since the latest event: a burst is still under way before that. */
  debounceMs: number;
  /** However busy it is, the first event waits no longer. */
  maxWaitMs: number;
}

export const defaultTiming: BackgroundTiming = {
  staleRunsIntervalMs: 5_000,
  dueRunsIntervalMs: 2_000,
  eventsIntervalMs: 500,
  noticesIntervalMs: 5_000,
  exportsIntervalMs: 1_000,
  mailTimeouts: { connectMs: 10_000, silenceMs: 30_000 },
  signInStatesIntervalMs: 60_000,
  purgeIntervalMs: 3_600_000,
  eventDebounce: { debounceMs: 2_000, maxWaitMs: 10_000 },
};
