import { expect, it } from 'vitest';
import { createNumberList } from './number-list.ts';

it('keeps numbers up to 2^32-1 in their order, beyond its first capacity too', () => {
  const list = createNumberList();
  for (let index = 0; index < 5_000; index += 1) list.push(2 ** 32 - 1 - index);
  expect(list.length).toBe(5_000);
  expect([list.get(0), list.get(1_024), list.get(4_999)]).toEqual([
    2 ** 32 - 1,
    2 ** 32 - 1_025,
    2 ** 32 - 5_000,
  ]);
  list.set(1_024, 7);
  expect(list.get(1_024)).toBe(7);
});

it('has no item beyond its end', () => {
  const list = createNumberList();
  list.push(1);
  for (const index of [-1, 1, 1_023]) {
    expect(() => list.get(index)).toThrow(RangeError);
    expect(() => list.set(index, 0)).toThrow(RangeError);
  }
});
