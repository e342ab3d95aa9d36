import type { RateClass } from '@orgmirror/contracts';
import type { Logger } from 'pino';
import type { PrismaClient } from '../database/generated/client.ts';
import { logFailure } from '../database/log-failure.ts';
import { createWindowCounter, type WindowCounter } from '../database/window-counter.ts';
import { AppError } from '../errors/app-error.ts';

/**
 * Counts a request of a user.
 * @throws AppError `request.throttled` with the seconds to wait
 */
export type LimitRate = (rateClass: RateClass, userId: string) => Promise<void>;

declare global {
  namespace Express {
    interface Request {
      /** Set before the routes; see mount-endpoint.ts. */
      limitRate?: LimitRate;
    }
  }
}

interface Rule {
  max: number;
  windowSeconds: number;
  /** This process counts so many by itself before it tells the database: a statement for all of them. */
  batch: number;
}

const minuteSeconds = 60;

/** What this process knows of one user and class. */
interface Known {
  /** Requests that the database does not know of. */
  uncounted: number;
  /** When they are forgotten: a user who asks for little costs no statement. */
  endsAtMs: number;
  refusedUntilMs: number;
}

/** When as many users are known, those whose window is over are forgotten. */
const maxKnown = 10_000;

/** Limits of one user at all processes together; passed by less than a batch for each process. */
export function createRateLimits(
  prisma: PrismaClient,
  { maxReadsPerMinute, maxWritesPerMinute }: { maxReadsPerMinute: number; maxWritesPerMinute: number },
  logger: Logger,
): LimitRate {
  const limit = (rateClass: RateClass, rule: Rule) => createLimit(prisma, rateClass, rule, logger);
  const limits: Record<RateClass, (userId: string) => Promise<void>> = {
    read: limit('read', { max: maxReadsPerMinute, windowSeconds: minuteSeconds, batch: 50 }),
    write: limit('write', { max: maxWritesPerMinute, windowSeconds: minuteSeconds, batch: 10 }),
    reveal: limit('reveal', { max: 100, windowSeconds: 10 * minuteSeconds, batch: 1 }),
    export: limit('export', { max: 100, windowSeconds: 10 * minuteSeconds, batch: 1 }),
  };
  return (rateClass, userId) => limits[rateClass](userId);
}

function createLimit(
  prisma: PrismaClient,
  rateClass: RateClass,
  { max, windowSeconds, batch }: Rule,
  logger: Logger,
): (userId: string) => Promise<void> {
  const counter = createWindowCounter(prisma, { keyPrefix: `requests-${rateClass}`, windowSeconds });
  const known = new Map<string, Known>();

  function find(userId: string, nowMs: number): Known {
    const found = known.get(userId);
    if (found !== undefined && nowMs < found.endsAtMs) return found;
    if (known.size >= maxKnown)
      for (const [id, { endsAtMs }] of known) if (nowMs >= endsAtMs) known.delete(id);
    const fresh = { uncounted: 0, endsAtMs: nowMs + windowSeconds * 1_000, refusedUntilMs: 0 };
    known.set(userId, fresh);
    return fresh;
  }

  return async (userId) => {
    const nowMs = performance.now();
    const own = find(userId, nowMs);
    if (nowMs < own.refusedUntilMs) throw createThrottled(own.refusedUntilMs - nowMs);
    own.uncounted++;
    if (own.uncounted < Math.min(batch, max)) return;
    const points = own.uncounted;
    own.uncounted = 0;
    const msLeft = await countOver(counter, { userId, points, max }, logger);
    if (msLeft === undefined) return;
    own.refusedUntilMs = performance.now() + msLeft;
    own.endsAtMs = Math.max(own.endsAtMs, own.refusedUntilMs);
    throw createThrottled(msLeft);
  };
}

/** Milliseconds to wait when it was too much; a database that cannot count stops nobody who only reads. */
async function countOver(
  counter: WindowCounter,
  { userId, points, max }: { userId: string; points: number; max: number },
  logger: Logger,
): Promise<number | undefined> {
  try {
    const { count, msLeft } = await counter.add(userId, points);
    return count > max ? msLeft : undefined;
  } catch (error) {
    logFailure(logger, error, 'requests cannot be counted');
    return undefined;
  }
}

function createThrottled(waitMs: number): AppError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return new AppError('request.throttled', { values: { seconds }, retryAfterSeconds: seconds });
}
