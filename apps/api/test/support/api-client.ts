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
      const isText = typeof init.body === 'string';
      const response = await fetch(`${baseUrl}/api/v1${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(client.cookie && { cookie: client.cookie }),
          ...(init.body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
          ...init.headers,
        },
        ...(init.body !== undefined && { body: isText ? (init.body as string) : JSON.stringify(init.body) }),
      });
      const [cookie] = response.headers.getSetCookie();
      if (cookie) client.cookie = cookie.split(';')[0]?.endsWith('=') ? '' : (cookie.split(';')[0] ?? '');
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
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
