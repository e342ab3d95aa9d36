import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { wecomSettingsQuery } from '../../../entities/settings/wecom-settings-query.ts';
import { listAuthProviders } from '../../../lib/api/auth-providers.ts';

/** All authentication providers; an enterprise has one or two. */
export const authProvidersQuery = queryOptions({
  queryKey: ['auth-providers'],
  queryFn: async ({ signal }) => (await listAuthProviders({ query: { limit: 200 } }, signal)).items,
});

/** After a change: the list, and the settings, whose QR sign-in depends on whether one is enabled. */
export const refreshAuthProviders = (client: QueryClient) =>
  Promise.all([
    client.invalidateQueries({ queryKey: authProvidersQuery.queryKey }),
    client.invalidateQueries({ queryKey: wecomSettingsQuery.queryKey }),
  ]);
