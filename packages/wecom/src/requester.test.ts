import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createJumpingClock, createManualClock } from '../test/clocks.ts';
import { catchWecomError, createTestClient } from '../test/test-client.ts';
import { type Reply, replyInTurn, replyJson, startWecomServer } from '../test/wecom-server.ts';
import type { CallEvent } from './call-events.ts';
import { createMemoryTokenStore } from './token-store.ts';

const OK = replyJson({ errcode: 0, errmsg: 'ok', userlist: [{ userid: 'a' }] });

const reset: Reply = (response) => response.socket?.destroy();
const cutOff: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"errcode":0,"userlist":[{"use', () => response.socket?.destroy());
};
const halfJson: Reply = (response) => response.end('{"errcode":0,"userlist":[{"userid":"a"}');
const halfGzip: Reply = (response) => {
  const packed = gzipSync(JSON.stringify({ errcode: 0, userlist: [{ userid: 'a'.repeat(500) }] }));
  response.writeHead(200, { 'content-encoding': 'gzip' });
  response.end(packed.subarray(0, packed.length - 12));
};
const empty: Reply = (response) => response.end();
const silent: Reply = () => undefined;
const html: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<!doctype html><title>Sign in to the network</title>');
};
const bomb: Reply = (response) => {
  response.writeHead(200, { 'content-encoding': 'gzip' });
  response.end(gzipSync(Buffer.alloc(3_000_000, ' ')));
};
const large: Reply = (response: ServerResponse) => response.end(' '.repeat(1_000_001));

describe('failures that pass', () => {
  test.each([
    ['errcode -1', replyJson({ errcode: -1, errmsg: 'system error' })],
    ['errcode 45033', replyJson({ errcode: 45033, errmsg: 'api concurrent out of limit' })],
    ['errcode 6000', replyJson({ errcode: 6000, errmsg: 'conflict' })],
    ['errcode 81026', replyJson({ errcode: 81026, errmsg: 'maintenance' })],
    ['HTTP 500', replyJson({}, 500)],
    ['HTTP 503', html503()],
    ['a reset connection', reset],
    ['a body cut off by the connection', cutOff],
    ['a body of half the JSON', halfJson],
    ['a body of half the gzip', halfGzip],
    ['an empty body', empty],
  ])('%s is tried again and the third try counts', async (_fact, failure) => {
    const clock = createJumpingClock();
    await using server = await startWecomServer({ 'user/list': replyInTurn(failure, failure, OK) });
    expect(await createTestClient(server.baseUrl, { clock }).listMembers(1)).toEqual([{ userid: 'a' }]);
    expect(clock.sleeps).toEqual([375, 750]);
    expect(server.paths).toEqual(['gettoken', 'user/list', 'user/list', 'user/list']);
  });

  test.each([
    ['errcode -1', replyJson({ errcode: -1, errmsg: 'system error' }), 'transient'],
    ['errcode 45033', replyJson({ errcode: 45033, errmsg: 'x' }), 'concurrency'],
    ['HTTP 502', replyJson({}, 502), 'http'],
    ['a reset connection', reset, 'reset'],
    ['a body cut off by the connection', cutOff, 'reset'],
    ['a body of half the JSON', halfJson, 'notJson'],
    ['a body of half the gzip', halfGzip, 'notJson'],
  ])('%s that stays ends with its own kind after three tries', async (_fact, failure, kind) => {
    await using server = await startWecomServer({ 'user/list': failure });
    expect(await catchWecomError(createTestClient(server.baseUrl).listMembers(1))).toMatchObject({ kind });
    expect(server.paths.slice(1)).toEqual(['user/list', 'user/list', 'user/list']);
  });

  test('a server that does not answer is a timeout, after three tries', async () => {
    await using server = await startWecomServer({ 'user/list': silent });
    const tokenStore = createMemoryTokenStore({ clock: createJumpingClock() });
    await createTestClient(server.baseUrl, { tokenStore }).getToken(); // which is given in any time
    const events: CallEvent[] = [];
    const onCall = (event: CallEvent) => events.push(event);
    const client = createTestClient(server.baseUrl, { tokenStore, timeoutMs: 60, onCall });
    expect(await catchWecomError(client.listMembers(1))).toMatchObject({ kind: 'timeout' });
    expect(events.filter(({ kind }) => kind === 'attempt')).toMatchObject(
      [1, 2, 3].map((attempt) => ({ endpoint: 'user/list', attempt, outcome: 'timeout' })),
    );
  });

  test('a body that drips in for ever is a timeout', async () => {
    const drip: Reply = (response) => {
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    };
    await using server = await startWecomServer({ 'user/list': drip });
    const client = createTestClient(server.baseUrl, { timeoutMs: 50, retry: { maxTries: 1 } });
    expect(await catchWecomError(client.listMembers(1))).toMatchObject({ kind: 'timeout' });
  });

  test('a refused connection and an unknown host have kinds of their own', async () => {
    const closed = await startWecomServer();
    await closed[Symbol.asyncDispose]();
    expect(await catchWecomError(createTestClient(closed.baseUrl).getToken())).toMatchObject({
      kind: 'refused',
    });
    const nowhere = createTestClient('http://wecom.invalid');
    expect(await catchWecomError(nowhere.getToken())).toMatchObject({ kind: 'dns' });
  });

  test('https spoken to a plain http server is a TLS failure and is not tried again', async () => {
    await using server = await startWecomServer();
    const clock = createJumpingClock();
    const client = createTestClient(server.baseUrl.replace('http:', 'https:'), { clock });
    expect(await catchWecomError(client.getToken())).toMatchObject({ kind: 'tls' });
    expect(clock.sleeps).toEqual([]);
  });
});

