import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { createWindowCounter } from '../../platform/database/window-counter.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { networkOf } from '../../platform/http/client-address.ts';
import { createThrottled } from './sign-in-throttle.ts';

const windowSeconds = 5 * 60;
/**
 * Codes that WeCom did not know, from one address or one known browser, before no more of its are sent to
 * WeCom.
 */
const maxInvalidCodes = 20;
/** Codes of one address that are at WeCom at once, in this process: more wait here, in their order. */
const maxAtOnce = 8;

/** Where a code comes from. */
export interface CodeSource {
  address: string | null;
  /** A browser in which somebody has signed in before. */
  deviceId: string | undefined;
}

/**
 * Keeps senders of made-up codes from using up the calls that all sign-ins share. A whole company may come
 * from one address at nine o'clock: valid codes count for nothing.
 */
export interface CodeThrottle {
  /** Lets `ask` send one code to WeCom when it is its turn. @throws AppError `sign_in.throttled` */
  exchange<T>(source: CodeSource, ask: () => Promise<T>): Promise<T>;
}

export function createCodeThrottle(prisma: PrismaClient): CodeThrottle {
  const invalidCodes = createWindowCounter(prisma, { keyPrefix: 'sign-in-code', windowSeconds });
  const takeTurn = createTurns();
  const refuseIfSpent = async (key: string) => {
    const { count, msLeft } = await invalidCodes.read(key);
    if (count >= maxInvalidCodes) throw createThrottled(msLeft);
  };
  return {
    exchange: async ({ address, deviceId }, ask) => {
      const key = deviceId ?? networkOf(address);
      const endTurn = await takeTurn(key);
      try {
        await refuseIfSpent(key);
        return await ask();
      } catch (error) {
        if (error instanceof AppError && error.code === 'sign_in.code_invalid') await invalidCodes.add(key);
        throw error;
      } finally {
        endTurn();
      }
    },
  };
}

/** Hands out turns, so many at once for each key; resolves to the function that ends the turn. */
function createTurns(): (key: string) => Promise<() => void> {
  const lines = new Map<string, { taken: number; waiting: (() => void)[] }>();
  return async (key) => {
    const line = lines.get(key) ?? { taken: 0, waiting: [] };
    lines.set(key, line);
    if (line.taken < maxAtOnce) line.taken++;
    else await new Promise<void>((resolve) => line.waiting.push(resolve)); // it takes over the turn of another
    return () => {
      const next = line.waiting.shift();
      if (next !== undefined) return next();
      line.taken--;
      if (line.taken === 0) lines.delete(key);
    };
  };
}
