import { type WecomEvent, wecomEvent } from '@orgmirror/contracts';
import type { CallbackEvent } from '../platform/database/generated/client.ts';
import { readStoredError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentProblem } from '../platform/http/present-problem.ts';

/** An event as the API shows it; `names` are those of `readEventNames`. */
export function presentEvent(
  row: CallbackEvent,
  names: ReadonlyMap<string, string>,
  locale: Locale,
): WecomEvent {
  const error = readStoredError(row.error);
  return wecomEvent.parse({
    id: row.id,
    source: row.source,
    event: row.event,
    changeType: row.changeType,
    object: row.object,
    objectName: names.get(row.id) ?? null,
    newObject: row.newObject,
    status: row.status,
    attempts: row.attempts,
    error: error && presentProblem(error, locale, row.runId ?? row.id),
    runId: row.runId,
    occurredAt: row.occurredAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
    processedAt: row.processedAt?.toISOString() ?? null,
  });
}