describe('failures that stay', () => {
  test.each([
    [
      'a web page in place of JSON',
      html,
      { name: 'WecomResponseError', kind: 'notJson', maybeCutOff: false },
    ],
    ['a redirect', redirect301(), { name: 'WecomResponseError', kind: 'redirect', status: 301 }],
    ['an unknown path', notFound(), { name: 'WecomResponseError', kind: 'notFound', status: 404 }],
    ['HTTP 403', replyJson({}, 403), { name: 'WecomTransportError', kind: 'http', status: 403 }],
    ['a body one byte over the limit', large, { name: 'WecomResponseError', kind: 'tooLarge' }],
    ['a small body that unpacks to a large one', bomb, { name: 'WecomResponseError', kind: 'tooLarge' }],
    ['errcode 60011', replyJson({ errcode: 60011, errmsg: 'x', userlist: [] }), { kind: 'scope' }],
    ['an unknown errcode', replyJson({ errcode: 999999, errmsg: 'x' }), { kind: 'unknown', errcode: 999999 }],
  ])('%s ends the call at the first try', async (_fact, failure, expected) => {
    await using server = await startWecomServer({ 'user/list': failure });
    const client = createTestClient(server.baseUrl, { maxResponseBytes: 1_000_000 });
    expect(await catchWecomError(client.listMembers(1))).toMatchObject(expected);
    expect(server.paths).toEqual(['gettoken', 'user/list']);
  });

  test('a body exactly as large as the limit is read', async () => {
    const body = JSON.stringify({ errcode: 0, userlist: [] });
    await using server = await startWecomServer({ 'user/list': (response) => response.end(body) });
    const atLimit = createTestClient(server.baseUrl, { maxResponseBytes: 200 });
    expect(await atLimit.listMembers(1)).toEqual([]);
    await using padded = await startWecomServer({
      'user/list': (response) => response.end(body.padEnd(200)),
    });
    expect(await createTestClient(padded.baseUrl, { maxResponseBytes: 200 }).listMembers(1)).toEqual([]);
    await using over = await startWecomServer({ 'user/list': (response) => response.end(body.padEnd(201)) });
    const error = await catchWecomError(
      createTestClient(over.baseUrl, { maxResponseBytes: 200 }).listMembers(1),
    );
    expect(error).toMatchObject({ kind: 'tooLarge' });
  });
});

