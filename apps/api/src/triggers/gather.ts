/** How long it has been quiet since the latest event: a burst is still under way before that. */
const quietForMs = 2_000;
/** However busy it is, the first event waits no longer. */
const longestWaitMs = 10_000;

/** Whether events that wait have been gathered for long enough; ages in milliseconds. */
export const isGathered = ({ firstAgeMs, lastAgeMs }: { firstAgeMs: number; lastAgeMs: number }): boolean =>
  lastAgeMs >= quietForMs || firstAgeMs >= longestWaitMs;
