/** What comes before a token that begins beyond ASCII. No character is encoded with it. */
const separator = 'Y';

/**
 * One text of many tokens: a blank before each, so that its beginning can be looked for. Where a token begins
 * beyond ASCII a letter takes the blank's place: by its capital the index would take it for a word that
 * begins with that letter, and a search for "a" would scan all members.
 */
export function joinForSearch(tokens: Iterable<string>): string {
  const [plain, others]: [string[], string[]] = [[], []];
  for (const token of tokens) (/^[\0-\x7F]/.test(token) ? plain : others).push(encodeForTrigram(token));
  return [...plain.map((token) => ` ${token}`), ...others.map((token) => separator + token)].join('');
}

/** Base 36 needs this many digits for any code point. */
const digitsPerCharacter = 4;
const firstLetter = 'A'.charCodeAt(0);

/**
 * Lower-case text as it is indexed and looked for: every character beyond ASCII becomes one capital letter
 * and three lower-case letters or digits. pg_trgm leaves out what the database's locale does not count as a
 * letter, which with locale C is all Chinese; letters of ASCII count everywhere. The capital keeps the
 * characters apart.
 */
export function encodeForTrigram(text: string): string {
  return text.replaceAll(/[^\0-\x7F]/gu, encodeCharacter);
}

function encodeCharacter(character: string): string {
  const digits = (character.codePointAt(0) ?? 0).toString(36).padStart(digitsPerCharacter, '0');
  const first = Number.parseInt(digits.slice(0, 1), 36);
  return String.fromCharCode(firstLetter + first) + digits.slice(1);
}
