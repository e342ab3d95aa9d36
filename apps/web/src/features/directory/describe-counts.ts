import type { TFunction } from 'i18next';
import type { DepartmentNode } from '../../entities/departments/department-forest.ts';

/** How many members a department has: with those directly in it only where others can be below. */
export const describeCounts = (department: DepartmentNode, t: TFunction): string => {
  const { children, memberCount: direct, totalMemberCount: total } = department;
  return children.length === 0 ? t('org.countsAll', { count: direct }) : t('org.counts', { total, direct });
};
