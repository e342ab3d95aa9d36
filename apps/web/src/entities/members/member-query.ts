import { queryOptions } from '@tanstack/react-query';
import { getMember } from '../../lib/api/directory.ts';

/** One member with their history. */
export const memberQuery = (wecomUserId: string) =>
  queryOptions({
    queryKey: ['members', 'one', wecomUserId],
    queryFn: ({ signal }) => getMember({ params: { wecomUserId } }, signal),
  });
