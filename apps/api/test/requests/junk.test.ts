import { type Endpoint, endpoints } from '@orgmirror/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberListKey } from '../../src/directory/search/member-filter.ts';
import { encodeCursor } from '../../src/platform/http/cursor.ts';
import { anyBody } from '../support/any-body.ts';
import { expectRefusal, getRaw } from '../support/expect-refusal.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const unknownId = '0190b3b0-0000-7000-8000-000000000000';
const all = Object.values<Endpoint>(endpoints);
const writing = all.filter(({ body }) => body);
const lists = all.filter(({ query }) => query && 'cursor' in query.shape);
const pathOf = ({ path }: Endpoint, id = unknownId) =>
  path.replace(':id', id).replace(':wecomUserId', 'ChenXing').replace(':source', 'contacts');
const methodOf = ({ method }: Endpoint) => method.toUpperCase();

let server: TestServer;
let runId: string;
beforeAll(async () => {
  server = await startTestServer();
  await server.configure();
  runId = (await server.sync()).id;
});
afterAll(() => server.stop());

/** One request from an address of its own, so that the sign-in throttle does not answer first. */
let requests = 0;
const send = (endpoint: Endpoint, body: unknown, headers: Record<string, string> = {}) =>
  server.api.request(methodOf(endpoint), pathOf(endpoint, runId), {
    body,
    headers: { 'x-forwarded-for': `10.0.${++requests >> 8}.${requests & 255}`, ...headers },
  });

describe.each(writing)('$method $path', (endpoint) => {
  const deep = 50_000;
  it.each<[string, unknown, Record<string, string>?]>([
    ['what is not JSON', '{ not json'],
    ['half a JSON text', '{"username": "x'],
    ['null', 'null'],
    ['true', 'true'],
    ['a number', '12'],
    ['a text', '"text"'],
    ['an array', []],
    ['an array of objects', [{ corpId: 'ww1' }]],
    ['numbers for all texts', wrongTypes(1)],
    ['objects for all texts', wrongTypes({ $gt: '' })],
    ['arrays for all texts', wrongTypes([])],
    ['nulls', wrongTypes(null)],
    ['unknown fields', { ...wrongTypes('x'), surprise: true }],
    ['a prototype', '{"__proto__": {"admin": true}, "constructor": {"prototype": {}}}'],
    ['too many bytes', { padding: 'x'.repeat(200_000) }],
    ['deep arrays', '['.repeat(deep) + ']'.repeat(deep)],
    ['deep objects', `${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`],
    ['a NUL character', { ...wrongTypes('a\0b') }],
    ['a NUL character in a name', { 'a\0b': 1 }],
    ['a lone surrogate', '{"username":"\\ud800","corpId":"\\udfff","mode":"\\ud800"}'],
    ['a form', 'username=x&password=y', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', '{}', { 'content-type': 'text/plain' }],
    ['no media type that exists', '{}', { 'content-type': 'nonsense' }],
    ['an unknown charset', '{}', { 'content-type': 'application/json; charset=klingon' }],
    ['JSON called gzip', '{}', { 'content-encoding': 'gzip' }],
    ['an unknown encoding', '{}', { 'content-encoding': 'zstandard' }],
  ])('refuses %s', async (_, body, headers) => {
    expectRefusal(await send(endpoint, body, headers));
  });

  it('never fails at any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(anyBody(endpoint), async (body) => {
        const { status } = await send(endpoint, JSON.stringify(body));
        expect(status).toBeLessThan(500);
      }),
      { seed: 20_261_123, numRuns: 60 },
    );
  }, 60_000);
});

it.each(writing.filter(({ body }) => !body?.safeParse({}).success))(
  '$method $path refuses an empty body',
  async (endpoint) => {
    expectRefusal(await send(endpoint, ''));
  },
);

/** Every field that any endpoint knows, with one value. */
function wrongTypes(value: unknown) {
  const names = [
    'setupCode',
    'username',
    'password',
    'corpId',
    'agentId',
    'secret',
    'mode',
    'enabled',
    'planFingerprint',
  ];
  return Object.fromEntries(names.map((name) => [name, value]));
}

