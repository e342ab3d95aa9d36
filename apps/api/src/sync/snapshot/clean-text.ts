import type { Json } from '@orgmirror/planner';

/**
 * Replaces what Postgres cannot store, NUL and halves of surrogate pairs, by U+FFFD; everything else stays as
 * it came.
 */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** {@link cleanText} for every text and name inside a JSON value. */
export function cleanJson(value: unknown): Json {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(cleanJson);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [cleanText(name), cleanJson(inner)]),
    );
  return null;
}
