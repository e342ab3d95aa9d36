import { keepOwnPath } from '@orgmirror/contracts/return-to';

/**
 * The path to open after sign-in, taken from the page's own address.
 * Anything that could lead to another site, or back to a page for people who are not signed in, gives '/'.
 */
export function readReturnTo(search: string, origin: string): string {
  return keepOwnPath(new URLSearchParams(search).get('returnTo') ?? '/', origin);
}

/** Where signing out leads. Says that it was wanted, so that the WeCom client does not sign in again at once. */
export const signedOutPath = '/sign-in?signedOut=1';

/** Address of the sign-in page that leads back to `path` and says that the session, under an open page, has ended. */
export function buildSessionEndedPath(path: string): string {
  const returnTo = path === '/' ? '' : `&returnTo=${encodeURIComponent(path)}`;
  return `/sign-in?sessionEnded=1${returnTo}`;
}

/** Address of the sign-in page that leads back to `path`. */
export function buildSignInPath(path: string): string {
  return path === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(path)}`;
}
