import { expect, it } from 'vitest';
import {
  encodeForTrigram,
  encodeHeadBeginning,
  encodeWholeHead,
  joinForSearch,
  recodeEarlier,
} from './search-alphabet.ts';

it('leaves ASCII as it is and makes four letters of any other character', () => {
  expect(encodeForTrigram('wang_01@x.com')).toBe('wang_01@x.com');
  for (const character of ['é', '王', '\uFFFD', '😀', '\u{10FFFF}'])
    expect(encodeForTrigram(character)).toMatch(/^[A-X][0-9a-z]{2}[A-X]$/);
});

it('keeps characters apart: a text is found exactly where it stands', () => {
  const characters = ['王', '玉', 'é', '明', 'a', '1', '😀', 'ü'];
  const texts = characters.flatMap((a) => characters.flatMap((b) => characters.map((c) => a + b + c)));
  for (const text of texts)
    for (const part of ['王', '明1', 'aé', '😀玉', '1a'])
      expect(encodeForTrigram(text).includes(encodeForTrigram(part)), `${part} in ${text}`).toBe(
        text.includes(part),
      );
});

it('encodes no two assigned characters alike, and none as three letters of ASCII', () => {
  const assigned = /[\p{Assigned}--\p{ASCII}--\p{Surrogate}]/v;
  const encoded = new Set<string>();
  let count = 0;
  for (let code = 0x80; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (!assigned.test(character)) continue;
    count++;
    encoded.add(encodeForTrigram(character));
  }
  expect(count).toBeGreaterThan(250_000);
  expect(encoded.size).toBe(count);
  expect([...encoded].filter((text) => !/^[A-X][0-9a-z]{2}[A-X]$/.test(text))).toEqual([]);
});

it('puts a blank before what begins with ASCII, and a letter before everything else', () => {
  expect(joinForSearch(['王a', 'wang', '明', 'b明'], { names: [], readings: [] })).toBe(
    ` wang b${encodeForTrigram('明')}Y${encodeForTrigram('王')}aY${encodeForTrigram('明')}ZZ`,
  );
});

it('tells a whole name, the beginning of a name or reading, and everything else apart', () => {
  const text = joinForSearch(['wang', 'wei', 'w w', '王伟'], {
    names: ['王伟', 'w w', 'wei'],
    readings: ['wangwei', 'ww'],
  });
  const rankOf = (q: string) =>
    [encodeWholeHead(q), encodeHeadBeginning(q)].map((part) => text.includes(part));
  for (const whole of ['王伟', 'w w', ' w\u3000 w', 'wei']) expect(rankOf(whole)).toEqual([true, true]);
  for (const beginning of ['王', 'w', 'we', 'wan', 'wangwei', 'ww'])
    expect(rankOf(beginning)).toEqual([false, true]);
  for (const part of ['伟', 'angwei', 'ei', 'weiw', 'wangweiww', 'z', '王伟w'])
    expect(rankOf(part)).toEqual([false, false]);
});

it('writes what earlier releases wrote as today', () => {
  const earlier = ' wang b1YAk5qYAmtnaYTo5cZZAmtnZZwangYZZwCr5s';
  expect(recodeEarlier(earlier)).toBe(
    joinForSearch(['wang', 'b1', '明', '王a', '\u{e0100}'], { names: ['王'], readings: ['wang', 'w😀'] }),
  );
});
