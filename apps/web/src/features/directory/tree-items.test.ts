import { expect, it } from 'vitest';
import { departmentRows, outlineFixture } from '../../../test/fixtures.ts';
import { buildForest } from '../../entities/departments/department-forest.ts';
import { buildTreeItems, expandTree, findInTree, type TreeItem } from './tree-items.ts';

const forest = buildForest(outlineFixture(departmentRows));

/** The names of all rows, from the top, when these departments are open. */
function listRows(openKeys: Iterable<number>, ...search: [] | [text: string, ids?: Set<number>]): string[] {
  const hits = search.length === 0 ? null : findInTree(forest, ...search);
  const flatten = ({ title, children = [] }: TreeItem): string[] => [title, ...children.flatMap(flatten)];
  return buildTreeItems(forest.roots, new Set([...openKeys].map(String)), hits).flatMap(flatten);
}
const above = (text: string) => findInTree(forest, text).openKeys;

it('has the rows below a department only while it is open', () => {
  expect(listRows([])).toEqual(['星河科技']);
  expect(listRows([1])).toEqual(['星河科技', '研发中心', '销售部']);
  expect(listRows([1, 2])).toEqual(['星河科技', '研发中心', '前端组', '后端组', '销售部']);
  const [root] = buildTreeItems(forest.roots, new Set(['1']));
  expect(root?.children?.map(({ isLeaf }) => isLeaf)).toEqual([false, true]);
});

it('keeps the ancestors of a match', () => {
  expect(above('前端')).toEqual(['1', '2']);
  expect(listRows([1, 2], '前端')).toEqual(['星河科技', '研发中心', '前端组']);
});

it('keeps the subtree of a match that has no match below', () => {
  expect(above('研发')).toEqual(['1']);
  expect(listRows([1], '研发')).toEqual(['星河科技', '研发中心']);
  expect(listRows([1, 2], '研发')).toEqual(['星河科技', '研发中心', '前端组', '后端组']);
});

it('finds English names without case, and nothing for strangers', () => {
  expect(listRows([1], 'sales')).toEqual(['星河科技', '销售部']);
  expect(listRows([1], 'zzz')).toEqual([]);
});

it('finds a department by its id, and those that were found otherwise', () => {
  expect(listRows([1], '5')).toEqual(['星河科技', '销售部']);
  expect(listRows([1], 'xsb')).toEqual([]);
  expect(listRows([1], 'xsb', new Set([5]))).toEqual(['星河科技', '销售部']);
});

it('opens what is above the first 200 that a search finds, and keeps the others below closed rows', () => {
  const groups = Array.from({ length: 150 }, (_, group) => group);
  const large = buildForest(
    outlineFixture(
      groups.flatMap((group) => [
        [0, 1 + group * 3, `部门 ${group}`],
        [1, 2 + group * 3, '一组'],
        [1, 3 + group * 3, '二组'],
      ]),
    ),
  );
  const hits = findInTree(large, '组');
  expect([hits.found.length, hits.openKeys.length]).toEqual([300, 100]);
  const items = buildTreeItems(large.roots, new Set(hits.openKeys), hits);
  expect(items).toHaveLength(150);
  expect(items.filter(({ children }) => children !== undefined)).toHaveLength(100);
});

it('opens everything at once, or as many levels as have few rows, and two at least', () => {
  const all = { keys: ['1', '2'], levels: 3, isAll: true };
  expect(expandTree(forest.roots)).toEqual(all);
  expect(expandTree(forest.roots, 5)).toEqual(all); // as many as there are
  const two = { keys: ['1'], levels: 2, isAll: false };
  expect(expandTree(forest.roots, 4)).toEqual(two);
  expect(expandTree(forest.roots, 1)).toEqual(two);
  expect(expandTree([])).toEqual({ keys: [], levels: 1, isAll: true });
});
