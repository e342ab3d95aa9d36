import { expect, it } from 'vitest';
import { outlineFixture } from '../../../test/fixtures.ts';
import { buildForest, findDepartments } from './department-forest.ts';

const forest = buildForest(
  outlineFixture([
    [0, 70, '总部'],
    [1, 9, '部门 70'],
    [1, 3, 'İstanbul 部'],
    [0, 5, '部'],
  ]),
);
const find = (text: string, ids?: number[]) =>
  findDepartments(forest, text, ids && new Set(ids)).map(({ id }) => id);

it('finds departments from the top of the trees to their bottom, each once', () => {
  expect(find('部')).toEqual([70, 9, 3, 5]);
  expect(find('70')).toEqual([70, 9]);
  expect(find('STANBUL')).toEqual([3]);
  expect(find('部门', [5, 70, 9, 404])).toEqual([70, 9, 5]);
});

it('finds nothing across two departments or two names, nor for an empty text', () => {
  for (const text of ['部部门', '70İ', 'zzz', '404', '']) expect(find(text)).toEqual([]);
});
