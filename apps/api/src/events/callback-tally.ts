import type { CallbackSource, ErrorCode } from '@orgmirror/contracts';
import type { Logger } from 'pino';
import type { PrismaClient } from '../platform/database/generated/client.ts';

interface Address {
  corpRowId: number;
  source: CallbackSource;
}

/**
 * Notes what happened at the callback addresses and writes it down once a second at most, whatever anybody sends there:
 * refusals must not cost the database anything.
 */
export interface CallbackTally {
  noteRefusal(address: Address, code: ErrorCode): void;
  noteCheck(address: Address): void;
  noteEvent(address: Address): void;
  /** Writes down what was noted so far. */
  flush(): Promise<void>;
}

interface Notes extends Address {
  refusals: number;
  lastRefusal: ErrorCode | undefined;
  lastRefusedAt: Date | undefined;
  checkedAt: Date | undefined;
  eventAt: Date | undefined;
}

const writeIntervalMs = 1_000;

export function createCallbackTally({
  prisma,
  logger,
}: {
  prisma: PrismaClient;
  logger: Logger;
}): CallbackTally {
  let notes = new Map<string, Notes>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    const taken = [...notes.values()];
    notes = new Map();
    writing = writing.then(() => writeNotes(prisma, logger, taken));
    await writing;
  };
  const noteAt = (address: Address): Notes => {
    const key = `${address.corpRowId}/${address.source}`;
    const known = notes.get(key) ?? {
      ...address,
      refusals: 0,
      lastRefusal: undefined,
      lastRefusedAt: undefined,
      checkedAt: undefined,
      eventAt: undefined,
    };
    notes.set(key, known);
    timer ??= setTimeout(() => void flush(), writeIntervalMs);
    return known;
  };
  return {
    noteRefusal: (address, code) => {
      const known = noteAt(address);
      known.refusals++;
      known.lastRefusal = code;
      known.lastRefusedAt = new Date();
    },
    noteCheck: (address) => {
      noteAt(address).checkedAt = new Date();
    },
    noteEvent: (address) => {
      noteAt(address).eventAt = new Date();
    },
    flush,
  };
}

async function writeNotes(prisma: PrismaClient, logger: Logger, taken: readonly Notes[]): Promise<void> {
  for (const { corpRowId, source, refusals, lastRefusal, lastRefusedAt, checkedAt, eventAt } of taken) {
    try {
      await prisma.callbackEndpoint.updateMany({
        where: { corpRowId, source },
        data: {
          ...(refusals > 0 && { rejectedCount: { increment: refusals } }),
          ...(lastRefusedAt && { lastRejectedAt: lastRefusedAt, lastRejection: lastRefusal ?? null }),
          ...(checkedAt && { verifiedAt: checkedAt }),
          ...(eventAt && { lastEventAt: eventAt }),
        },
      });
      if (refusals > 0)
        logger.info({ source, refusals, code: lastRefusal }, 'requests to a callback address were refused');
    } catch (error) {
      // For the eye only: what was noted is lost with the database that is away.
      logger.warn({ err: error, source }, 'what happened at a callback address could not be written down');
    }
  }
}
