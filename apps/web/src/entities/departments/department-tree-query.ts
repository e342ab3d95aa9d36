import { queryOptions } from '@tanstack/react-query';
import { getDepartmentTree } from '../../lib/api/directory.ts';

/** The whole forest of departments; fetched again by whoever finishes a sync. */
export const departmentTreeQuery = queryOptions({
  queryKey: ['departments', 'tree'],
  queryFn: async ({ signal }) => (await getDepartmentTree({}, signal)).items,
  staleTime: 60_000,
});
