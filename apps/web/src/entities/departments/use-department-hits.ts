import { useQuery } from '@tanstack/react-query';
import { type DepartmentForest, type DepartmentNode, findDepartments } from './department-forest.ts';
import { pinyinQuery } from './pinyin-query.ts';

/** The first departments that a text finds: by id, by name, by pinyin or initials; none for a blank text. */
export function useDepartmentHits(forest: DepartmentForest, text: string, max: number): DepartmentNode[] {
  const wanted = text.trim().toLowerCase();
  const inPinyin = useQuery(pinyinQuery(wanted)).data;
  return findDepartments(forest, wanted, inPinyin).slice(0, max);
}
