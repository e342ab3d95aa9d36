import { runInBackground } from '../database/background-work.ts';

/**
 * Runs work at once, or after a delay, and then at an interval, never twice at a time; after a failure the next tick
 * comes all the same.
 * @returns a function that stops it and waits for the tick under way
 */
export function startInterval(
  work: () => Promise<void>,
  intervalMs: number,
  onError: (error: unknown) => void,
  delayMs = 0,
): () => Promise<void> {
  let tick: Promise<void> | undefined;
  let timer: NodeJS.Timeout;
  const start = () => {
    tick ??= runInBackground(work)
      .catch(onError)
      .finally(() => {
        tick = undefined;
      });
  };
  const begin = () => {
    start();
    timer = setInterval(start, intervalMs);
  };
  if (delayMs === 0) begin();
  else timer = setTimeout(begin, delayMs);
  return async () => {
    clearTimeout(timer); // of the delay or of the interval
    await tick;
  };
}
