import { RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible';
import type { Now } from '../../platform/clock.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';

const windowSeconds = 15 * 60;
/** Wrong passwords for one account before it must wait. */
const attemptsPerAccount = 10;
/** Wrong passwords from one address, which may be a whole office. */
const attemptsPerAddress = 50;

export interface SignInThrottle {
  /** Counts an attempt. @throws AppError `sign_in.throttled` with the seconds to wait. */
  consume(account: string, address: string | null): Promise<void>;
  /**
   * Forgets the attempts on an account that has just signed in, and the one that succeeded for its address.
   */
  forgive(account: string, address: string | null): Promise<void>;
}

/** Slows down guessing, per account and per address, counted in the database so that all processes agree. */
export function createSignInThrottle(prisma: PrismaClient): SignInThrottle {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPrisma({
      storeClient: prisma,
      keyPrefix,
      points,
      duration: windowSeconds,
      clearExpiredByTimeout: false, // its timer would outlive the server: purgeExpiredAttempts does it
    });
  const byAccount = limiter('sign-in-account', attemptsPerAccount);
  const byAddress = limiter('sign-in-address', attemptsPerAddress);
  return {
    consume: async (account, address) => {
      await consume(byAddress, address ?? 'unknown');
      await consume(byAccount, account);
    },
    forgive: async (account, address) => {
      await byAccount.delete(account);
      await byAddress.reward(address ?? 'unknown', 1);
    },
  };
}

/** Removes counters whose window has passed. */
export async function purgeExpiredAttempts({
  prisma,
  now,
}: {
  prisma: PrismaClient;
  now: Now;
}): Promise<void> {
  await prisma.rateLimiterFlexible.deleteMany({ where: { expire: { lt: now() } } });
}

async function consume(limiter: RateLimiterPrisma, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new AppError('sign_in.throttled', { values: { seconds }, retryAfterSeconds: seconds });
  }
}