describe.each(lists)('the list $path', (endpoint) => {
  const nameList = () =>
    endpoint.path === '/members'
      ? memberListKey(endpoints.listMembers.query.parse({}))
      : pathOf(endpoint, runId);
  const encode = (value: unknown) => encodeCursor(nameList(), value as string[]);
  const huge = '9'.repeat(30);
  const someUuid = '11111111-1111-4111-8111-111111111111';

  it.each([
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=1.5',
    'limit=abc',
    'limit=',
    'limit=NaN',
    'limit=Infinity',
    'limit=9e99',
    'limit=1e2',
    'limit=0x10',
    'limit=5&limit=6',
    'cursor=',
    'cursor=garbage',
    'cursor=%00',
    'cursor=%FF%FE',
    `cursor=${'x'.repeat(2_001)}`,
    'cursor=a&cursor=b',
    `cursor=${encode(null)}`,
    `cursor=${encode({})}`,
    `cursor=${encode([])}`,
    `cursor=${encode([1, 2, 3, 4])}`,
    `cursor=${encode([[], {}])}`,
    `cursor=${encode([-1, -1])}`,
    `cursor=${encode(['a\0b', 'x'])}`,
    `cursor=${encode([huge, huge])}`,
    `cursor=${Buffer.from(`[${huge},${huge}]`).toString('base64url')}`,
    `cursor=${Buffer.from('[1e400,1]').toString('base64url')}`,
    `cursor=${encode(['0000-01-01T00:00:00Z', someUuid])}`,
    `cursor=${encode(['2026-13-45T99:00:00Z', someUuid])}`,
    `cursor=${encode(['x', 2 ** 31])}`,
    `cursor=${encode(['1; DROP TABLE member', 1.5])}`,
  ])('refuses ?%s', async (query) => {
    expectRefusal(await server.api.request('GET', `${pathOf(endpoint, runId)}?${query}`));
  });

  it.each(['limit=1', 'limit=200', 'limit=50'])('serves ?%s', async (query) => {
    expect((await server.api.request('GET', `${pathOf(endpoint, runId)}?${query}`)).status).toBe(200);
  });

  it('never fails at any cursor', async () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.maxSafeInteger(),
      fc.uuid(),
      fc.date({ noInvalidDate: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 3 }), async (values) => {
        const { status } = await server.api.request(
          'GET',
          `${pathOf(endpoint, runId)}?cursor=${encode(values)}`,
        );
        expect(status).toBeLessThan(500);
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

it.each([
  [
    '/members',
    ['/departments', '/members?departmentId=1', '/members?departmentId=1&recursive=true', '/members?q=a'],
  ],
  ['/audit', ['/sync-runs', '/me/sessions', '/wecom-events', '/settings/auth-providers', '/members']],
])('refuses a cursor of %s in another list, and a part of one', async (list, others) => {
  const { body } = await server.api.request('GET', `${list}?limit=1`);
  const { nextCursor } = body as { nextCursor: string };
  expect(nextCursor).toBeTypeOf('string');
  for (const path of others)
    expectRefusal(
      await server.api.request('GET', `${path}${path.includes('?') ? '&' : '?'}cursor=${nextCursor}`),
    );
  expectRefusal(await server.api.request('GET', `${list}?cursor=${nextCursor.slice(0, -1)}`));
});

it.each([
  '/departments?parentId=9e99',
  '/departments?parentId=-1',
  '/departments?parentId=0',
  '/departments?parentId=1.5',
  '/departments?parentId=abc',
  '/departments?parentId=1e0',
  '/members?departmentId=0x1',
  '/departments?parentId=',
  '/departments?parentId=1&parentId=2',
  '/departments?parentId=9007199254740993',
  '/departments?parentId=9007199254740991',
  '/members?departmentId=9e99',
  '/members?departmentId=-1',
  '/members?departmentId=1.5',
  '/members?departmentId=9007199254740991',
  '/members?recursive=maybe',
  '/members?status=unheard',
  '/members?presence=gone',
  '/members?q=%00',
  `/members?q=${'x'.repeat(201)}`,
  '/members?q=a&q=b',
  `/audit?action=${'x'.repeat(101)}`,
  '/audit?action=a%00b',
  '/sync-runs?status=sleeping',
  '/sync-runs/not-a-uuid',
  '/sync-runs/1',
  '/sync-runs/0190b3b0-0000-7000-8000-00000000000g',
  `/sync-runs/${unknownId}`,
  `/sync-runs/${unknownId}/changes`,
  `/sync-runs/${unknownId}/events`,
  '/sync-runs/%00/events',
  '/members/nobody.like.this',
  `/members/${'x'.repeat(201)}`,
  `/members/${'x'.repeat(8_000)}`,
  '/members/%00',
  '/members/%',
  '/members/%ff',
  '/members/..%2f..%2fetc%2fpasswd',
  "/members/'%20OR%201=1--",
  '/no/such/endpoint',
  '/__proto__',
  '/constructor',
  '/../../etc/passwd',
  '/settings/wecom/../../..',
  '//evil.example/',
])('refuses GET /api/v1%s', async (path) => {
  expectRefusal(await getRaw(server.url, `/api/v1${path}`, { cookie: server.api.cookie }));
});

it.each([
  'orgmirror_session=',
  'orgmirror_session=%',
  'orgmirror_session=%00',
  'orgmirror_session=a.b.c',
  `orgmirror_session=${'x'.repeat(4000)}`,
  'orgmirror_session=eyJhbGciOiJIUzI1NiJ9.bnVsbA.x; orgmirror_session=y',
  'orgmirror_session=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.ew.x',
  'orgmirror_session=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9..x',
  'orgmirror_session=bnVsbA.ew.x',
  ';;;===',
])('takes the cookie %s for nobody’s', async (cookie) => {
  const answer = await getRaw(server.url, '/api/v1/session', { cookie });
  expectRefusal(answer);
  expect(answer.status).toBe(401);
});

it('tells a NUL character from the text that is its escape', async () => {
  const answer = await send(endpoints.signIn, { username: 'x', password: 'back\\u0000slash' });
  expect(answer.status).toBe(401);
});

it('finds the server well after all of this', async () => {
  expect((await server.sync()).status).toBe('succeeded');
});
