import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { catchWecomError, createTestClient } from '../test/test-client.ts';
import { replyJson, startWecomServer, TEST_TOKEN } from '../test/wecom-server.ts';

interface Proxy extends AsyncDisposable {
  readonly host: string;
  /** Request line and Proxy-Authorization of every request and CONNECT. */
  readonly seen: { readonly line: string; readonly authorization: string | undefined }[];
}

/** A proxy that refuses every tunnel with `connectStatus` and answers plain requests with a token. */
async function startProxy(connectStatus: string, plainStatus = 200): Promise<Proxy> {
  const seen: Proxy['seen'] = [];
  const record = (request: IncomingMessage): void => {
    seen.push({
      line: `${request.method} ${request.url}`,
      authorization: request.headers['proxy-authorization'],
    });
  };
  const server = createServer((request, response) => {
    record(request);
    response.writeHead(plainStatus);
    response.end(JSON.stringify({ errcode: 0, access_token: TEST_TOKEN, expires_in: 7200 }));
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    record(request);
    socket.end(`HTTP/1.1 ${connectStatus}\r\nContent-Length: 0\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`, // Listening on TCP, so never a pipe name.
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const BASIC = `Basic ${Buffer.from('me:p@ss word').toString('base64')}`;

describe('the proxy', () => {
  test('is used as a tunnel to an https base, with its credentials', async () => {
    await using proxy = await startProxy('407 Proxy Authentication Required');
    const proxyUrl = `http://me:p%40ss%20word@${proxy.host}`;
    const error = await catchWecomError(createTestClient('https://wecom.invalid', { proxyUrl }).getToken());
    expect(proxy.seen).toEqual([{ line: 'CONNECT wecom.invalid:443', authorization: BASIC }]);
    expect(error).toMatchObject({ kind: 'proxy', status: 407 });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/p@ss|p%40ss|bWU6/);
  });

  test('is used in absolute form for a plain http base', async () => {
    await using proxy = await startProxy('200 OK');
    const proxyUrl = `http://me:p%40ss%20word@${proxy.host}`;
    expect(await createTestClient('http://wecom.invalid:8080', { proxyUrl }).getToken()).toBe(TEST_TOKEN);
    expect(proxy.seen).toEqual([
      {
        line: expect.stringMatching(/^GET http:\/\/wecom\.invalid:8080\/cgi-bin\/gettoken\?/),
        authorization: BASIC,
      },
    ]);
  });

  test('that cannot be reached or found is named as the cause', async () => {
    const closed = await startProxy('200 OK');
    await closed[Symbol.asyncDispose]();
    for (const host of [closed.host, 'proxy.invalid:3128']) {
      for (const base of ['https://wecom.invalid', 'http://wecom.invalid']) {
        const client = createTestClient(base, { proxyUrl: `http://me:secretpw@${host}` });
        const error = await catchWecomError(client.getToken());
        expect(error).toMatchObject({ name: 'WecomTransportError', kind: 'proxy' });
        expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('secretpw');
      }
    }
  });

  test('that hangs up in place of a tunnel is named as the cause', async () => {
    const server = createServer();
    server.on('connect', (_request: IncomingMessage, socket: Socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // Listening on TCP, so never a pipe name.
    const client = createTestClient('https://wecom.invalid', { proxyUrl: `http://127.0.0.1:${port}` });
    expect(await catchWecomError(client.getToken())).toMatchObject({ kind: 'proxy' });
    server.close();
  });

  test('of the environment is not used', async () => {
    await using proxy = await startProxy('502 Bad Gateway', 502);
    await using server = await startWecomServer();
    process.env.http_proxy = `http://${proxy.host}`;
    process.env.no_proxy = '';
    try {
      expect(await createTestClient(server.baseUrl).getToken()).toBe(TEST_TOKEN);
      expect(proxy.seen).toEqual([]);
    } finally {
      delete process.env.http_proxy;
      delete process.env.no_proxy;
    }
  });
});

test('one connection serves calls that follow each other', async () => {
  const ports = new Set<number | undefined>();
  await using server = await startWecomServer({
    'user/list': (response, url, callNumber, request) => {
      ports.add(request.socket.remotePort);
      replyJson({ errcode: 0, userlist: [] })(response, url, callNumber, request);
    },
  });
  const client = createTestClient(server.baseUrl);
  for (let id = 1; id <= 5; id += 1) await client.listMembers(id);
  expect(ports.size).toBe(1);
});
