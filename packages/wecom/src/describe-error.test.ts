import { describe, expect, test } from 'vitest';
import { documentedErrcodes, vectors } from '../test/vectors.ts';
import { describeWecomError } from './describe-error.ts';
import { parseErrmsg } from './errmsg.ts';
import { ERROR_TABLE, findErrorEntry } from './error-table/index.ts';
import { WecomApiError, WecomResponseError, WecomTransportError } from './errors.ts';
import { NETWORK_TEXTS } from './network-texts.ts';

describe('the error table', () => {
  test.each(documentedErrcodes)(
    'errcode %i has a kind, a sentence and a remedy in both languages',
    (errcode) => {
      const { kind, zh, en } = findErrorEntry(errcode);
      expect(kind).not.toBe('unknown');
      for (const text of [zh.sentence, zh.remedy]) expect(text).toMatch(/^.*\p{Script=Han}.*。$/u);
      for (const text of [en.sentence, en.remedy]) expect(text).toMatch(/^[^\p{Script=Han}]{10,}\.$/u);
    },
  );

  test('lists each errcode once', () => {
    const codes = ERROR_TABLE.flatMap((entry) => entry.codes);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('writes Chinese with full-width punctuation', () => {
    const zh = [...ERROR_TABLE, findErrorEntry(987_654_321), ...Object.values(NETWORK_TEXTS)].flatMap(
      ({ zh }) => [zh.sentence, zh.remedy],
    );
    for (const text of zh) expect(text).not.toMatch(/[\p{Script=Han}}][,:;()?!]|[,:;()]\p{Script=Han}/u);
  });

  test.each([
    [-1, 'transient', 'backOff'],
    [45033, 'concurrency', 'backOff'],
    [45009, 'rate', 'waitWindow'],
    [40014, 'token', 'refreshToken'],
    [42001, 'token', 'refreshToken'],
    [40013, 'credentials', 'stop'],
    [301002, 'agent', 'stop'],
    [60020, 'ip', 'stop'],
    [60011, 'scope', 'never'],
    [60111, 'gone', 'never'],
    [40029, 'signIn', 'signInAgain'],
  ])('errcode %i is of kind %s and is handled by %s', (errcode, kind, retry) => {
    expect(findErrorEntry(errcode)).toMatchObject({ kind, retry });
  });
});

describe('errmsg', () => {
  test.each(vectors.errmsg_parsing)('$errmsg is taken apart', ({ errmsg, expect: parts }) => {
    expect(parseErrmsg(errmsg)).toEqual(parts);
    const [, base, hint, ip] = new RegExp(vectors.errmsg_regex).exec(errmsg)!;
    expect(parseErrmsg(errmsg)).toEqual({ base, hint: hint ?? null, ip: ip ?? null });
  });
});

describe('descriptions', () => {
  const refused =
    'not allow to access from your ip, hint: [123], from ip: 203.0.113.7, more info at https://x';

  test('60020 names the address to trust, or says what it is when WeCom did not', () => {
    const known = new WecomApiError('agent/get', 60020, refused);
    expect(describeWecomError(known, 'zh').remedy).toContain('企业可信IP 中加入 203.0.113.7');
    expect(describeWecomError(known, 'en').remedy).toContain('Add 203.0.113.7 under Trusted IPs');
    const unknown = new WecomApiError('agent/get', 60020, 'not allow to access from your ip');
    expect(describeWecomError(unknown, 'zh').remedy).toContain('加入 本服务器的出口 IP');
    expect(describeWecomError(unknown, 'en').sentence).toContain("this server's egress IP");
  });

  test('a code outside the table keeps code, text and hint', () => {
    const error = new WecomApiError('agent/get', 987654, 'brand new, hint: [42]');
    expect(describeWecomError(error, 'en')).toMatchObject({
      kind: 'unknown',
      sentence: expect.stringContaining('errcode 987654: brand new, hint 42'),
    });
    expect(describeWecomError(error, 'zh').sentence).toContain('987654');
  });

  test('failures without errcode have texts in both languages', () => {
    const transport = (['timeout', 'refused', 'dns', 'tls', 'proxy', 'reset', 'http'] as const).map(
      (kind) => new WecomTransportError(kind, 'user/list', 'x'),
    );
    const response = (['notJson', 'shape', 'tooLarge', 'notFound', 'redirect'] as const).map(
      (kind) => new WecomResponseError(kind, 'user/list', 'x'),
    );
    for (const error of [...transport, ...response]) {
      const zh = describeWecomError(error, 'zh');
      const en = describeWecomError(error, 'en');
      expect([zh.kind, en.kind]).toEqual([error.kind, error.kind]);
      expect(zh.sentence + zh.remedy).toMatch(/\p{Script=Han}/u);
      expect(en.sentence + en.remedy).not.toMatch(/\p{Script=Han}/u);
    }
  });
});
