import { setImmediate } from 'node:timers/promises';

/** Lets requests be answered and bytes leave before the caller goes on; long work on the processor calls it every few milliseconds. */
export const letOthersRun = (): Promise<void> => setImmediate();

/** Runs work that is made of short steps to its end, letting others run between them. */
export async function runInSteps<Result>(work: Iterator<void, Result>): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await letOthersRun();
  }
}
