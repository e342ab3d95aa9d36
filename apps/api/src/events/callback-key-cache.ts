import type { CallbackSource } from '@orgmirror/contracts';
import type { Logger } from 'pino';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { type OpenEndpoint, type OpenEndpoints, openEndpoints } from './callback-endpoint-repository.ts';

/** The keys of callback addresses, without a query at every request. */
export interface CallbackKeyCache {
  /**
   * Null: no events are received there.
   * @throws AppError `settings.secret_unreadable` when its secrets are to be saved again
   */
  find(source: CallbackSource): Promise<OpenEndpoint | null>;
  /** After a change here; other processes notice within a second. */
  invalidate(): void;
}

const cacheTtlMs = 1_000;
/**
 * On the embedded database a query waits for the transaction under way, and WeCom wants its check answered
 * within 1 s.
 */
const refreshTimeoutMs = 300;

export function createCallbackKeyCache({
  prisma,
  secretBox,
  logger,
}: {
  prisma: PrismaClient;
  secretBox: SecretBox;
  logger: Logger;
}): CallbackKeyCache {
  let cached: { endpoints: OpenEndpoints; readAtMs: number } | undefined;
  let reading: Promise<void> | undefined;
  let generation = 0;

  const read = async () => {
    const begunIn = generation;
    const endpoints = await openEndpoints(prisma, secretBox);
    if (begunIn === generation) cached = { endpoints, readAtMs: performance.now() };
  };
  const refresh = async () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    if (cached === undefined) return reading;
    // The cached keys serve while the database is slow or away; storing an event needs it anyway.
    const logged = reading.catch((error: unknown) =>
      logger.warn({ err: error }, 'the callback addresses could not be read again'),
    );
    await Promise.race([logged, new Promise((resolve) => setTimeout(resolve, refreshTimeoutMs))]);
  };
  return {
    find: async (source) => {
      if (cached === undefined || performance.now() - cached.readAtMs > cacheTtlMs) await refresh();
      if (cached?.endpoints.unreadable.includes(source)) throw new AppError('settings.secret_unreadable');
      return cached?.endpoints.open.find((endpoint) => endpoint.source === source) ?? null;
    },
    invalidate: () => {
      generation++;
      cached = undefined;
      reading = undefined;
    },
  };
}
