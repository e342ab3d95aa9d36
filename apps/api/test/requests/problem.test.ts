import { connect } from 'node:net';
import { endpoints, errorCodes, type Problem } from '@orgmirror/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../src/platform/version.ts';
import { openSql } from '../support/query-database.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const problemOf = ({ body }: { body: unknown }) => body as Problem;

describe('a problem', () => {
  it('is RFC 9457, with a code and the id of the request', async () => {
    const answer = await server.anonymous().request('GET', '/session');
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toEqual({
      type: 'urn:orgmirror:error:session.required',
      title: '请先登录',
      status: 401,
      detail: '您尚未登录或登录已过期，请重新登录。',
      code: 'session.required',
      requestId: answer.headers.get('x-request-id'),
    });
    expect(problemOf(answer).requestId).toMatch(uuid);
  });

  it.each([
    [undefined, '请先登录'],
    ['zh-CN,zh;q=0.9,en;q=0.8', '请先登录'],
    ['zh-TW', '请先登录'],
    ['en', 'Please sign in'],
    ['en-GB,en;q=0.9,zh;q=0.1', 'Please sign in'],
    ['fr,en;q=0.5', 'Please sign in'],
    ['fr', '请先登录'],
    ['*', '请先登录'],
    [';;;q=,,', '请先登录'],
  ])('speaks the language of %s', async (language, title) => {
    const headers = { 'accept-language': language ?? '' };
    expect(problemOf(await server.anonymous(headers).request('GET', '/session')).title).toBe(title);
  });

  it('names the field that is wrong', async () => {
    const body = await server.api.refused(endpoints.startSyncRun, { body: { mode: 'sideways' } as never }); // wrong on purpose
    expect(body.errors).toEqual([{ path: 'mode', message: expect.stringContaining('apply') }]);
  });

  it.each([
    ['zh', 'schedule.hours', { schedule: { kind: 'everyHours', hours: 25 } }, '数值过大：期望 number <=24'],
    [
      'en',
      'schedule.hours',
      { schedule: { kind: 'everyHours', hours: 25 } },
      'Too big: expected number to be <=24',
    ],
    ['zh', 'schedule.at', { schedule: { kind: 'daily', at: '9' } }, '格式为 HH:MM，从 00:00 到 23:59'],
    ['en', 'schedule.at', { schedule: { kind: 'daily', at: '9' } }, 'HH:MM, from 00:00 to 23:59'],
    [
      'zh',
      'schedule.kind',
      { schedule: { kind: 'often' } },
      /^无效选项：.*"off"\|"everyHours"\|"daily"\|"weekdays"$/,
    ],
    ['en', 'schedule.kind', { schedule: { kind: 'often' } }, /^Invalid option: .*"off"\|"everyHours"/],
  ])('says in %s what is wrong with %s', async (language, path, body, message) => {
    const headers = { 'accept-language': language };
    const answer = await server.api.request('PATCH', '/settings/wecom/sync', { body, headers });
    const texts = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(problemOf(answer).errors).toEqual([{ path, message: texts }]);
  });

  it.each([
    ['zh', /期望 数字.*；或 .*期望 string/],
    ['en', /expected number.*; or .*expected string/],
  ])('says in %s what each alternative lacks', async (language, message) => {
    const headers = { 'accept-language': language };
    const body = { agentId: null };
    const answer = await server.api.request('POST', '/settings/wecom/test', { body, headers });
    expect(problemOf(answer).errors).toEqual([{ path: 'agentId', message: expect.stringMatching(message) }]);
  });

  it('has an id of its own, not the one that the caller sends', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { headers } = await server.anonymous({ 'x-request-id': 'mine' }).request('GET', '/session');
        return headers.get('x-request-id');
      }),
    );
    expect(new Set(ids).size).toBe(5);
    expect(ids).not.toContain('mine');
  });

  it.each(['/nothing', '/sync-runs/1/2/3', '/members/x/y', '/', '/session/x'])('404 for %s', async (path) => {
    for (const client of [server.api, server.anonymous()])
      expect(await client.request('GET', path)).toMatchObject({
        status: 404,
        body: { code: 'request.not_found' },
      });
  });

  it.each([
    ['PATCH', '/session', ['GET', 'POST', 'DELETE']],
    ['DELETE', '/settings/wecom', ['GET', 'PUT']],
    ['GET', '/settings/wecom/test', ['POST']],
    ['POST', '/departments/tree', ['GET']],
    ['PUT', '/sync-runs/0190b3b0-0000-7000-8000-000000000000/approve', ['POST']],
    ['DELETE', '/audit', ['GET']],
  ])('405 for %s %s, with Allow', async (method, path, allowed) => {
    const answer = await server.api.request(method, path);
    expect(answer).toMatchObject({ status: 405, body: { code: 'request.method_not_allowed' } });
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(
      expect.arrayContaining(allowed.toSorted()),
    );
  });
});

