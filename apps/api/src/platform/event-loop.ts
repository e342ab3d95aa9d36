import { setImmediate } from 'node:timers/promises';

/**
 * Lets pending I/O happen before the caller goes on; long work on the processor calls it every few
 * milliseconds.
 */
export const yieldToEventLoop = (): Promise<void> => setImmediate();

/** Runs work that is made of short steps to its end, and yields to the event loop between them. */
export async function drainCooperatively<Result>(work: Iterator<void, Result>): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await yieldToEventLoop();
  }
}
