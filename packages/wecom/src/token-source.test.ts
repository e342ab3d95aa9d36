import { describe, expect, test } from 'vitest';
import { createJumpingClock, createManualClock, START_MS } from '../test/clocks.ts';
import { catchWecomError, createTestClient, TEST_SECRET } from '../test/test-client.ts';
import { type Reply, replyInTurn, replyJson, startWecomServer, TEST_TOKEN } from '../test/wecom-server.ts';
import type { CallEvent } from './call-events.ts';
import { buildTokenKey, createTokenSource } from './token-source.ts';
import { createMemoryTokenStore, type TokenStore } from './token-store.ts';

const OK = replyJson({ errcode: 0, errmsg: 'ok', userlist: [] });
/** The instants of a token that was fetched when the clocks start. */
const FRESH = { expiresAt: new Date(START_MS + 7_200_000), renewAt: new Date(START_MS + 6_900_000) };
const WRONG_SECRET = replyJson({ errcode: 40001, errmsg: 'invalid credential' });

/** Numbers the tokens: t1, t2, … */
const numberedTokens: Reply = (response, url, callNumber, request) =>
  replyJson({ errcode: 0, access_token: `t${callNumber}`, expires_in: 7200 })(
    response,
    url,
    callNumber,
    request,
  );

/** WeCom's own: one token until it ends, with the rest of its lifetime, then another. */
const endingToken =
  (restMs: () => number): Reply =>
  (...call) => {
    const rest = Math.ceil(restMs() / 1_000);
    const token =
      rest > 0 ? { access_token: 'old', expires_in: rest } : { access_token: 'new', expires_in: 7200 };
    replyJson({ errcode: 0, ...token })(...call);
  };

/** Accepts only the token `t<number>`, else answers with the errcode. */
function acceptToken(number: number, errcode: number): Reply {
  return (response, url, callNumber, request) => {
    const accepted = url.searchParams.get('access_token') === `t${number}`;
    const reply = accepted ? OK : replyJson({ errcode, errmsg: 'invalid access_token', userlist: [] });
    reply(response, url, callNumber, request);
  };
}

describe('single flight', () => {
  test('100 callers at once cost one gettoken', async () => {
    await using server = await startWecomServer({ 'user/list': OK });
    const client = createTestClient(server.baseUrl);
    await Promise.all(Array.from({ length: 100 }, (_, index) => client.listMembers(index + 1)));
    expect(server.paths.filter((path) => path === 'gettoken')).toHaveLength(1);
    expect(server.paths).toHaveLength(101);
  });

  test('two clients that share a store cost one gettoken, at once and one after the other', async () => {
    await using server = await startWecomServer();
    const tokenStore = createMemoryTokenStore();
    const clients = [1, 2].map(() => createTestClient(server.baseUrl, { tokenStore }));
    expect(await Promise.all(clients.map((client) => client.getToken()))).toEqual([TEST_TOKEN, TEST_TOKEN]);
    expect(await createTestClient(server.baseUrl, { tokenStore }).getToken()).toBe(TEST_TOKEN);
    expect(server.paths).toEqual(['gettoken']);
  });

  test('a wrong secret is tried once for all callers of all clients', async () => {
    await using server = await startWecomServer({ gettoken: WRONG_SECRET });
    const tokenStore = createMemoryTokenStore();
    const clients = [1, 2, 3].map(() => createTestClient(server.baseUrl, { tokenStore }));
    const calls = clients.flatMap((client) => [client.listMembers(1), client.getAgent(1), client.getToken()]);
    const errors = await Promise.all(calls.map(catchWecomError));
    expect(errors.map((error) => error.kind)).toEqual(Array.from({ length: 9 }, () => 'credentials'));
    expect(server.paths).toEqual(['gettoken']);
  });

  test.each([40001, 40013, 40091, 41004])('%i from gettoken is not tried again', async (errcode) => {
    await using server = await startWecomServer({ gettoken: replyJson({ errcode, errmsg: 'refused' }) });
    const error = await catchWecomError(createTestClient(server.baseUrl).listDepartments());
    expect(error).toMatchObject({ errcode, endpoint: 'gettoken', kind: 'credentials' });
    expect(server.paths).toEqual(['gettoken']);
  });

  test('a later caller retries after a failure', async () => {
    await using server = await startWecomServer({ gettoken: replyInTurn(WRONG_SECRET, numberedTokens) });
    const client = createTestClient(server.baseUrl);
    await catchWecomError(client.getToken());
    expect(await client.getToken()).toBe('t2');
  });

  test('a gettoken answer without a token is a shape error', async () => {
    await using server = await startWecomServer({ gettoken: replyJson({ errcode: 0, expires_in: 7200 }) });
    const error = await catchWecomError(createTestClient(server.baseUrl).getToken());
    expect(error).toMatchObject({ kind: 'shape', field: 'access_token' });
  });

  test('one caller giving up leaves the refresh to the others', async () => {
    let answer = (): void => undefined;
    await using server = await startWecomServer({
      gettoken: (...call) => {
        answer = () => numberedTokens(...call);
      },
    });
    const client = createTestClient(server.baseUrl);
    const impatient = new AbortController();
    const first = client.getToken({ signal: impatient.signal });
    const second = client.getToken();
    await expect.poll(() => server.paths.length).toBe(1);
    impatient.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    answer();
    expect(await second).toBe('t1');
  });
});