it.each(['/api', '/api/', '/API', '/api/v2/session'])('404 for %s, which is no page', async (path) => {
  const answer = await fetch(`${server.url}${path}`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'request.not_found' });
});

it('says that a path cannot be read', async () => {
  const answer = await server.api.request('GET', '/members/%ff', { headers: { 'accept-language': 'en' } });
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 'request.invalid', errors: [{ path: '', message: expect.stringContaining('path') }] },
  });
});

describe('a body', () => {
  it.each<[number, string, string, Record<string, string>]>([
    [400, 'request.malformed', '{ not json', {}],
    [400, 'request.malformed', '{}', { 'content-encoding': 'gzip' }],
    [400, 'request.malformed', '{}', { 'content-encoding': 'br' }],
    [413, 'request.too_large', `"${'x'.repeat(110_000)}"`, {}],
    [415, 'request.unsupported_media_type', '{}', { 'content-type': 'text/plain' }],
    [415, 'request.unsupported_media_type', '{}', { 'content-type': 'application/json; charset=klingon' }],
  ])('gives %i %s', async (status, code, body, headers) => {
    const answer = await server.anonymous().request('POST', '/session', { body, headers });
    expect([answer.status, problemOf(answer).code]).toEqual([status, code]);
  });
});

describe('a failure that nobody expected', () => {
  it('is answered with its number and nothing of the inside', async () => {
    const sql = openSql(server.database);
    await sql('ALTER TABLE audit_entry RENAME TO audit_entry_gone');
    try {
      const answer = await server.api.request('GET', '/audit', { headers: { 'accept-language': 'en' } });
      expect(answer.status).toBe(500);
      expect(answer.body).toEqual({
        type: 'urn:orgmirror:error:server.unexpected',
        title: 'Unexpected server error',
        status: 500,
        detail: 'Try again; if the error persists, give the request id to your admin.',
        code: 'server.unexpected',
        requestId: answer.headers.get('x-request-id'),
      });
    } finally {
      await sql('ALTER TABLE audit_entry_gone RENAME TO audit_entry');
    }
    expect((await server.api.request('GET', '/audit')).status).toBe(200);
  });
});

