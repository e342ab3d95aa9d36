import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { catchWecomError, createTestClient } from '../test/test-client.ts';
import { type Reply, replyInTurn, replyJson, startWecomServer } from '../test/wecom-server.ts';
import type { CallEvent } from './call-events.ts';

const CODE = 'CODE-c29tZSBjb2Rl/+=';
const TICKET = 'TICKET-c29tZSB0aWNrZXQ';
const reset: Reply = (response) => response.socket?.destroy();
const silent: Reply = () => undefined;
const ok = (body: object): Reply => replyJson({ errcode: 0, errmsg: 'ok', ...body });

describe('the identity behind a code', () => {
  test.each([
    ['a member', { userid: 'ZhangSan' }, { kind: 'member', userid: 'ZhangSan', userTicket: undefined }],
    [
      'a member who agreed to give fields',
      { userid: 'lisi', user_ticket: TICKET, expires_in: 1800 },
      { kind: 'member', userid: 'lisi', userTicket: TICKET },
    ],
    [
      'a userid that is a number',
      { userid: 10086 },
      { kind: 'member', userid: '10086', userTicket: undefined },
    ],
    [
      'other casing',
      { UserId: 'lisi', DeviceId: 'x' },
      { kind: 'member', userid: 'lisi', userTicket: undefined },
    ],
    [
      'an empty openid with it',
      { userid: 'lisi', openid: '' },
      { kind: 'member', userid: 'lisi', userTicket: undefined },
    ],
    [
      'a linked company',
      { userid: 'wwother/zhouhang' },
      { kind: 'linkedCorp', corpId: 'wwother', userid: 'zhouhang' },
    ],
    ['an outsider', { openid: 'o1' }, { kind: 'outsider', openid: 'o1', externalUserid: undefined }],
    [
      'an external contact',
      { openid: 'o1', external_userid: 'wm1', userid: '' },
      { kind: 'outsider', openid: 'o1', externalUserid: 'wm1' },
    ],
    ['the older spelling', { OpenId: 'o1' }, { kind: 'outsider', openid: 'o1', externalUserid: undefined }],
  ])('%s is distinguished', async (_fact, body, expected) => {
    await using server = await startWecomServer({ 'auth/getuserinfo': ok(body) });
    expect(await createTestClient(server.baseUrl).getIdentity(CODE)).toEqual(expected);
    expect(server.urls.at(-1)?.searchParams.get('code')).toBe(CODE);
  });

  test.each([[{}], [{ userid: '' }], [{ userid: null, openid: null }], [{ userid: ['a'] }]])(
    '%j has no identity and is no answer',
    async (body) => {
      await using server = await startWecomServer({ 'auth/getuserinfo': ok(body) });
      const error = await catchWecomError(createTestClient(server.baseUrl).getIdentity(CODE));
      expect(error).toMatchObject({ kind: 'shape', field: 'userid' });
    },
  );

  test('is read by the older path where the newer one does not exist', async () => {
    await using server = await startWecomServer({ 'user/getuserinfo': ok({ UserId: 'lisi' }) });
    expect(await createTestClient(server.baseUrl).getIdentity(CODE)).toMatchObject({ userid: 'lisi' });
    expect(server.paths).toEqual(['gettoken', 'auth/getuserinfo', 'user/getuserinfo']);
  });
});

describe('a code', () => {
  test.each([
    ['a broken connection', reset, 'reset'],
    ['silence', silent, 'timeout'],
    ['HTTP 502', replyJson({}, 502), 'http'],
    ['half an answer', ((response) => response.end('{"errcode":0,"userid":"li')) as Reply, 'notJson'],
    ['errcode -1', replyJson({ errcode: -1, errmsg: 'system busy' }), 'transient'],
    ['errcode 45009', replyJson({ errcode: 45009, errmsg: 'freq out of limit' }), 'rate'],
    ['errcode 40029', replyJson({ errcode: 40029, errmsg: 'invalid code' }), 'signIn'],
  ])('is sent once, after any outcome: %s', async (_fact, failure, kind) => {
    await using server = await startWecomServer({ 'auth/getuserinfo': failure });
    const client = createTestClient(server.baseUrl, { timeoutMs: 100 });
    expect(await catchWecomError(client.getIdentity(CODE))).toMatchObject({ kind });
    expect(server.paths.filter((path) => path !== 'gettoken')).toEqual(['auth/getuserinfo']);
  });

  test.each([40014, 42001])('is sent again with another token after errcode %d', async (errcode) => {
    await using server = await startWecomServer({
      'auth/getuserinfo': replyInTurn(replyJson({ errcode, errmsg: 'token' }), ok({ userid: 'lisi' })),
    });
    expect(await createTestClient(server.baseUrl).getIdentity(CODE)).toMatchObject({ userid: 'lisi' });
    expect(server.paths).toEqual(['gettoken', 'auth/getuserinfo', 'gettoken', 'auth/getuserinfo']);
  });
});

describe('what a member agreed to give', () => {
  test('is read field by field, with any types', async () => {
    let requested: unknown;
    const reply: Reply = (response, url, callNumber, request) => {
      let text = '';
      request.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      request.on('end', () => {
        requested = JSON.parse(text);
        ok({ userid: 'lisi', gender: 1, mobile: 13800000000, email: null, avatar: '', address: { x: 1 } })(
          response,
          url,
          callNumber,
          request,
        );
      });
    };
    await using server = await startWecomServer({ 'auth/getuserdetail': reply });
    const events: CallEvent[] = [];
    const client = createTestClient(server.baseUrl, { onCall: (event) => void events.push(event) });
    expect(await client.getUserDetail(TICKET)).toEqual({
      userid: 'lisi',
      gender: '1',
      mobile: '13800000000',
      avatar: '',
    });
    expect(requested).toEqual({ user_ticket: TICKET });
    expect(server.urls.at(-1)?.search).not.toContain('ticket');
    expect(events).toContainEqual(expect.objectContaining({ unexpectedFields: ['address'] }));
  });
});

test('neither code nor ticket is in an error, its cause or an event', async () => {
  const echo = (value: string) => replyJson({ errcode: 40029, errmsg: `invalid code: ${value}` });
  await using server = await startWecomServer({
    'auth/getuserinfo': echo(CODE),
    'auth/getuserdetail': replyJson({ errcode: 84015, errmsg: `bad {"user_ticket":"${TICKET}"}` }),
  });
  const events: CallEvent[] = [];
  const client = createTestClient(server.baseUrl, { onCall: (event) => void events.push(event) });
  const errors = [
    await catchWecomError(client.getIdentity(CODE)),
    await catchWecomError(client.getUserDetail(TICKET)),
  ];
  const text = inspect({ errors, events }, { depth: 10, showHidden: true });
  expect(text).toContain('[redacted]');
  for (const secret of [CODE, encodeURIComponent(CODE), TICKET]) expect(text).not.toContain(secret);
});
