import { queryOptions } from '@tanstack/react-query';
import { getDepartmentTree } from '../../lib/api/directory.ts';

/** All department trees; refetched after every sync. */
export const departmentTreeQuery = queryOptions({
  queryKey: ['departments', 'tree'],
  queryFn: async ({ signal }) => (await getDepartmentTree({}, signal)).items,
  staleTime: 60_000,
});
