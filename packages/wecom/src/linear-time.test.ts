import { expect, test } from 'vitest';
import { parseEvent } from './callback/parse-event.ts';
import { replaceXmlTexts } from './callback/parse-xml.ts';
import { readEnvelope } from './callback/read-envelope.ts';
import { WecomApiError } from './errors.ts';
import { createRedact } from './redaction.ts';

// What anybody may send, or WeCom answer, costs no more time than it is long. 100,000 characters; where they
// take long, a slow machine is told from slow work by half the text.

const length = 100_000;
const maxMs = 50;
const redact = createRedact(['a-secret-of-ours']);
const fill = (piece: string) => (size: number) => piece.repeat(Math.ceil(size / piece.length));
const nest = (inner: (size: number) => string) => (size: number) => `<xml>${inner(size)}</xml>`;

const hostile: [name: string, work: (text: string) => unknown, shape: (size: number) => string][] = [
  ...['a', 'a://', '://a', ':', '/', 'access_token=', '"access_token"', '"access_token" ', 'http://a:b@'].map(
    (piece): (typeof hostile)[number] => [`redaction of ${piece}`, redact, fill(piece)],
  ),
  ...[', hint: [', ', hint: [a]', ', from ip: ', ', more info at ', ', hint: [a], from ip: 1', 'a'].map(
    (piece): (typeof hostile)[number] => [
      `errmsg of ${piece}`,
      (text) => new WecomApiError('user/get', 60011, text),
      fill(piece),
    ],
  ),
  ['an envelope of empty elements', readEnvelope, nest(fill('<a/>'))],
  ['an envelope of elements', readEnvelope, nest(fill('<a>b</a>'))],
  ['an envelope of opening tags', readEnvelope, fill('<a>')],
  ['an envelope of attributes', readEnvelope, (size) => `<a ${fill('b="" ')(size)}>`],
  ['an envelope of entities', readEnvelope, nest(fill('&amp;'))],
  ['an envelope of brackets', readEnvelope, (size) => `{${'['.repeat(size)}`],
  ['an envelope of blanks', readEnvelope, fill(' ')],
  ['an event of empty elements', parseEvent, nest(fill('<a/>'))],
  ['a masked event of empty elements', (text) => replaceXmlTexts(text, () => 'x'), nest(fill('<a/>'))],
  ['a masked event of CDATA', (text) => replaceXmlTexts(text, () => ']]>'), nest(fill('<![CDATA[a]]>'))],
];

/** Milliseconds of this process: others on the machine do not count. */
function timeOf(work: (text: string) => unknown, text: string): number {
  const before = process.cpuUsage();
  try {
    work(text);
  } catch (error) {
    expect(error).toMatchObject({ name: 'WecomCallbackError' }); // refusing it is right as well
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

test.each(hostile)('%s', (_, work, shape) => {
  const best = (size: number) => Math.min(...[1, 2, 3].map(() => timeOf(work, shape(size))));
  const tookMs = best(length);
  const ratio = tookMs <= maxMs ? 1 : tookMs / best(length / 2);
  expect(ratio, `${tookMs} ms`).toBeLessThan(3);
});

test('of an errmsg no more is kept than anyone reads', () => {
  const error = new WecomApiError(
    'user/get',
    60011,
    `${'长'.repeat(length)}, hint: [1], from ip: 203.0.113.7`,
  );
  expect(error.errmsg).toBe('长'.repeat(500));
  expect(error.message.length).toBeLessThan(700);
  expect([error.hint, error.egressIp]).toEqual(['1', '203.0.113.7']);
});
