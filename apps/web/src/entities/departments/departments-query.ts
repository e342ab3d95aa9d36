import { queryOptions } from '@tanstack/react-query';
import { getDepartmentOutline } from '../../lib/api/directory.ts';
import { buildForest, type DepartmentForest } from './department-forest.ts';

/** All departments; refetched after every sync, and the same object as long as none of them changes. */
export const departmentsQuery = queryOptions({
  queryKey: ['departments', 'all'],
  queryFn: async ({ signal, client, queryKey }): Promise<DepartmentForest> => {
    const outline = await getDepartmentOutline({}, signal);
    const known = client.getQueryData<DepartmentForest>(queryKey);
    return known?.revision === outline.revision ? known : buildForest(outline);
  },
  structuralSharing: false, // tens of thousands of departments would be compared one by one
  staleTime: 60_000,
});
