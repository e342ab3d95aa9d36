import { queryOptions } from '@tanstack/react-query';
import { getMe } from '../../lib/api/me.ts';

/** The signed-in user with profile and consent. */
export const meQuery = queryOptions({
  queryKey: ['me', 'profile'],
  queryFn: ({ signal }) => getMe({}, signal),
});
