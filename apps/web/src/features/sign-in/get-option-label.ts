import { signInTexts } from './texts.ts';

const plainNames: readonly string[] = Object.values(signInTexts).map(({ signIn }) => signIn.wecom);

/**
 * The label of a sign-in option: the name that the admin gave it, or the translated default if it was never
 * changed.
 */
export const getOptionLabel = (name: string, plainName: string): string =>
  plainNames.includes(name) ? plainName : name;
