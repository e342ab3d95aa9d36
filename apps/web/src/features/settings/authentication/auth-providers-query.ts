import { queryOptions } from '@tanstack/react-query';
import { listAuthProviders } from '../../../lib/api/list-auth-providers.ts';

/** Every way for members to sign in; an enterprise has one or two. */
export const authProvidersQuery = queryOptions({
  queryKey: ['auth-providers'],
  queryFn: async ({ signal }) => (await listAuthProviders({ query: { limit: 200 } }, signal)).items,
});
