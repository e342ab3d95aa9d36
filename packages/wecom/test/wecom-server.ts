import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request; `callNumber` counts the calls of the same path from 1. */
export type Reply = (
  response: ServerResponse,
  url: URL,
  callNumber: number,
  request: IncomingMessage,
) => void;

/** An HTTP server that answers in place of WeCom and records the requests. */
export interface WecomServer extends AsyncDisposable {
  readonly baseUrl: string;
  /** Every request so far as path below /cgi-bin/, in order of arrival. */
  readonly paths: string[];
  readonly urls: URL[];
}

/** The token that the servers of the tests issue. */
export const TEST_TOKEN = 'token-Q2hpbmE-0001';

/** Replies with a JSON body. */
export function replyJson(body: unknown, status = 200): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

/** Sends the replies one after the other; repeats the last one. */
export function replyInTurn(...replies: readonly [Reply, ...Reply[]]): Reply {
  return (response, url, callNumber, request) => {
    const reply = replies[Math.min(callNumber, replies.length) - 1] ?? replies[0];
    reply(response, url, callNumber, request);
  };
}

/**
 * Starts a server on a free port of 127.0.0.1; gettoken answers with TEST_TOKEN unless `routes` says
 * otherwise.
 */
export async function startWecomServer(routes: Readonly<Record<string, Reply>> = {}): Promise<WecomServer> {
  const paths: string[] = [];
  const urls: URL[] = [];
  const all: Record<string, Reply> = {
    gettoken: replyJson({ errcode: 0, errmsg: 'ok', access_token: TEST_TOKEN, expires_in: 7200 }),
    ...routes,
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname.replace('/cgi-bin/', '');
    paths.push(path);
    urls.push(url);
    const reply = all[path];
    if (reply === undefined) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<html>not found</html>');
      return;
    }
    reply(response, url, paths.filter((other) => other === path).length, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // Listening on TCP, so never a pipe name.
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    paths,
    urls,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