describe('renewal', () => {
  test('happens 300 s before the token expires and not a moment earlier', async () => {
    const clock = createJumpingClock();
    await using server = await startWecomServer({ gettoken: numberedTokens });
    const client = createTestClient(server.baseUrl, { clock });
    expect(await client.getToken()).toBe('t1');
    clock.advance(6_899_999);
    expect(await client.getToken()).toBe('t1');
    clock.advance(1);
    expect(await client.getToken()).toBe('t2');
  });

  test('waits for the end of a token that WeCom gives again near its end', async () => {
    const clock = createJumpingClock();
    await using server = await startWecomServer({ gettoken: endingToken(() => 290_000 - clock.elapsedMs()) });
    const tokenStore = createMemoryTokenStore();
    const call = async () => createTestClient(server.baseUrl, { clock, tokenStore }).getToken();
    for (let second = 0; second < 290; second++) {
      expect(await call()).toBe('old');
      clock.advance(1_000);
    }
    expect(server.paths).toEqual(['gettoken']);
    expect(await call()).toBe('new');
    expect(await call()).toBe('new');
    expect(server.paths).toHaveLength(2);
  });

  test('asks once more for a token in use that is near its end, and then waits for it', async () => {
    const clock = createJumpingClock();
    await using server = await startWecomServer({
      gettoken: endingToken(() => 7_200_000 - clock.elapsedMs()),
    });
    const client = createTestClient(server.baseUrl, { clock });
    for (let minute = 0; minute < 120; minute++) {
      expect(await client.getToken()).toBe('old');
      clock.advance(60_000);
    }
    expect(server.paths).toHaveLength(2);
    expect(await client.getToken()).toBe('new');
  });

  test('asks at most every 5 s, even for tokens that end at once', async () => {
    const clock = createJumpingClock();
    await using server = await startWecomServer({
      gettoken: replyJson({ errcode: 0, access_token: 'short', expires_in: 1 }),
    });
    const client = createTestClient(server.baseUrl, { clock });
    for (let second = 0; second < 20; second++) {
      await client.getToken();
      clock.advance(1_000);
    }
    expect(server.paths).toHaveLength(4);
  });

  test.each([40001, 40014, 42001])(
    '%i on a call gets a new token and repeats the call once',
    async (errcode) => {
      const events: CallEvent[] = [];
      await using server = await startWecomServer({
        gettoken: numberedTokens,
        'user/list': acceptToken(2, errcode),
      });
      const client = createTestClient(server.baseUrl, { onCall: (event) => events.push(event) });
      expect(await client.listMembers(1)).toEqual([]);
      expect(server.paths).toEqual(['gettoken', 'user/list', 'gettoken', 'user/list']);
      expect(events).toContainEqual({ kind: 'tokenRefused', endpoint: 'user/list', errcode });
    },
  );

  test('a second refusal ends the call', async () => {
    await using server = await startWecomServer({
      gettoken: numberedTokens,
      'user/list': acceptToken(9, 40014),
    });
    const error = await catchWecomError(createTestClient(server.baseUrl).listMembers(1));
    expect(error).toMatchObject({ errcode: 40014, kind: 'token' });
    expect(server.paths).toEqual(['gettoken', 'user/list', 'gettoken', 'user/list']);
  });

  test('many calls refused at once cost one new token', async () => {
    await using server = await startWecomServer({
      gettoken: numberedTokens,
      'user/list': acceptToken(2, 42001),
    });
    const client = createTestClient(server.baseUrl);
    await Promise.all(Array.from({ length: 30 }, (_, index) => client.listMembers(index + 1)));
    expect(server.paths.filter((path) => path === 'gettoken')).toHaveLength(2);
  });

  test('a call that begins while a refused token is being discarded does not bring it back', async () => {
    const inner = createMemoryTokenStore();
    let discardCount = 0;
    let openGate = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      openGate = resolve;
    });
    const tokenStore: TokenStore = {
      ...inner,
      discard: async (...token) => {
        discardCount += 1;
        await gate;
        await inner.discard(...token);
      },
    };
    let answerSecond = (): void => undefined;
    await using server = await startWecomServer({
      gettoken: numberedTokens,
      'user/list': (...call) => {
        const reply = (): void => acceptToken(2, 40014)(...call);
        if (call[1].searchParams.get('department_id') === '1') reply();
        else answerSecond = reply;
      },
    });
    const client = createTestClient(server.baseUrl, { tokenStore });
    const first = client.listMembers(1);
    await expect.poll(() => discardCount).toBe(1);
    const second = client.listMembers(2);
    await expect.poll(() => server.paths.length).toBe(3);
    openGate();
    expect(await first).toEqual([]);
    answerSecond();
    await expect.poll(() => server.paths.length).toBe(6);
    answerSecond();
    expect(await second).toEqual([]);
    expect(server.paths.filter((path) => path === 'gettoken')).toHaveLength(2);
  });

  test('a token that another process has renewed already is taken from the store', async () => {
    await using server = await startWecomServer({
      gettoken: numberedTokens,
      'user/list': acceptToken(7, 40014),
    });
    const tokenStore = createMemoryTokenStore();
    const client = createTestClient(server.baseUrl, { tokenStore });
    await client.getToken();
    const key = buildTokenKey(server.baseUrl, 'ww1234567890abcdef', TEST_SECRET);
    await tokenStore.save(key, { accessToken: 't7', ...FRESH });
    expect(await client.listMembers(1)).toEqual([]);
    expect(server.paths).toEqual(['gettoken', 'user/list', 'user/list']);
  });
});

