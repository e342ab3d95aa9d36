import type { DepartmentTreeNode } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { indexDepartments } from './index-departments.ts';
import { pinyinQuery } from './pinyin-query.ts';

/** The first departments that a text finds: by id, by name, by pinyin or initials; none for a blank text. */
export function useDepartmentHits(
  forest: readonly DepartmentTreeNode[],
  text: string,
  max: number,
): DepartmentTreeNode[] {
  const wanted = text.trim().toLowerCase();
  const inPinyin = useQuery(pinyinQuery(wanted)).data;
  if (wanted === '') return [];
  const isHit = ({ id, name }: DepartmentTreeNode) =>
    String(id) === wanted || name.toLowerCase().includes(wanted) || inPinyin?.has(id) === true;
  return [...indexDepartments(forest).values()].filter(isHit).slice(0, max);
}
