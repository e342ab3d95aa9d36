import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { catchWecomError, createTestClient, TEST_SECRET } from '../test/test-client.ts';
import { type Reply, replyJson, startWecomServer, TEST_TOKEN } from '../test/wecom-server.ts';
import type { CallEvent } from './call-events.ts';
import { describeWecomError } from './describe-error.ts';
import { createRedact, listProxySecrets } from './redaction.ts';

describe('redaction', () => {
  test.each([
    [
      'GET /cgi-bin/user/list?access_token=abc-DEF&id=1',
      'GET /cgi-bin/user/list?access_token=[redacted]&id=1',
    ],
    ['?corpid=ww1&corpsecret=x%2Fy', '?corpid=ww1&corpsecret=[redacted]'],
    ['{"access_token":"abc","expires_in":7200}', '{"access_token":"[redacted]","expires_in":7200}'],
    ['via http://user:p4ss@proxy:3128/', 'via http://[redacted]@proxy:3128/'],
    ['nothing to hide', 'nothing to hide'],
  ])('%s becomes %s', (text, clean) => {
    expect(createRedact([])(text)).toBe(clean);
  });

  test('a secret that contains another one leaves nothing behind', () => {
    expect(createRedact(['abc', 'abcdef'])('x abcdef y abc z')).toBe('x [redacted] y [redacted] z');
  });

  test('the credentials of a proxy URL are known as written and decoded', () => {
    expect(listProxySecrets('http://me:p%40ss@proxy:3128')).toEqual(['p%40ss', 'p@ss']);
    expect(listProxySecrets('http://proxy:3128')).toEqual([]);
    expect(listProxySecrets(undefined)).toEqual([]);
  });
});

describe('no failure shows the token or the secret', () => {
  const secretOf = (url: URL): string =>
    url.searchParams.get('access_token') ?? url.searchParams.get('corpsecret') ?? '';
  const echo =
    (errcode: number): Reply =>
    (response, url, callNumber, request) => {
      const errmsg = `bad ${secretOf(url)} in ${url.search}, hint: [${secretOf(url)}], from ip: 203.0.113.7`;
      replyJson({ errcode, errmsg })(response, url, callNumber, request);
    };
  const plain =
    (status: number): Reply =>
    (response, url) =>
      response.writeHead(status, { location: `/x/${secretOf(url)}${url.search}` }).end();
  const failures: readonly (readonly [string, Reply])[] = [
    ['errcode 60011 with the query in its text', echo(60011)],
    ['errcode 40014 with the query in its text', echo(40014)],
    ['errcode 45009 with the query in its text', echo(45009)],
    ['errcode -1 with the query in its text', echo(-1)],
    ['a redirect with the query in its target', plain(302)],
    ['HTTP 404', plain(404)],
    ['HTTP 407', plain(407)],
    ['HTTP 500', plain(500)],
    ['a web page that quotes the query', (response, url) => response.end(`<html>${url.search}</html>`)],
    ['cut-off JSON that quotes the query', (response, url) => response.end(`{"errmsg":"${url.search}`)],
    ['a malformed answer', (response, url) => response.end(JSON.stringify({ errcode: [url.search] }))],
    ['a body over the limit', (response, url) => response.end(url.search.repeat(500))],
    ['a reset connection', (response) => response.socket?.destroy()],
    ['a timeout', () => undefined],
  ];

  test.each(failures)('%s, in a call and in gettoken', async (_fact, failure) => {
    const events: CallEvent[] = [];
    const options = {
      timeoutMs: 100,
      maxResponseBytes: 5_000,
      onCall: (event: CallEvent) => events.push(event),
    };
    await using calling = await startWecomServer({ 'user/list': failure });
    await using starting = await startWecomServer({ gettoken: failure });
    const errors = [
      await catchWecomError(createTestClient(calling.baseUrl, options).listMembers(1)),
      await catchWecomError(createTestClient(starting.baseUrl, options).listMembers(1)),
    ];
    for (const error of errors) {
      const shown = [
        JSON.stringify(error),
        error.message,
        error.stack,
        inspect(error, { depth: 20, showHidden: true }),
        JSON.stringify(describeWecomError(error, 'zh')),
      ].join('\n');
      expect(shown).not.toContain(TEST_TOKEN);
      expect(shown).not.toContain(TEST_SECRET);
      expect(shown).not.toContain(encodeURIComponent(TEST_SECRET));
    }
    expect(JSON.stringify(events)).not.toMatch(/access_token|corpsecret|token-Q2/);
  });
});
