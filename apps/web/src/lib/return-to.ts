import { keepOwnPath } from '@orgmirror/contracts/return-to';

/**
 * The path to open after sign-in, taken from the page's own address.
 * A path to another site or to a page for signed-out users gives '/'.
 */
export function readReturnTo(search: string, origin: string): string {
  return keepOwnPath(new URLSearchParams(search).get('returnTo') ?? '/', origin);
}

/**
 * The page after sign-out. Marks the sign-out as intended, so that the WeCom client does not sign in again at
 * once.
 */
export const signedOutPath = '/sign-in?signedOut=1';

/** Address of the sign-in page that returns to `path` and shows that the session has ended. */
export function buildSessionEndedPath(path: string): string {
  const returnTo = path === '/' ? '' : `&returnTo=${encodeURIComponent(path)}`;
  return `/sign-in?sessionEnded=1${returnTo}`;
}

/** Address of the sign-in page that returns to `path`. */
export function buildSignInPath(path: string): string {
  return path === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(path)}`;
}
