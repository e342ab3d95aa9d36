import { queryOptions } from '@tanstack/react-query';
import { getMe } from '../../lib/api/me.ts';

/** Who is signed in, with their profile and what they authorised. */
export const meQuery = queryOptions({
  queryKey: ['me', 'profile'],
  queryFn: ({ signal }) => getMe({}, signal),
});
