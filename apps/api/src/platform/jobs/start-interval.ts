import { runInBackground } from '../database/background-work.ts';

/**
 * Runs work at once and then at an interval, never twice at a time; after a failure the next tick comes all
 * the same.
 * @returns a function that stops it and waits for the tick under way
 */
export function startInterval(
  work: () => Promise<void>,
  intervalMs: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let tick: Promise<void> | undefined;
  const start = () => {
    tick ??= runInBackground(work)
      .catch(onError)
      .finally(() => {
        tick = undefined;
      });
  };
  start();
  const timer = setInterval(start, intervalMs);
  return async () => {
    clearInterval(timer);
    await tick;
  };
}
