import { createHash, randomUUID } from 'node:crypto';
import type { CallbackSource } from '@orgmirror/contracts';
import { parseEvent } from '@orgmirror/wecom';
import type { ExecuteLarge } from '../platform/database/database.ts';
import { Prisma } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { describeEvent, type NewEventColumns } from './describe-event.ts';
import { maskEventText } from './mask-event-text.ts';

/** An event on its way into the database. */
interface NewEvent extends NewEventColumns {
  corpRowId: number;
  source: CallbackSource;
  /** SHA-256 of the decrypted text, in hex. */
  digest: string;
  /** The masked text, sealed, as base64. */
  sealed: string;
}

/** Stores events: once `store` resolves, the event is committed, or was before. */
export interface EventStore {
  /**
   * @throws WecomCallbackError of kind malformed for a text that is no XML; AppError `database.unavailable`
   * when it cannot be committed before WeCom gives up
   */
  store(endpoint: { corpRowId: number; source: CallbackSource }, text: string): Promise<void>;
}

/** WeCom gives up after 5 s and then sends the event again, three times in all. */
const answerTimeoutMs = 4_000;
const eventsPerStatement = 500;
/** This many queued events are some MB; more are refused at once. */
const maxQueued = 10_000;

interface QueuedEvent {
  event: NewEvent;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Stores events in groups: those that arrive while one statement is under way share the next, so that
 * hundreds a second need some tens of commits.
 */
export function createEventStore(executeLarge: ExecuteLarge, secretBox: SecretBox): EventStore {
  const queued: QueuedEvent[] = [];
  let isWriting = false;

  const writeAll = async () => {
    isWriting = true;
    while (queued.length > 0) {
      const group = queued.splice(0, eventsPerStatement);
      try {
        await insertEvents(
          executeLarge,
          group.map(({ event }) => event),
        );
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isWriting = false;
  };
  const enqueue = (event: NewEvent) =>
    new Promise<void>((resolve, reject) => {
      queued.push({ event, resolve, reject });
      if (!isWriting) void writeAll();
    });
  return {
    store: async ({ corpRowId, source }, text) => {
      const event: NewEvent = {
        ...describeEvent(parseEvent(text)),
        corpRowId,
        source,
        digest: createHash('sha256').update(text).digest('hex'),
        sealed: Buffer.from(secretBox.seal(maskEventText(text), sealContexts.eventText)).toString('base64'),
      };
      if (queued.length >= maxQueued) throw new AppError('database.unavailable');
      await withTimeout(enqueue(event));
    },
  };
}

/**
 * Beyond the time the event is stored all the same once the database answers; WeCom's next try is then a
 * duplicate.
 */
async function withTimeout(stored: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('database.unavailable')), answerTimeoutMs);
  });
  try {
    await Promise.race([stored, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function insertEvents(executeLarge: ExecuteLarge, events: readonly NewEvent[]): Promise<void> {
  // In one order in every process: two that insert the same events must not wait for each other.
  const sorted = events.toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
  const column = <K extends keyof NewEvent>(name: K) => sorted.map((event) => event[name]);
  await executeLarge(Prisma.sql`
    INSERT INTO callback_event (id, corp_row_id, source, digest, event, change_type, object, new_object, sealed, status,
                                occurred_at, processed_at)
    SELECT id::uuid, corp_row_id, source, decode(digest, 'hex'), event, change_type, object, new_object,
           decode(sealed, 'base64'), status, occurred_at::timestamptz,
           CASE WHEN status <> 'waiting' THEN now() END
    FROM unnest(
      ${sorted.map(() => randomUUID())}::text[], ${column('corpRowId')}::int[], ${column('source')}::text[],
      ${column('digest')}::text[], ${column('event')}::text[], ${column('changeType')}::text[],
      ${column('object')}::text[], ${column('newObject')}::text[], ${column('sealed')}::text[],
      ${column('status')}::text[], ${sorted.map(({ occurredAt }) => occurredAt?.toISOString() ?? null)}::text[]
    ) AS row (id, corp_row_id, source, digest, event, change_type, object, new_object, sealed, status, occurred_at)
    ON CONFLICT (corp_row_id, digest) DO NOTHING`);
}
