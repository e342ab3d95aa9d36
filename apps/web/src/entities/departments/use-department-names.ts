import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { departmentsQuery } from './departments-query.ts';

/** The name of a department, or undefined for one that is not in the tree (any more). */
export type GetDepartmentName = (id: number) => string | undefined;

/**
 * Names for department ids, from the tree that the org page keeps in memory.
 * Only where `isNeeded` the tree is fetched when it is not there yet.
 */
export function useDepartmentNames(isNeeded: boolean): GetDepartmentName {
  const { data: forest } = useQuery({ ...departmentsQuery, enabled: isNeeded });
  return useCallback((id) => forest?.byId.get(id)?.name, [forest]);
}
