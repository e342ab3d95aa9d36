import { type AuthProvider, authScope } from '@orgmirror/contracts';
import { buildAuthorizeUrl } from '@orgmirror/wecom';
import type { SavedConnection } from '../../connection/wecom-connection-repository.ts';
import type { AuthProvider as ProviderRow } from '../../platform/database/generated/client.ts';
import { buildRedirectUri, buildTrustedDomain, homePageState } from './provider-address.ts';

/** A way to sign in with the addresses that belong into the WeCom console. */
export function presentAuthProvider(
  row: ProviderRow,
  connection: SavedConnection | null,
  { ownOrigin, oauthBaseUrl }: { ownOrigin: string; oauthBaseUrl: string },
): AuthProvider {
  const scope = authScope.parse(row.scope);
  const redirectUri = buildRedirectUri(row, ownOrigin);
  return {
    id: row.id,
    kind: 'wecom-oauth2',
    name: row.name,
    description: row.description,
    enabled: row.enabled,
    scope,
    returnOrigin: row.returnOrigin,
    authorizeUrl:
      connection &&
      buildAuthorizeUrl(oauthBaseUrl, {
        corpId: connection.corp.corpId,
        agentId: Number(connection.agentId),
        redirectUri,
        scope,
        state: homePageState,
      }),
    redirectUri,
    trustedDomain: buildTrustedDomain(row, ownOrigin),
    verificationFileName: row.verificationFileName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
