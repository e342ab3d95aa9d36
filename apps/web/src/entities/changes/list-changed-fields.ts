import type { SyncChange } from '@orgmirror/contracts';

/** A row's fields as recorded; null where there was none, before it was created or after it was removed. */
export type RecordedValues = Record<string, unknown> | null;

export const hasField = (values: RecordedValues, field: string): values is Record<string, unknown> =>
  values !== null && field in values;

/**
 * Names of the fields worth showing: of a new or removed row those with a value, of a changed row all that
 * differ.
 */
export function listChangedFields(before: RecordedValues, after: RecordedValues): string[] {
  if (before && after)
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
  return Object.entries(before ?? after ?? {})
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name]) => name);
}

/** Fields of a membership that say nothing to a person: the member stands above, and the order is a number. */
const unshown: ReadonlySet<string> = new Set(['sortOrder', 'userId']);

/** Names of the fields to list; of a membership not all that are recorded. */
export const listShownFields = (
  entity: SyncChange['entity'] | undefined,
  before: RecordedValues,
  after: RecordedValues,
): string[] =>
  listChangedFields(before, after).filter((field) => entity !== 'membership' || !unshown.has(field));
