import { setTimeout as sleep } from 'node:timers/promises';
import type { Now } from '../../platform/clock.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { createWindowCounter, type WindowCounter } from '../../platform/database/window-counter.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { networkOf } from '../../platform/http/client-address.ts';
import type { SecretBox } from '../../platform/secret-box.ts';

const windowSeconds = 15 * 60;
/** Wrong passwords for one account from one address, or in one known browser, before it must wait. */
const maxAttempts = 10;
/** Wrong passwords from one address, which may be a whole office. */
const maxAttemptsPerAddress = 50;

/**
 * Guesses at one account from many addresses lock nobody out: each further attempt of a stranger only takes
 * longer.
 */
const delayPerAttemptMs = 250;
const maxDelayMs = 3_000;
/** Attempts of strangers that are held up at once in this process. */
const maxDelayed = 40;

/** Somebody who gives a password or code. */
export interface Attempt {
  /** Which account it is for. */
  account: string;
  address: string | null;
  /** A browser in which the account's owner has signed in before. Its attempts are its own affair. */
  deviceId: string | undefined;
}

export interface SignInThrottle {
  /**
   * Counts an attempt; a stranger's may take a moment.
   * @throws AppError `sign_in.throttled` with the seconds to wait
   */
  consume(attempt: Attempt): Promise<void>;
  /**
   * Forgets the attempts on an account that has just signed in, and the one that succeeded for its address.
   */
  forgive(attempt: Attempt): Promise<void>;
}

/**
 * Slows down guessing, counted in the database so that all processes agree. Nobody's guesses stop anybody
 * else: a known browser and an address answer for themselves only. What was typed as a username is kept as a
 * digest: it may be a password.
 */
export function createSignInThrottle(prisma: PrismaClient, secretBox: SecretBox): SignInThrottle {
  const counter = (keyPrefix: string) => createWindowCounter(prisma, { keyPrefix, windowSeconds });
  const byDevice = counter('sign-in-device');
  const byAddress = counter('sign-in-address');
  const bySource = counter('sign-in-source');
  const byAccount = counter('sign-in-account');
  const holdUp = createHoldUp();
  const keysOf = ({ account, address }: Attempt) => {
    const network = networkOf(address);
    const digest = (text: string) => secretBox.digest(text, 'sign-in-throttle');
    return { network, account: digest(account), source: digest(`${account}\n${network}`) };
  };
  return {
    consume: async (attempt) => {
      if (attempt.deviceId !== undefined) return consume(byDevice, attempt.deviceId, maxAttempts);
      const keys = keysOf(attempt);
      await consume(byAddress, keys.network, maxAttemptsPerAddress);
      await consume(bySource, keys.source, maxAttempts);
      const { count } = await byAccount.add(keys.account);
      await holdUp(count - maxAttempts);
    },
    forgive: async (attempt) => {
      if (attempt.deviceId !== undefined) return byDevice.clear(attempt.deviceId);
      const keys = keysOf(attempt);
      await bySource.clear(keys.source);
      await byAccount.clear(keys.account);
      await byAddress.subtract(keys.network);
    },
  };
}

/** Lets attempts beyond the limit wait, the later the longer, and only so many at once. */
function createHoldUp(): (excess: number) => Promise<void> {
  let delayed = 0;
  return async (excess) => {
    if (excess <= 0) return;
    if (delayed >= maxDelayed) throw createThrottled(maxDelayMs);
    delayed++;
    try {
      await sleep(Math.min(excess * delayPerAttemptMs, maxDelayMs));
    } finally {
      delayed--;
    }
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

async function consume(counter: WindowCounter, key: string, max: number): Promise<void> {
  const { count, msLeft } = await counter.add(key);
  if (count > max) throw createThrottled(msLeft);
}

/** The refusal that says when to try again. */
export function createThrottled(waitMs: number): AppError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new AppError('sign_in.throttled', { values: { seconds }, retryAfterSeconds: seconds });
}
