import { AppError } from '../platform/errors/app-error.ts';

/** Streams of one session at one process; each asks the database twice a second. Pages that get none poll. */
const maxStreams = 20;
const retryAfterSeconds = 10;

/** Serves a stream of a session. @throws AppError `request.too_many_streams` */
export type LimitStreams = (sessionId: string, serve: () => Promise<void>) => Promise<void>;

/** Limits how many streams of one session are open at once. */
export function createStreamLimit(): LimitStreams {
  const open = new Map<string, number>();
  const add = (sessionId: string, change: number) => {
    const count = (open.get(sessionId) ?? 0) + change;
    if (count === 0) open.delete(sessionId);
    else open.set(sessionId, count);
  };
  return async (sessionId, serve) => {
    if ((open.get(sessionId) ?? 0) >= maxStreams)
      throw new AppError('request.too_many_streams', { values: { max: maxStreams }, retryAfterSeconds });
    add(sessionId, 1);
    try {
      await serve();
    } finally {
      add(sessionId, -1);
    }
  };
}
