import { runInBackground } from '../database/background-work.ts';

/**
 * Does work at once and then again and again, one at a time; a failure is told and the next turn comes all the same.
 * @returns a function that stops it and waits for the turn under way
 */
export function repeat(
  work: () => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let turn: Promise<void> | undefined;
  const start = () => {
    turn ??= runInBackground(work)
      .catch(onError)
      .finally(() => {
        turn = undefined;
      });
  };
  start();
  const timer = setInterval(start, everyMs);
  return async () => {
    clearInterval(timer);
    await turn;
  };
}
