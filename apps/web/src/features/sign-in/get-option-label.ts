import { signInTexts } from './texts.ts';

const plainNames: readonly string[] = Object.values(signInTexts).map(({ signIn }) => signIn.wecom);

/** What the admin called this way, or the plain name in the language of the page when the admin left it at that. */
export const getOptionLabel = (name: string, plainName: string): string =>
  plainNames.includes(name) ? plainName : name;
