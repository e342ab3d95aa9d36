import * as z from 'zod';
import { AppError } from '../app-error.ts';
import { containsNul } from './contains-nul.ts';

/** An instant inside a cursor; Postgres knows no year 0. */
export const cursorInstant = z.iso.datetime().refine((text) => !text.startsWith('0000'));

/** Makes the opaque `cursor` of a list from the sort values of its last row. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * Reads a cursor back.
 * @throws AppError `request.invalid` when it is not one that `schema` fits.
 */
export function decodeCursor<T>(cursor: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (containsNul(values)) throw new TypeError('NUL in a cursor');
    return schema.parse(values);
  } catch (cause) {
    throw new AppError('request.invalid', {
      cause,
      errors: [{ path: 'query.cursor', message: 'not a cursor of this list' }],
    });
  }
}

/** A page of `limit` rows out of `limit + 1` that were read. */
export function cutPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => readonly (string | number)[],
  present: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items: page.map(present), nextCursor: hasMore ? encodeCursor(cursorOf(last)) : null };
}
