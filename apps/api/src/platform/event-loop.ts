import { setImmediate } from 'node:timers/promises';

/**
 * How long work on the processor goes on before others get their turn. A request waits for a turn with each of its
 * statements, so that it takes several times this longer beside a sync.
 */
const sliceMs = 2;

/**
 * Makes what long work on the processor calls after each of its short steps: it lets pending I/O happen when the
 * time slice is over, and does nothing before.
 */
export function createTimeSlices(): () => Promise<void> | undefined {
  let endsAtMs = performance.now() + sliceMs;
  const rest = async () => {
    await setImmediate();
    endsAtMs = performance.now() + sliceMs;
  };
  return () => (performance.now() < endsAtMs ? undefined : rest());
}

/** Runs work that is made of short steps to its end, in time slices. */
export async function drainCooperatively<Result>(work: Iterator<void, Result>): Promise<Result> {
  const endSlice = createTimeSlices();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await endSlice();
  }
}
