import { expect, it } from 'vitest';
import { departmentRows, outlineFixture } from '../../../test/fixtures.ts';
import { buildForest } from '../../entities/departments/department-forest.ts';
import { buildTreeItems, filterTreeItems } from './tree-items.ts';

const items = buildTreeItems(buildForest(outlineFixture(departmentRows)).roots);

it('keeps the ancestors of a match and expands them', () => {
  const found = filterTreeItems(items, '前端');
  expect(found.items.map(({ title }) => title)).toEqual(['星河科技']);
  expect(found.items[0]?.children?.map(({ title }) => title)).toEqual(['研发中心']);
  expect(found.expandedKeys.sort()).toEqual(['1', '2']);
});

it('keeps the subtree of a match that has no match below, closed', () => {
  const found = filterTreeItems(items, '研发');
  expect(found.items[0]?.children?.[0]?.children).toHaveLength(2);
  expect(found.expandedKeys).toEqual(['1']);
});

it('finds English names without case, and nothing for strangers', () => {
  expect(filterTreeItems(items, 'sales').items[0]?.children?.map(({ title }) => title)).toEqual(['销售部']);
  expect(filterTreeItems(items, 'zzz').items).toEqual([]);
});

it('finds a department by its id, and those that were found otherwise', () => {
  const titles = (text: string, ids?: Set<number>) =>
    filterTreeItems(items, text, ids).items[0]?.children?.map(({ title }) => title);
  expect(titles('5')).toEqual(['销售部']);
  expect(titles('xsb')).toBeUndefined();
  expect(titles('xsb', new Set([5]))).toEqual(['销售部']);
});
