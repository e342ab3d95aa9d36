import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listAdministrators } from '../../lib/api/administrators.ts';

export const administratorsKey = ['administrators'] as const;

/** One page of who may see the console. */
export const administratorsQuery = (cursor: string | undefined) =>
  queryOptions({
    queryKey: [...administratorsKey, cursor],
    queryFn: ({ signal }) =>
      listAdministrators({ query: { ...(cursor !== undefined && { cursor }) } }, signal),
    placeholderData: keepPreviousData,
  });
