import type { CallbackSource } from '@orgmirror/contracts';
import type { Logger } from 'pino';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { type OpenEndpoint, openEndpoints } from './callback-endpoint-repository.ts';

/** Looks up the secrets of callback addresses, without asking the database at every request. */
export interface CallbackKeyring {
  /** Null: no events are received there. */
  find(source: CallbackSource): Promise<OpenEndpoint | null>;
  /** After a change here; other processes notice within a second. */
  forget(): void;
}

const freshForMs = 1_000;
/** On the embedded database a query waits for the transaction under way, and WeCom wants its check answered within 1 s. */
const waitForMs = 300;

export function createCallbackKeyring({
  prisma,
  secretBox,
  logger,
}: {
  prisma: PrismaClient;
  secretBox: SecretBox;
  logger: Logger;
}): CallbackKeyring {
  let known: { endpoints: OpenEndpoint[]; readAtMs: number } | undefined;
  let reading: Promise<void> | undefined;
  let generation = 0;

  const read = async () => {
    const begunIn = generation;
    const endpoints = await openEndpoints(prisma, secretBox);
    if (begunIn === generation) known = { endpoints, readAtMs: performance.now() };
  };
  const refresh = async () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    if (known === undefined) return reading;
    // What is known serves while the database is slow or away; storing an event needs it anyway.
    const told = reading.catch((error: unknown) =>
      logger.warn({ err: error }, 'the callback addresses could not be read again'),
    );
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, waitForMs))]);
  };
  return {
    find: async (source) => {
      if (known === undefined || performance.now() - known.readAtMs > freshForMs) await refresh();
      return known?.endpoints.find((endpoint) => endpoint.source === source) ?? null;
    },
    forget: () => {
      generation++;
      known = undefined;
      reading = undefined;
    },
  };
}
