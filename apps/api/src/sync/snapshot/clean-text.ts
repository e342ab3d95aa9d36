import type { Json } from '@orgmirror/planner';

/** WeCom's own texts are below 1,000 characters; an address of a picture, or an attribute, may be longer. */
const maxLength = 10_000;

/**
 * Replaces what Postgres cannot store, NUL and halves of surrogate pairs, by U+FFFD, and cuts what is longer
 * than any text of a directory; everything else stays as it came.
 */
export function cleanText(text: string): string {
  return text.slice(0, maxLength).toWellFormed().replaceAll('\0', '\uFFFD');
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