describe('methods', () => {
  it('HEAD answers as GET does, without a body', async () => {
    const ask = (method: string) =>
      fetch(`${server.url}/api/v1/session`, { method, headers: { cookie: server.api.cookie } });
    const [get, head] = [await ask('GET'), await ask('HEAD')];
    expect(await head.text()).toBe('');
    expect(head.status).toBe(200);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    expect((await fetch(`${server.url}/api/v1/session`, { method: 'HEAD' })).status).toBe(401);
  });

  it('OPTIONS tells nothing to another site', async () => {
    const answer = await server.anonymous().request('OPTIONS', '/session', {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(['TRACE', 'CONNECT', 'BREW'])('%s is refused', async (method) => {
    const { hostname, port } = new URL(server.url);
    const line = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.once('error', reject).once('close', () => resolve(''));
      socket.once('data', (data) => {
        resolve(data.toString().split('\r\n')[0] ?? '');
        socket.destroy();
      });
      socket.write(`${method} /api/v1/session HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
    });
    expect(line).not.toMatch(/ (2|5)\d\d /);
  });
});

it('more than 16 KB of headers are refused', async () => {
  const ask = async (kilobytes: number) =>
    (await fetch(`${server.url}/healthz`, { headers: { 'x-long': 'x'.repeat(kilobytes * 1_024) } })).status;
  expect([await ask(15), await ask(17)]).toEqual([200, 431]);
});

describe('headers', () => {
  it.each(['/api/v1/session', '/api/v1/docs', '/api/v1/nothing', '/', '/org', '/guide/setup', '/healthz'])(
    'of %s keep scripts, frames and guesses out',
    async (path) => {
      const { headers } = await fetch(`${server.url}${path}`, { headers: { cookie: server.api.cookie } });
      const policy = new Map(
        (headers.get('content-security-policy') ?? '').split(';').map((part) => {
          const [name = '', ...sources] = part.trim().split(' ');
          return [name, sources] as const;
        }),
      );
      expect(policy.get('script-src')).toEqual(["'self'"]);
      expect(policy.get('object-src')).toEqual(["'none'"]);
      expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
      expect(policy.get('base-uri')).toEqual(["'self'"]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
      expect(headers.get('strict-transport-security')).toBeNull(); // it would lock plain-http installations out
    },
  );

  it.each([
    '/session',
    '/departments/tree',
    '/members',
    '/settings/wecom',
    '/audit',
    '/openapi.json',
    '/nothing',
  ])('of /api/v1%s keep it out of caches', async (path) => {
    for (const client of [server.api, server.anonymous()])
      expect((await client.request('GET', path)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('documents', () => {
  it('openapi.json describes every operation', async () => {
    const { body } = await server.api.request('GET', '/openapi.json');
    const { openapi, paths } = body as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(openapi).toMatch(/^3\.1/);
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    for (const { method, path } of Object.values(endpoints))
      expect(
        described.some(
          (line) => line.startsWith(`${method} `) && line.endsWith(path.replaceAll(/:(\w+)/g, '{$1}')),
        ),
      ).toBe(true);
  });

  it('docs lists every operation by subject, without a script, with a way back', async () => {
    const { body } = await server.api.request('GET', '/docs');
    for (const { path } of Object.values(endpoints)) expect(body).toContain(`<code>/api/v1${path}</code>`);
    expect(body).not.toMatch(/<script|https?:\/\//);
    expect(body).toContain('<a href="/">Back to the console</a>');
    expect(body).toContain('<a href="#sync-runs">Sync runs</a>');
    expect(body).toContain('<h2 id="sync-runs">Sync runs</h2>');
  });

  it.each([
    ['/guide/errors?lang=zh', '返回控制台', '/guide/errors?lang=en'],
    ['/guide/setup.en.md', 'Back to the console', '/guide/setup?lang=zh'],
  ])(
    '%s has contents that lead to its headings, a way back and the other language',
    async (path, back, other) => {
      const page = await (await fetch(`${server.url}${path}`)).text();
      expect(page).toContain(`<a href="/">${back}</a>`);
      expect(page).toContain(`<a href="${other}">`);
      const contents = [...page.matchAll(/<li class="depth-\d"><a href="#([^"]+)">/g)].map(([, id]) => id);
      const headings = [...page.matchAll(/<h[23] id="([^"]+)">/g)].map(([, id]) => id);
      expect(contents.length).toBeGreaterThan(5);
      expect(contents).toEqual(headings);
      expect(new Set(headings).size).toBe(headings.length);
      expect(page).not.toMatch(/<td>|<script/); // each cell names its column on a phone
    },
  );

  it('errors have a place of their own for each code and each errcode', async () => {
    const page = await (await fetch(`${server.url}/guide/errors?lang=en`)).text();
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([...errorCodes, '60020', '40001', 'exportMismatch']));
  });
});

describe('infrastructure', () => {
  it('healthz and readyz answer anyone', async () => {
    for (const [path, body] of [
      ['/healthz', { status: 'ok', version }],
      ['/readyz', { status: 'ready' }],
    ] as const) {
      const answer = await fetch(`${server.url}${path}`);
      expect([answer.status, await answer.json()]).toEqual([200, body]);
    }
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect((await server.api.call(endpoints.getSession)).version).toBe(version);
    expect(server.said[0]).toContain(`OrgMirror ${version}`);
  });
});
