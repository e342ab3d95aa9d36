import type { AuthProvider } from '../../platform/database/generated/client.ts';

/** The address that WeCom redirects to, below the origin that the provider names or the server's own. */
export const buildRedirectUri = (
  { returnOrigin }: Pick<AuthProvider, 'returnOrigin'>,
  ownOrigin: string,
): string => `${returnOrigin ?? ownOrigin}/api/v1/sign-in/wecom/callback`;

/**
 * What the WeCom console wants as trusted domain: the host, with its port if there is one, without scheme.
 */
export const buildTrustedDomain = (provider: Pick<AuthProvider, 'returnOrigin'>, ownOrigin: string): string =>
  new URL(buildRedirectUri(provider, ownOrigin)).host;

/**
 * The state in the address that is pasted into the WeCom console as the app's home page. It cannot be bound
 * to a browser: a callback that brings it only begins a sign-in with a state of its own.
 */
export const homePageState = 'openFromWecom';
