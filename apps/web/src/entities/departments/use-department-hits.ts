import { useQuery } from '@tanstack/react-query';
import { createDepartmentMatcher, type DepartmentForest, type DepartmentNode } from './department-forest.ts';
import { pinyinQuery } from './pinyin-query.ts';

/** The first departments that a text finds: by id, by name, by pinyin or initials; none for a blank text. */
export function useDepartmentHits(forest: DepartmentForest, text: string, max: number): DepartmentNode[] {
  const wanted = text.trim().toLowerCase();
  const inPinyin = useQuery(pinyinQuery(wanted)).data;
  if (wanted === '') return [];
  const matches = createDepartmentMatcher(wanted);
  const hits: DepartmentNode[] = [];
  for (const department of forest.byId.values()) {
    if (hits.length === max) break;
    if (matches(department) || inPinyin?.has(department.id)) hits.push(department);
  }
  return hits;
}
