import { RateLimiterPrisma, type RateLimiterRes } from 'rate-limiter-flexible';
import type { PrismaClient } from './generated/client.ts';

export interface Counted {
  count: number;
  /** Until the window ends and the count begins again. */
  msLeft: number;
}

/** Counts by key within a window that begins with the first; in the database, so that all processes agree. */
export interface WindowCounter {
  /** Counts one, or as many as are given. */
  add(key: string, points?: number): Promise<Counted>;
  read(key: string): Promise<Counted>;
  subtract(key: string): Promise<void>;
  clear(key: string): Promise<void>;
}

/** Clocks of two processes may differ by that. */
const toleranceMs = 60_000;

/**
 * A window that ends later than one that begins now was begun by a clock that was ahead: it is begun anew, so
 * that nobody waits until that clock would have come true.
 */
export function createWindowCounter(
  prisma: PrismaClient,
  { keyPrefix, windowSeconds }: { keyPrefix: string; windowSeconds: number },
): WindowCounter {
  const limiter = new RateLimiterPrisma({
    storeClient: prisma,
    keyPrefix,
    points: 1, // the limits are the callers' own
    duration: windowSeconds,
    clearExpiredByTimeout: false, // its timer would outlive the server: purgeExpiredAttempts does it
  });
  const isFromTheFuture = ({ msBeforeNext }: RateLimiterRes) =>
    msBeforeNext > windowSeconds * 1000 + toleranceMs;
  const present = ({ consumedPoints: count, msBeforeNext: msLeft }: RateLimiterRes) => ({ count, msLeft });
  return {
    add: async (key, points = 1) => {
      const counted = await limiter.penalty(key, points);
      if (!isFromTheFuture(counted)) return present(counted);
      await limiter.delete(key);
      return present(await limiter.penalty(key, points));
    },
    read: async (key) => {
      const counted = await limiter.get(key);
      return counted === null || isFromTheFuture(counted) ? { count: 0, msLeft: 0 } : present(counted);
    },
    subtract: async (key) => {
      await limiter.reward(key);
    },
    clear: async (key) => {
      await limiter.delete(key);
    },
  };
}
