/** What comes before a token that begins beyond ASCII. No character is encoded with it. */
const separator = 'Y';

/** What comes before and after a head. Two letters: with one letter of a search they make a trigram. */
const headMark = 'ZZ';

/** Texts whose beginning ranks a hit first. */
export interface Heads {
  /** A search for the whole of one is an exact hit. */
  names: Iterable<string>;
  /** Of the name: its pinyin, its initials. */
  readings: Iterable<string>;
}

/**
 * One text of many tokens: a blank before each, so that its beginning can be looked for. Where a token begins
 * beyond ASCII a letter takes the blank's place: by its capital the index would take it for a word that
 * begins with that letter, and a search for "a" would scan all members. The heads follow, each after a mark:
 * a name also ends at a mark, a reading at the separator or the end. A token beyond ASCII that is such a name is
 * not written twice.
 */
export function joinForSearch(tokens: Iterable<string>, { names, readings }: Heads): string {
  const [plain, others] = [new Set<string>(), new Set<string>()];
  for (const token of tokens) (/^[\0-\x7F]/.test(token) ? plain : others).add(encodeForTrigram(token));
  const heads = Array.from(names, encodeHead);
  for (const head of heads) others.delete(head);
  return [
    ...Array.from(plain, (token) => ` ${token}`),
    ...Array.from(others, (token) => separator + token),
    ...heads.map((head) => headMark + head),
    headMark + Array.from(readings, encodeHead).join(separator + headMark),
  ].join('');
}

/** What the text of a member contains one of whose heads is this text. */
export const encodeWholeHead = (text: string): string => headMark + encodeHead(text) + headMark;

/** What the text of a member contains one of whose heads begins with this text. */
export const encodeHeadBeginning = (text: string): string => headMark + encodeHead(text);

const encodeHead = (text: string): string => encodeForTrigram(text.trim().replaceAll(/\s+/g, separator));

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
