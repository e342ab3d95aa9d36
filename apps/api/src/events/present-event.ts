import { type WecomEvent, wecomEvent } from '@orgmirror/contracts';
import type { CallbackEvent } from '../platform/database/generated/client.ts';
import { presentRunError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';

/** An event as the API shows it. */
export function presentEvent(row: CallbackEvent, locale: Locale): WecomEvent {
  return wecomEvent.parse({
    id: row.id,
    source: row.source,
    event: row.event,
    changeType: row.changeType,
    object: row.object,
    newObject: row.newObject,
    status: row.status,
    attempts: row.attempts,
    error: presentRunError(row.error, row.runId ?? row.id, locale),
    runId: row.runId,
    occurredAt: row.occurredAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
    processedAt: row.processedAt?.toISOString() ?? null,
  });
}
