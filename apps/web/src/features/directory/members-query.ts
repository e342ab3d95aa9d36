import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listMembers } from '../../lib/api/directory.ts';
import { type OrgParams, toMemberFilter, toMemberOrder } from './org-params.ts';

/** One page of the members that the address asks for; the previous page stays in sight while it loads. */
export const membersQuery = (params: OrgParams) => {
  const query = {
    ...toMemberFilter(params),
    ...toMemberOrder(params),
    limit: params.pageSize,
    ...(params.cursor !== null && { cursor: params.cursor }),
  };
  return queryOptions({
    queryKey: ['members', 'page', query],
    queryFn: ({ signal }) => listMembers({ query }, signal),
    placeholderData: keepPreviousData,
  });
};

/** How many members the filters list. */
export const memberCountQuery = (params: OrgParams) => {
  const query = { ...toMemberFilter(params), limit: 1 };
  return queryOptions({
    queryKey: ['members', 'count', query],
    queryFn: async ({ signal }) => (await listMembers({ query }, signal)).total,
    staleTime: 60_000,
  });
};
