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