describe('across processes', () => {
  // Another process is seen only through the store: it holds a claim, saves, or releases.
  const KEY = 'key';
  function createSource(
    store: TokenStore,
    fetchToken = async () => ({ access_token: 'own', expires_in: 7200 }),
  ) {
    const clock = createManualClock();
    return { clock, source: createTokenSource({ key: KEY, store, clock, leaseMs: 60_000, fetchToken }) };
  }

  test('waits for the token that the other process is fetching', async () => {
    const store = createMemoryTokenStore();
    await store.claimRefresh(KEY, 'other', 60_000);
    const { clock, source } = createSource(store);
    const token = source.getToken();
    await clock.advance(1_000);
    await store.save(KEY, { accessToken: 'theirs', ...FRESH });
    await clock.advance(1_000);
    expect(await token).toBe('theirs');
  });

  test('fails with the refusal that the other process met, without trying the secret itself', async () => {
    const store = createMemoryTokenStore();
    await store.claimRefresh(KEY, 'other', 60_000);
    const { clock, source } = createSource(store);
    const failed = catchWecomError(source.getToken());
    await clock.advance(1_000);
    const errmsg = 'invalid credential, hint: [1], from ip: 203.0.113.7';
    await store.releaseRefresh(KEY, 'other', { errcode: 40001, errmsg, failedAt: new Date(START_MS + 500) });
    await clock.advance(1_000);
    expect(await failed).toMatchObject({ errcode: 40001, hint: '1', egressIp: '203.0.113.7' });
  });

  test('takes over when the other process let go without a token, or its lease ran out', async () => {
    const store = createMemoryTokenStore();
    await store.claimRefresh(KEY, 'other', 60_000);
    const released = createSource(store);
    const token = released.source.getToken();
    await store.releaseRefresh(KEY, 'other', null);
    await released.clock.advance(1_000);
    expect(await token).toBe('own');

    const expiring = createManualClock();
    const lateStore = createMemoryTokenStore({ clock: expiring });
    await lateStore.claimRefresh(KEY, 'dead', 5_000);
    const fetchToken = async () => ({ access_token: 'own', expires_in: 7200 });
    const source = createTokenSource({
      key: KEY,
      store: lateStore,
      clock: expiring,
      leaseMs: 60_000,
      fetchToken,
    });
    const lateToken = source.getToken();
    await expiring.advance(5_200);
    expect(await lateToken).toBe('own');
  });

  test('a refusal is left in the store with hint and address, and the claim is let go', async () => {
    const store = createMemoryTokenStore();
    await using server = await startWecomServer({
      gettoken: replyJson({ errcode: 40013, errmsg: 'invalid corpid, hint: [1], from ip: 203.0.113.7' }),
    });
    await catchWecomError(createTestClient(server.baseUrl, { tokenStore: store }).getToken());
    const key = buildTokenKey(server.baseUrl, 'ww1234567890abcdef', TEST_SECRET);
    expect((await store.read(key)).failure).toMatchObject({
      errcode: 40013,
      errmsg: 'invalid corpid, hint: [1], from ip: 203.0.113.7',
    });
    expect(await store.claimRefresh(key, 'next', 1_000)).toBe(true);
  });
});

describe('the store in memory', () => {
  const token = { accessToken: 't', expiresAt: new Date(0), renewAt: new Date(0) };

  test('discards only the token that is named', async () => {
    const store = createMemoryTokenStore();
    await store.save('k', token);
    await store.discard('k', 'older');
    expect((await store.read('k')).token).toEqual(token);
    await store.discard('k', 't');
    expect((await store.read('k')).token).toBeNull();
  });

  test('lets only the owner release a claim', async () => {
    const store = createMemoryTokenStore();
    expect(await store.claimRefresh('k', 'a', 1_000)).toBe(true);
    await store.releaseRefresh('k', 'b', null);
    expect(await store.claimRefresh('k', 'b', 1_000)).toBe(false);
  });
});

test('the key of a secret differs by corp, secret and server, and does not hold the secret', () => {
  const keys = [
    buildTokenKey('https://a', 'ww1', 'secret'),
    buildTokenKey('https://a', 'ww1', 'secret2'),
    buildTokenKey('https://a', 'ww2', 'secret'),
    buildTokenKey('https://b', 'ww1', 'secret'),
  ];
  expect(new Set(keys).size).toBe(4);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
});
