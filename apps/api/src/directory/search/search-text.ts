import { pinyin } from 'pinyin-pro';
import { joinForSearch } from './search-alphabet.ts';

/** Longest text that is worth finding by its middle; a hostile name must not fill the index. */
const maxTextLength = 100;

export interface SearchColumns {
  /** Lower-case tokens and heads as `joinForSearch` joins them. */
  searchText: string;
  /** Pinyin of the name, lower case. */
  sortName: string;
}

/**
 * What a member is found and sorted by: name, alias, userid, pinyin and initials. What follows a separator,
 * and every suffix of the pinyin and the initials, is a token of its own, so that "xm" finds 王小明 as a token's
 * beginning; surnames are read as surnames (单 = shan). The whole texts are its heads.
 */
export function buildSearchColumns(member: {
  name: string;
  userId: string;
  alias: string | null;
  englishName: string | null;
}): SearchColumns {
  const syllables = readSyllables(member.name.slice(0, maxTextLength).toWellFormed());
  const tokens = new Set<string>();
  const names = new Set<string>();
  for (const text of [member.name, member.alias, member.englishName, member.userId]) {
    if (text === null) continue;
    const lower = text.toLowerCase().slice(0, maxTextLength).toWellFormed();
    names.add(lower.trim());
    for (const token of listTokens(lower)) tokens.add(token);
  }
  const initials = syllables.map((syllable) => String.fromCodePoint(syllable.codePointAt(0) ?? 0)); // not charAt: emoji
  for (let start = 0; start < syllables.length; start++) {
    tokens.add(syllables.slice(start).join(''));
    tokens.add(initials.slice(start).join(''));
  }
  tokens.delete('');
  const readings = new Set([syllables.join(''), initials.join('')]);
  for (const name of names.add('')) readings.delete(name);
  names.delete('');
  return { searchText: joinForSearch(tokens, { names, readings }), sortName: syllables.join(' ') };
}

/** What the name of a department is found by in pinyin: syllables and initials, from any character on. */
export function listPinyinTokens(name: string): string[] {
  // 解决方案部 is no member of the family 解 (xie).
  const syllables = readSyllables(name.slice(0, maxTextLength).toWellFormed(), 'off');
  const initials = syllables.map((syllable) => String.fromCodePoint(syllable.codePointAt(0) ?? 0));
  return syllables.flatMap((_, start) => [syllables.slice(start).join(''), initials.slice(start).join('')]);
}

function readSyllables(name: string, surname: 'head' | 'off' = 'head'): string[] {
  const read = pinyin(name, {
    toneType: 'none',
    type: 'array',
    surname,
    nonZh: 'consecutive',
    v: true,
  });
  return read.map((syllable) => syllable.trim().toLowerCase()).filter((syllable) => syllable !== '');
}

/** The words of a text, and what follows each separator in them. Most texts are one word without any. */
function listTokens(text: string): string[] {
  if (!/[\s._@-]/.test(text)) return [text];
  return text.split(/\s+/).flatMap((word) => {
    const starts = [...word.matchAll(/(?<=[._@-])[^._@-]/gu)].map(({ index }) => index);
    return [word, ...starts.map((start) => word.slice(start))];
  });
}
