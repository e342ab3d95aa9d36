import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { cutPage, decodeCursor, encodeCursor } from './cursor.ts';

const list = '/things';
const schema = z.tuple([z.string(), z.number()]);

describe('a cursor', () => {
  it.each(['王', '', 'a\\u0000b', '😀', '"', '%_\\'])('brings back %j', (text) => {
    expect(decodeCursor(list, encodeCursor(list, [text, 7]), schema)).toEqual([text, 7]);
  });

  it('is refused with NUL in it', () => {
    expect(() => decodeCursor(list, encodeCursor(list, ['a\0b', 7]), schema)).toThrow(AppError);
  });

  it('is refused with other values than this list’s', () => {
    expect(() => decodeCursor(list, encodeCursor(list, [7, 'a']), schema)).toThrow(AppError);
  });

  it('is refused when it belongs to another list', () => {
    expect(() => decodeCursor(list, encodeCursor('/others', ['a', 7]), schema)).toThrow(AppError);
  });

  it('is refused when a part is missing', () => {
    const whole = encodeCursor(list, ['a', 1234]);
    for (let length = 0; length < whole.length; length++)
      expect(() => decodeCursor(list, whole.slice(0, length), schema)).toThrow(AppError);
  });

  it('may be absent', () => {
    expect(decodeCursor(list, undefined, schema)).toBeUndefined();
  });
});

describe('a page', () => {
  const cut = (rows: string[], limit: number) =>
    cutPage(
      rows,
      { list, limit },
      (row) => [row],
      (row) => row.toUpperCase(),
    );

  it('ends the list when there are no more rows than asked for', () => {
    expect(cut(['a', 'b'], 2)).toEqual({ items: ['A', 'B'], nextCursor: null });
    expect(cut([], 2)).toEqual({ items: [], nextCursor: null });
  });

  it('names its last row when there is one more', () => {
    expect(cut(['a', 'b', 'c'], 2)).toEqual({ items: ['A', 'B'], nextCursor: encodeCursor(list, ['b']) });
  });
});
