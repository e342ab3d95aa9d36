import { createHash } from 'node:crypto';
import { ruleTexts } from '@orgmirror/contracts';
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { containsNul } from './contains-nul.ts';

/** An instant inside a cursor; Postgres knows no year 0. */
export const cursorInstant = z.iso.datetime().refine((text) => !text.startsWith('0000'));

const checksumBytes = 6;

/** Ties the values to their list, and tells when a part of a cursor is missing. */
const checksumOf = (list: string, values: string): Buffer =>
  createHash('sha256').update(`${list}\n${values}`).digest().subarray(0, checksumBytes);

/**
 * Makes the opaque `cursor` of a list from the sort values of its last row; `list` tells it from all other
 * lists.
 */
export function encodeCursor(list: string, values: readonly (string | number)[]): string {
  const text = JSON.stringify(values);
  return Buffer.concat([checksumOf(list, text), Buffer.from(text)]).toString('base64url');
}

/**
 * Reads a cursor back.
 * @throws AppError `request.invalid` when it is not a whole one of this list, or not one that `schema` fits.
 */
export function decodeCursor<T>(
  list: string,
  cursor: string | undefined,
  schema: z.ZodType<T>,
): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    const bytes = Buffer.from(cursor, 'base64url');
    const text = bytes.subarray(checksumBytes).toString('utf8');
    if (!checksumOf(list, text).equals(bytes.subarray(0, checksumBytes)))
      throw new TypeError('a part of a cursor, or one of another list');
    const values: unknown = JSON.parse(text);
    if (containsNul(values)) throw new TypeError('NUL in a cursor');
    return schema.parse(values);
  } catch (cause) {
    throw new AppError('request.invalid', {
      cause,
      errors: [{ path: 'query.cursor', message: ruleTexts.cursor }],
    });
  }
}

/** A page of `limit` rows out of `limit + 1` that were read. */
export function cutPage<Row, Item>(
  rows: readonly Row[],
  { list, limit }: { list: string; limit: number },
  cursorOf: (row: Row) => readonly (string | number)[],
  present: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items: page.map(present), nextCursor: hasMore ? encodeCursor(list, cursorOf(last)) : null };
}
