import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AnswerOf, BodyOf, Endpoint, Problem, QueryOf } from '@orgmirror/contracts';

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A client as any outside program would be: HTTP, a cookie, JSON. */
export interface ApiClient {
  /** Calls an endpoint of the contract and expects success. */
  call<E extends Endpoint>(endpoint: E, input?: CallInput<E>): Promise<AnswerOf<E>>;
  /** Calls an endpoint and expects a problem. */
  refused<E extends Endpoint>(endpoint: E, input?: CallInput<E>): Promise<Problem>;
  /** Any request below /api/v1, with any answer. */
  request(
    method: string,
    path: string,
    init?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer<unknown>>;
  /** The session cookie as `name=value`, '' when there is none. */
  cookie: string;
}

interface CallInput<E extends Endpoint> {
  params?: Record<string, string>;
  query?: Partial<NonNullable<QueryOf<E>>>;
  body?: BodyOf<E>;
}

export function createApiClient(baseUrl: string, headers: Record<string, string> = {}): ApiClient {
  const client: ApiClient = {
    cookie: '',
    request: async (method, path, init = {}) => {
      const answer = await send(`${baseUrl}/api/v1${path}`, {
        method,
        headers: {
          ...(client.cookie && { cookie: client.cookie }),
          ...(init.body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
          ...init.headers,
        },
        body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body),
      });
      const [cookie] = answer.headers.getSetCookie();
      if (cookie) client.cookie = cookie.split(';')[0]?.endsWith('=') ? '' : (cookie.split(';')[0] ?? '');
      const isJson = /json/.test(answer.headers.get('content-type') ?? '');
      return { ...answer, body: isJson ? JSON.parse(answer.body) : answer.body };
    },
    call: async (endpoint, input = {}) => {
      const answer = await client.request(
        endpoint.method.toUpperCase(),
        makePath(endpoint, input),
        bodyOf(input),
      );
      if (answer.status !== endpoint.answer.status)
        throw new Error(`${endpoint.path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body as AnswerOf<typeof endpoint>;
    },
    refused: async (endpoint, input = {}) => {
      const answer = await client.request(
        endpoint.method.toUpperCase(),
        makePath(endpoint, input),
        bodyOf(input),
      );
      if (answer.status < 400) throw new Error(`${endpoint.path} answered ${answer.status}, not a refusal`);
      return answer.body as Problem;
    },
  };
  return client;
}

/** One request by Node's own client: `fetch` takes two to three times the processor time, and asks for compression. */
function send(
  url: string,
  { method, headers, body }: { method: string; headers: Record<string, string>; body: string | undefined },
): Promise<Answer<string>> {
  return new Promise((resolve, reject) => {
    const length = body !== undefined && { 'content-length': Buffer.byteLength(body) }; // DELETE has none of itself
    const sent = request(url, {
      method,
      headers: { accept: '*/*', 'user-agent': 'node', ...length, ...headers },
    });
    sent.once('error', reject);
    sent.once('response', async (response) => {
      try {
        const received = new Headers();
        for (const [name, values = []] of Object.entries(response.headersDistinct))
          for (const value of values) received.append(name, value);
        resolve({ status: response.statusCode ?? 0, headers: received, body: await text(response) });
      } catch (error) {
        reject(error); // it broke off
      }
    });
    sent.end(body);
  });
}

function bodyOf<E extends Endpoint>({ body }: CallInput<E>) {
  return body === undefined ? {} : { body };
}

function makePath<E extends Endpoint>(endpoint: E, { params = {}, query = {} }: CallInput<E>): string {
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return search.size > 0 ? `${path}?${search}` : path;
}
