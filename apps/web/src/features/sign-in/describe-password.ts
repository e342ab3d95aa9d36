import type { SignInTexts } from './texts.ts';

export const minPasswordLength = 12;

/** How long a new password has to be, and how much of that is missing. */
export function describePassword(
  length: number,
  texts: { passwordHint: string; passwordShort: string; passwordMet: string },
): string {
  if (length === 0) return texts.passwordHint;
  if (length >= minPasswordLength) return texts.passwordMet;
  return texts.passwordShort.replace('{count}', String(minPasswordLength - length));
}

interface NewPassword {
  readonly password: string;
  readonly confirm: string;
}

/** What keeps a new password from being set, by field; undefined where nothing does. */
export function findPasswordFaults(
  { password, confirm }: NewPassword,
  { signIn, setup }: Pick<SignInTexts, 'signIn' | 'setup'>,
): { readonly [field in keyof NewPassword]: string | undefined } {
  const differs = confirm === password ? undefined : setup.confirmDiffers;
  const short = password.length < minPasswordLength ? describePassword(password.length, setup) : undefined;
  return {
    password: password === '' ? signIn.required : short,
    confirm: confirm === '' ? signIn.required : differs,
  };
}
