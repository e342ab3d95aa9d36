const startPage = '/';
/** Pages for signed-out users, which would only lead back here. */
const signedOutPages = /^\/(sign-in|setup)\/?$/i;
/** Not pages; one of them starts a sign-in and would loop. */
const apiPaths = /^\/api(\/|$)/i;

/**
 * Sanitizes the path to open after sign-in: a page of the console at `origin`. A path that leads to another
 * site, to no page or to a page for signed-out users becomes the start page.
 */
export function keepOwnPath(path: string, origin: string): string {
  if (!path.startsWith('/') || hasControlCharacter(path)) return startPage;
  const url = URL.parse(path, origin);
  // '//host' and '/\host' look like paths but are other hosts to the URL parser.
  if (url === null || url.origin !== origin) return startPage;
  const { pathname, search, hash } = url;
  // '/.//host' is a path of ours that the parser turns into '//host'.
  if (pathname.startsWith('//') || signedOutPages.test(pathname) || apiPaths.test(pathname)) return startPage;
  return `${pathname}${search}${hash}`;
}

const hasControlCharacter = (text: string): boolean =>
  Array.from(text).some((character) => character.charCodeAt(0) < 32 || character.charCodeAt(0) === 127);
