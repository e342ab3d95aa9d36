const startPage = '/';
/** For people who are not signed in; they would only lead back. */
const outside = /^\/(sign-in|setup)\/?$/i;
/** Not pages; one of them begins a sign-in and would go round in circles. */
const behindThePages = /^\/api(\/|$)/i;

/**
 * The path of a page of the console at `origin` that somebody wants to go to after sign-in. Whatever leads to another
 * site, to no page or to a page from before sign-in gives the start page.
 */
export function keepOwnPath(wanted: string, origin: string): string {
  if (!wanted.startsWith('/') || hasControlCharacter(wanted)) return startPage;
  const url = URL.parse(wanted, origin);
  // '//host', '/\host' and the like are paths to the eye but other hosts to the URL parser.
  if (url === null || url.origin !== origin) return startPage;
  const { pathname, search, hash } = url;
  // '/.//host' is a path of ours that becomes '//host' once the parser has removed the dot.
  if (pathname.startsWith('//') || outside.test(pathname) || behindThePages.test(pathname)) return startPage;
  return `${pathname}${search}${hash}`;
}

const hasControlCharacter = (text: string): boolean =>
  Array.from(text).some((character) => character.charCodeAt(0) < 32 || character.charCodeAt(0) === 127);
