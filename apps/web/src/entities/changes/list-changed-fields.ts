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
