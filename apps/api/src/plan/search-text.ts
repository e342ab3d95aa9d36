import { pinyin } from 'pinyin-pro';

/** Longest text that is worth finding by its middle; a hostile name must not fill the index. */
const longestText = 100;

export interface SearchColumns {
  /** Lower-case tokens, each after a blank: a search for the beginning of any token is served by the index. */
  searchText: string;
  /** Pinyin of the name, lower case. */
  sortName: string;
}

/**
 * What a member is found and sorted by: name, alias, userid, pinyin and initials. Every suffix of the name, the pinyin
 * and the initials is a token of its own, so that 小明 and "xiaoming" find 王小明; surnames are read as surnames (单 = shan).
 */
export function buildSearchColumns(member: {
  name: string;
  userId: string;
  alias: string | null;
  englishName: string | null;
}): SearchColumns {
  const syllables = readSyllables(member.name.slice(0, longestText).toWellFormed());
  const tokens = new Set<string>();
  for (const text of [member.name, member.alias, member.englishName, member.userId]) {
    const lower = (text ?? '').toLowerCase().slice(0, longestText).toWellFormed();
    for (const suffix of listSuffixes(lower)) tokens.add(suffix);
  }
  const initials = syllables.map((syllable) => String.fromCodePoint(syllable.codePointAt(0) ?? 0)); // not charAt: emoji
  for (let start = 0; start < syllables.length; start++) {
    tokens.add(syllables.slice(start).join(''));
    tokens.add(initials.slice(start).join(''));
  }
  tokens.delete('');
  return { searchText: ` ${[...tokens].join(' ')}`, sortName: syllables.join(' ') };
}

function readSyllables(name: string): string[] {
  const read = pinyin(name, {
    toneType: 'none',
    type: 'array',
    surname: 'head',
    nonZh: 'consecutive',
    v: true,
  });
  return read.map((syllable) => syllable.trim().toLowerCase()).filter((syllable) => syllable !== '');
}

/** The text itself, and what follows each blank, separator or Chinese character in it. */
function listSuffixes(text: string): string[] {
  const cleaned = text.replaceAll(/\s+/g, ' ').trim();
  const suffixes = [cleaned];
  for (const { index } of cleaned.matchAll(/(?<=\p{Script=Han})\p{Script=Han}|(?<=[\s._@-])[^\s._@-]/gu))
    suffixes.push(cleaned.slice(index));
  return suffixes;
}