describe('the rate limit', () => {
  const LIMITED = replyJson({ errcode: 45009, errmsg: 'api freq out of limit', userlist: [] });

  test('45009 waits out a minute and then goes on', async () => {
    const clock = createJumpingClock();
    const events: CallEvent[] = [];
    await using server = await startWecomServer({ 'user/list': replyInTurn(LIMITED, OK) });
    const client = createTestClient(server.baseUrl, { clock, onCall: (event) => events.push(event) });
    expect(await client.listMembers(1)).toHaveLength(1);
    expect(clock.elapsedMs()).toBe(60_000);
    expect(events.map((event) => (event.kind === 'wait' ? event.reason : event.kind))).toEqual([
      'attempt',
      'attempt',
      'limitWindow',
      'pacing',
      'attempt',
    ]);
  });

  test('45009 that stays ends with its code after three windows', async () => {
    const clock = createJumpingClock();
    await using server = await startWecomServer({ 'user/list': LIMITED });
    const error = await catchWecomError(createTestClient(server.baseUrl, { clock }).listMembers(1));
    expect(error).toMatchObject({ errcode: 45009, kind: 'rate' });
    expect(clock.elapsedMs()).toBe(180_000);
    expect(server.paths).toHaveLength(5);
  });

  test.each(['hour', 'day'])('45009 for a whole %s ends at once by default', async (span) => {
    const clock = createJumpingClock();
    await using server = await startWecomServer({
      'user/list': replyJson({ errcode: 45009, errmsg: `api freq out of ${span} limit` }),
    });
    const error = await catchWecomError(createTestClient(server.baseUrl, { clock }).listMembers(1));
    expect(error).toMatchObject({ errcode: 45009 });
    expect(clock.elapsedMs()).toBe(0);
  });

  test('45009 from gettoken, a block of an hour, ends at once', async () => {
    await using server = await startWecomServer({ gettoken: LIMITED });
    expect(await catchWecomError(createTestClient(server.baseUrl).getToken())).toMatchObject({
      kind: 'rate',
    });
    expect(server.paths).toEqual(['gettoken']);
  });
});

describe('cancelling', () => {
  const reason = new Error('the run was cancelled');

  test.each([
    ['during a back-off', replyJson({ errcode: -1, errmsg: 'busy' })],
    ['during a limit window', replyJson({ errcode: 45009, errmsg: 'limit' })],
  ])('ends a call %s with the reason given', async (_fact, failure) => {
    const clock = createManualClock();
    const run = new AbortController();
    await using server = await startWecomServer({ 'user/list': failure });
    const call = createTestClient(server.baseUrl, { clock, signal: run.signal }).listMembers(1);
    await expect.poll(clock.sleeperCount).toBe(1);
    run.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(clock.sleeperCount()).toBe(0);
  });

  test('ends a call in flight, and one that has not begun', async () => {
    const run = new AbortController();
    const events: CallEvent[] = [];
    await using server = await startWecomServer({ 'user/list': silent });
    const client = createTestClient(server.baseUrl, { onCall: (event) => events.push(event) });
    const call = client.listMembers(1, { signal: run.signal });
    await expect.poll(() => server.paths.length).toBe(2);
    run.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(events.at(-1)).toMatchObject({ endpoint: 'user/list', outcome: 'aborted' });
    await expect(client.getToken({ signal: run.signal })).rejects.toBe(reason);
    expect(server.paths).toHaveLength(2);
  });

  test('either of two signals ends the call', async () => {
    await using server = await startWecomServer({ 'user/list': silent });
    const client = createTestClient(server.baseUrl, { signal: new AbortController().signal });
    await expect(client.listMembers(1, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

test('events name every attempt with its path, number and outcome', async () => {
  const events: CallEvent[] = [];
  await using server = await startWecomServer({ 'user/list': replyInTurn(replyJson({ errcode: -1 }), OK) });
  await createTestClient(server.baseUrl, { onCall: (event) => events.push(event) }).listMembers(1);
  expect(events).toMatchObject([
    { kind: 'attempt', endpoint: 'gettoken', attempt: 1, outcome: 'ok' },
    { kind: 'attempt', endpoint: 'user/list', attempt: 1, outcome: 'transient', errcode: -1 },
    { kind: 'wait', endpoint: 'user/list', reason: 'backOff', durationMs: 375 },
    { kind: 'attempt', endpoint: 'user/list', attempt: 2, outcome: 'ok', errcode: null },
  ]);
});

test.each([
  ['Thu, 26 Nov 2026 08:00:00 GMT', Date.UTC(2026, 10, 26, 8)],
  ['yesterday', null],
])('events say when WeCom answered by its clock: %s', async (date, answeredAtMs) => {
  const events: CallEvent[] = [];
  const reply: Reply = (response, ...rest) => OK(response.setHeader('date', date), ...rest);
  await using server = await startWecomServer({ 'user/list': reply });
  await createTestClient(server.baseUrl, { onCall: (event) => events.push(event) }).listMembers(1);
  expect(events.at(-1)).toMatchObject({ kind: 'attempt', endpoint: 'user/list', answeredAtMs });
});

function html503(): Reply {
  return (response) => response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>unavailable</h1>');
}

function redirect301(): Reply {
  return (response) =>
    response.writeHead(301, { location: 'https://elsewhere.example/x?access_token=t' }).end();
}

function notFound(): Reply {
  return (response) => response.writeHead(404).end('not found');
}
