/** What comes before a token that begins beyond ASCII. No character is encoded with it. */
const separator = 'Y';

/** What a head's mark begins with, and a name ends at. No character is encoded with it. */
const markStart = 'Z';

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
 * begins with that letter, and a search for "a" would scan all members. The heads follow, each after its mark:
 * a name also ends at a mark, a reading at the separator or the end. A token beyond ASCII that is such a name is
 * not written twice.
 */
export function joinForSearch(tokens: Iterable<string>, { names, readings }: Heads): string {
  const [plain, others] = [new Set<string>(), new Set<string>()];
  for (const token of tokens) (beginsInAscii(token) ? plain : others).add(encodeForTrigram(token));
  const [headsOfNames, headsOfReadings] = [Array.from(names, encodeHead), Array.from(readings, encodeHead)];
  for (const head of headsOfNames) others.delete(head);
  return [
    ...Array.from(plain, (token) => ` ${token}`),
    ...Array.from(others, (token) => separator + token),
    ...headsOfNames.map(markHead),
    headsOfReadings.length > 0 ? headsOfReadings.map(markHead).join(separator) : markHead(''),
  ].join('');
}

/** What the text of a member contains one of whose names is this text. */
export const encodeWholeHead = (text: string): string => encodeHeadBeginning(text) + markStart;

/** What the text of a member contains one of whose names ends with this text; undefined where that makes no trigram. */
export const encodeHeadEnd = (text: string): string | undefined => {
  const end = encodeHead(text) + markStart;
  return end.length < 3 ? undefined : end;
};

/** What the text of a member contains one of whose heads begins with this text. */
export const encodeHeadBeginning = (text: string): string => markHead(encodeHead(text));

const encodeHead = (text: string): string => encodeForTrigram(text.trim().replaceAll(/\s+/g, separator));

/**
 * The mark is two letters: with one letter of a search they make a trigram. Another one comes before an encoded
 * character, most of which begin with the same two capitals: else each name would be looked at for those letters.
 */
const markHead = (head: string): string => markStart + (/^[A-X]/.test(head) ? separator : markStart) + head;

const beginsInAscii = (text: string): boolean => /^[\0-\x7F]/.test(text);

const digits = 36;
const letters = 24;
const firstLetter = 'A'.charCodeAt(0);

/** From here on no code point is assigned for a long way: those behind are encoded as if they began at 0. */
const firstUnassigned = 505 * digits ** 2;

/**
 * Lower-case text as it is indexed and looked for: every character beyond ASCII becomes two lower-case letters or
 * digits between two capitals of A to X. pg_trgm leaves out what the database's locale does not count as a letter,
 * which with locale C is all Chinese; letters of ASCII count everywhere. Two capitals in a row, or one beside ASCII,
 * are where characters end, so that none is found across two others, and no three letters of ASCII inside of any.
 */
export function encodeForTrigram(text: string): string {
  return text.replaceAll(/[^\0-\x7F]/gu, encodeCharacter);
}

const encodeCharacter = (character: string): string => encodeCode(character.codePointAt(0) ?? 0);

function encodeCode(codePoint: number): string {
  const code = codePoint % firstUnassigned;
  const [high, low] = [Math.floor(code / digits ** 2), code % digits ** 2];
  const middle = low.toString(digits).padStart(2, '0');
  return letterOf(Math.floor(high / letters)) + middle + letterOf(high % letters);
}

const letterOf = (value: number): string => String.fromCharCode(firstLetter + value);

/**
 * A text of releases before 2026-11-28 as {@link joinForSearch} writes it now: a character was a capital and three
 * digits, and each mark the same.
 */
export const recodeEarlier = (text: string): string =>
  text
    .replaceAll(/ZZ(?=[A-X])/g, markStart + separator)
    .replaceAll(/([A-X])([0-9a-z]{3})/g, (_, capital: string, rest: string) =>
      encodeCode((capital.charCodeAt(0) - firstLetter) * digits ** 3 + Number.parseInt(rest, digits)),
    );
