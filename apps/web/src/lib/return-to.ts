/**
 * The path to open after sign-in, taken from the page's own address.
 * Anything that could lead to another site, or back to a page for people who are not signed in, gives '/'.
 */
export function readReturnTo(search: string, origin: string): string {
  const wanted = new URLSearchParams(search).get('returnTo');
  if (wanted === null || !wanted.startsWith('/') || hasControlCharacter(wanted)) return '/';
  const url = URL.parse(wanted, origin);
  // '//host', '/\host' and the like are paths to the eye but other hosts to the URL parser.
  if (url === null || url.origin !== origin) return '/';
  if (url.pathname === '/sign-in' || url.pathname === '/setup') return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}

const hasControlCharacter = (text: string) =>
  Array.from(text).some((character) => character.charCodeAt(0) < 32);

/** Address of the sign-in page that leads back to `path`. */
export function buildSignInPath(path: string): string {
  return path === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(path)}`;
}
