import { queryOptions } from '@tanstack/react-query';
import { listMembers } from '../../lib/api/directory.ts';

/** How many members are present in all. */
export const memberTotalQuery = queryOptions({
  queryKey: ['members', 'total'],
  queryFn: async ({ signal }) => (await listMembers({ query: { limit: 1 } }, signal)).total,
  staleTime: 60_000,
});
