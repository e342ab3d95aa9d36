/** A browser of a person: cookies by path, redirects one at a time, WeCom's pages filled in. */
export interface WecomBrowser {
  /** One request below the server's origin or to any address; redirects are not followed. */
  open(target: string, init?: RequestInit): Promise<Response>;
  /** Begins a sign-in and stops on WeCom's page. */
  start(query?: string): Promise<URL>;
  /** Chooses a member on WeCom's page. @returns where WeCom sends the browser: the callback */
  choose(page: URL, person: string, agreed?: readonly string[]): Promise<string>;
  /** Signs in from the start to the console. @returns where it went on to */
  signIn(person: string, options?: { query?: string; agreed?: readonly string[] }): Promise<string>;
  /** The API, as the signed-in user. */
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  cookies: Map<string, { value: string; path: string }>;
}

export const wxworkUserAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 wxwork/4.1.30 MicroMessenger/7.0.1 Language/zh';

export function createWecomBrowser(baseUrl: string, headers: Record<string, string> = {}): WecomBrowser {
  const cookies: WecomBrowser['cookies'] = new Map();
  const cookieHeader = (url: URL) => {
    const own = url.origin === new URL(baseUrl).origin;
    const sent = [...cookies].filter(([, { path }]) => own && url.pathname.startsWith(path));
    return sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
  };
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      const path = attributes.find((text) => text.startsWith('Path='))?.slice(5) ?? '/';
      if (attributes.includes('Max-Age=0')) cookies.delete(name);
      else cookies.set(name, { value: pair.slice(pair.indexOf('=') + 1), path });
    }
  };
  const browser: WecomBrowser = {
    cookies,
    open: async (target, init = {}) => {
      const url = new URL(target, baseUrl);
      const cookie = cookieHeader(url);
      const response = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: { ...(cookie && { cookie }), ...headers, ...(init.headers as Record<string, string>) },
      });
      if (url.origin === new URL(baseUrl).origin) keep(response);
      return response;
    },
    start: async (query = 'mode=web') => {
      const response = await browser.open(`/api/v1/sign-in/wecom/start?${query}`);
      const location = response.headers.get('location');
      if (response.status !== 302 || location === null)
        throw new Error(`The sign-in did not begin: ${response.status} ${await response.text()}`);
      return new URL(location);
    },
    choose: async (page, person, agreed = []) => {
      const form = [['identity', person], ...agreed.map((field) => ['agreed', field])];
      const response = await fetch(page, {
        method: 'POST',
        body: new URLSearchParams(form as [string, string][]),
        redirect: 'manual',
      });
      const location = response.headers.get('location');
      if (location === null) throw new Error(`WeCom showed a page: ${await response.text()}`);
      return location;
    },
    signIn: async (person, { query, agreed } = {}) => {
      const callback = await browser.choose(await browser.start(query), person, agreed);
      const response = await browser.open(callback);
      return response.headers.get('location') ?? `${response.status}`;
    },
    api: async (method, path, body) => {
      const response = await browser.open(`/api/v1${path}`, {
        method,
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
  };
  return browser;
}
