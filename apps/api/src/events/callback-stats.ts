import type { CallbackSource, ErrorCode } from '@orgmirror/contracts';
import type { Logger } from 'pino';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { logFailure } from '../platform/database/log-failure.ts';

interface Address {
  corpRowId: number;
  source: CallbackSource;
}

/**
 * Counts what happens at the callback addresses and writes it to the database at most once a second:
 * rejections must cost the database nothing, however many there are.
 */
export interface CallbackStats {
  recordRejection(address: Address, code: ErrorCode): void;
  recordVerification(address: Address): void;
  recordEvent(address: Address): void;
  /** Writes what was counted so far. */
  flush(): Promise<void>;
}

interface Counts extends Address {
  rejections: number;
  lastRejectionCode: ErrorCode | undefined;
  lastRejectedAt: Date | undefined;
  verifiedAt: Date | undefined;
  eventAt: Date | undefined;
}

const writeIntervalMs = 1_000;

export function createCallbackStats({
  prisma,
  logger,
}: {
  prisma: PrismaClient;
  logger: Logger;
}): CallbackStats {
  let counts = new Map<string, Counts>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    const taken = [...counts.values()];
    counts = new Map();
    writing = writing.then(() => writeCounts(prisma, logger, taken));
    await writing;
  };
  const countsOf = (address: Address): Counts => {
    const key = `${address.corpRowId}/${address.source}`;
    const known = counts.get(key) ?? {
      ...address,
      rejections: 0,
      lastRejectionCode: undefined,
      lastRejectedAt: undefined,
      verifiedAt: undefined,
      eventAt: undefined,
    };
    counts.set(key, known);
    timer ??= setTimeout(() => void flush(), writeIntervalMs);
    return known;
  };
  return {
    recordRejection: (address, code) => {
      const known = countsOf(address);
      known.rejections++;
      known.lastRejectionCode = code;
      known.lastRejectedAt = new Date();
    },
    recordVerification: (address) => {
      countsOf(address).verifiedAt = new Date();
    },
    recordEvent: (address) => {
      countsOf(address).eventAt = new Date();
    },
    flush,
  };
}

async function writeCounts(prisma: PrismaClient, logger: Logger, taken: readonly Counts[]): Promise<void> {
  for (const {
    corpRowId,
    source,
    rejections,
    lastRejectionCode,
    lastRejectedAt,
    verifiedAt,
    eventAt,
  } of taken) {
    try {
      await prisma.callbackEndpoint.updateMany({
        where: { corpRowId, source },
        data: {
          ...(rejections > 0 && { rejectedCount: { increment: rejections } }),
          ...(lastRejectedAt && { lastRejectedAt: lastRejectedAt, lastRejection: lastRejectionCode ?? null }),
          ...(verifiedAt && { verifiedAt: verifiedAt }),
          ...(eventAt && { lastEventAt: eventAt }),
        },
      });
      if (rejections > 0)
        logger.info(
          { source, rejections, code: lastRejectionCode },
          'requests to a callback address were rejected',
        );
    } catch (error) {
      // Statistics only: what was counted is lost while the database is away.
      logFailure(logger, error, 'callback statistics could not be written', { source });
    }
  }
}
