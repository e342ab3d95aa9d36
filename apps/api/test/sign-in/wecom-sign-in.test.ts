import { endpoints, type Problem } from '@orgmirror/contracts';
import { sampleApp, sampleCorpId } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enableSignIn } from '../support/enable-sign-in.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createWecomBrowser, wxworkUserAgent } from '../support/wecom-browser.ts';

const corp = createSmallCorp(
  [[1, 0]],
  [
    ['ann', 1],
    ['Bob', 1],
  ],
);
let server: TestServer;
let callback: string;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp } });
  callback = `${server.url}/api/v1/sign-in/wecom/callback`;
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
});
afterAll(() => server.stop());
beforeEach(async () => {
  await openSql(server.database)('DELETE FROM auth_provider');
  await openSql(server.database)('UPDATE wecom_connection SET qr_sign_in_enabled = true');
});

const open = (path: string, headers: Record<string, string> = {}) =>
  createWecomBrowser(server.url, headers).open(`/api/v1/sign-in${path}`);
const startOf = async (query: string, headers: Record<string, string> = {}) =>
  new URL((await open(`/wecom/start?${query}`, headers)).headers.get('location') ?? '');
const options = () => server.anonymous().call(endpoints.getSignInOptions);

describe('a member', () => {
  it.each([
    ['mode=web', {}],
    ['mode=auto', {}],
    ['mode=inApp', {}],
    ['mode=auto', { 'user-agent': wxworkUserAgent }],
  ])('signs in by %s and goes on to where they wanted, %j', async (mode, headers) => {
    await enableSignIn(server);
    const browser = createWecomBrowser(server.url, headers);
    const query = `${mode}&returnTo=${encodeURIComponent('/system/org?q=x#y')}`;
    expect(await browser.signIn('member:Bob', { query })).toBe('/system/org?q=x#y');
    const { body } = await browser.api('GET', '/session');
    const user = { displayName: '成员Bob', role: 'member', kind: 'member', wecomUserId: 'Bob' };
    expect(body).toEqual({ user: { id: expect.any(String), ...user }, version: expect.any(String) });
  });

  it('comes in when WeCom shows the app nobody’s status, and stays through the next sync', async () => {
    await enableSignIn(server);
    await openSql(server.database)('UPDATE member SET status = NULL, content_hash = NULL');
    server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'missingField', field: 'status' } });
    const browser = createWecomBrowser(server.url);
    expect(await browser.signIn('member:Bob')).toBe('/');
    corp.putMember({ ...corp.members.get('ann')!, position: '新职务' });
    expect(await server.sync()).toMatchObject({ status: 'succeeded', counts: { members: { update: 1 } } });
    expect((await browser.api('GET', '/session')).status).toBe(200);
    server.wecom.faults.clear();
  });

  it('is known by the userid in upper or lower case, and shown as contacts spell it', async () => {
    await enableSignIn(server);
    const browser = createWecomBrowser(server.url);
    const state = (await browser.start()).searchParams.get('state') ?? '';
    const code = server.wecom.signIns.createCode({
      identity: { kind: 'member', userid: 'bOB' },
      agentid: sampleApp.agentid,
      redirectHost: new URL(server.url).host,
      agreedFields: undefined,
    });
    const answer = await browser.open(`${callback}?code=${code}&state=${state}`);
    expect(answer.headers.get('location')).toBe('/');
    expect((await browser.api('GET', '/session')).body).toMatchObject({ user: { wecomUserId: 'Bob' } });
  });

  it('comes in from the app’s home page in WeCom, by the address that the admin pasted there, without a click', async () => {
    const { authorizeUrl } = await enableSignIn(server);
    const browser = createWecomBrowser(server.url, { 'user-agent': wxworkUserAgent });
    const first = await browser.choose(new URL(authorizeUrl ?? ''), 'member:ann');
    expect(first.startsWith(`${callback}?`)).toBe(true);
    const again = await browser.open(first);
    expect(again.headers.get('location')).toBe('/api/v1/sign-in/wecom/start?mode=inApp');
    expect([...browser.cookies]).toEqual([]); // nobody is signed in by that
    const page = (await browser.open(again.headers.get('location') ?? '')).headers.get('location') ?? '';
    const last = await browser.open(await browser.choose(new URL(page), 'member:ann'));
    expect([last.status, last.headers.get('location')]).toEqual([302, '/']);
    expect((await browser.api('GET', '/session')).body).toMatchObject({ user: { wecomUserId: 'ann' } });
  });

  it('signs in by the embedded panel with what it is given', async () => {
    await enableSignIn(server);
    const browser = createWecomBrowser(server.url);
    const { status, body } = await browser.api('POST', '/sign-in/wecom/panel', { returnTo: '/me' });
    const panel = { appId: sampleCorpId, agentId: sampleApp.agentid, redirectUri: callback };
    expect({ status, body }).toMatchObject({ status: 200, body: panel });
    const { url, state } = body as { url: string; state: string };
    expect(new URL(url).searchParams.get('state')).toBe(state);
    const answer = await browser.open(await browser.choose(new URL(url), 'member:ann'));
    expect(answer.headers.get('location')).toBe('/me');
  });

  it('who signs in again in the same browser keeps the session; another one’s ends', async () => {
    await enableSignIn(server);
    const browser = createWecomBrowser(server.url);
    await browser.signIn('member:ann');
    const sessionsOf = async () => {
      const { body } = await browser.api('GET', '/me/sessions');
      return (body as { items: { id: string; current: boolean }[] }).items;
    };
    const before = await sessionsOf();
    await browser.signIn('member:ann');
    expect((await sessionsOf()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    await browser.signIn('member:Bob');
    const ended = before.find(({ current }) => current)?.id;
    expect(await openSql(server.database)('SELECT id FROM session WHERE id = $1', [ended])).toEqual([]);
  });

  it('is in the audit log with name, userid and address', async () => {
    await enableSignIn(server);
    await createWecomBrowser(server.url, { 'x-forwarded-for': '10.9.8.7' }).signIn('member:ann');
    const { items } = await server.api.call(endpoints.listAuditEntries, { query: { limit: 1 } });
    expect(items).toMatchObject([
      { action: 'session.sign_in', actor: '成员ann (ann)', after: { way: 'wecom' }, ip: '10.9.8.7' },
    ]);
  });
});

describe('the way to WeCom', () => {
  const query = (url: URL) => [url.origin + url.pathname, Object.fromEntries(url.searchParams), url.hash];
  const state = expect.stringMatching(/^[0-9a-f]{32,128}$/);

  it('inside WeChat is the authorize page as well: a phone cannot scan what it shows itself', async () => {
    await enableSignIn(server);
    const wechat = 'Mozilla/5.0 (iPhone) Mobile/15E148 MicroMessenger/8.0.47 NetType/WIFI Language/zh_CN';
    const location = await startOf('mode=auto', { 'user-agent': wechat });
    expect(location.pathname).toBe('/connect/oauth2/authorize');
  });

  it('inside the client is the authorize page, with the scope that the authentication has', async () => {
    await enableSignIn(server, { scope: 'snsapi_privateinfo' });
    const parameters = {
      appid: sampleCorpId,
      redirect_uri: callback,
      response_type: 'code',
      scope: 'snsapi_privateinfo',
      state,
      agentid: String(sampleApp.agentid),
    };
    const page = `${server.wecom.baseUrl}/connect/oauth2/authorize`;
    const location = await startOf('mode=auto', { 'user-agent': wxworkUserAgent });
    expect(query(location)).toEqual([page, parameters, '#wechat_redirect']);
    expect(location.href).toContain(`redirect_uri=${encodeURIComponent(callback)}&`);
  });

  it.each([
    ['en', 'en'],
    ['zh-CN', 'zh'],
  ])('in a browser is the QR page, in %s', async (language, lang) => {
    await enableSignIn(server, { scope: 'snsapi_privateinfo' });
    const parameters = {
      login_type: 'CorpApp',
      appid: sampleCorpId,
      agentid: String(sampleApp.agentid),
      redirect_uri: callback,
      state,
      lang,
    };
    const page = `${server.wecom.baseUrl}/wwlogin/sso/login`;
    const location = await startOf('mode=auto', { 'accept-language': language });
    expect(query(location)).toEqual([page, parameters, '']);
  });

  it('leads back to the origin that the authentication names', async () => {
    const provider = await enableSignIn(server, { returnOrigin: 'https://Org.Example.com:8443' });
    const redirectUri = 'https://org.example.com:8443/api/v1/sign-in/wecom/callback';
    expect(provider).toMatchObject({ redirectUri, trustedDomain: 'org.example.com:8443' });
    expect((await startOf('mode=web')).searchParams.get('redirect_uri')).toBe(redirectUri);
  });

  it('has a state and a cookie of its own each time', async () => {
    await enableSignIn(server);
    const browser = createWecomBrowser(server.url);
    const states = [await browser.start(), await browser.start()].map((url) => url.searchParams.get('state'));
    expect(new Set(states).size).toBe(2);
    expect(browser.cookies.size).toBe(2);
    const answer = await open('/wecom/start?mode=web', { 'x-forwarded-proto': 'https' });
    const [cookie = '', ...more] = answer.headers.getSetCookie();
    expect(more).toEqual([]);
    const attributes = ['HttpOnly', 'Max-Age=300', 'Path=/api/v1/sign-in', 'SameSite=Lax', 'Secure'];
    expect(cookie.split('; ').slice(1).sort()).toEqual(attributes);
  });

  it('does not fill a browser with cookies, however often it is begun', async () => {
    await enableSignIn(server);
    const browser = createWecomBrowser(server.url);
    for (let times = 0; times < 50; times++) await browser.start();
    expect(browser.cookies.size).toBe(20);
    expect(await browser.signIn('member:ann')).toBe('/');
  });

  it('is not taken from a Host header that is none', async () => {
    await enableSignIn(server);
    const { get } = await import('node:http');
    const { port } = new URL(server.url);
    const status = await new Promise((resolve) =>
      get({ port, path: '/api/v1/sign-in/wecom/start', headers: { host: 'a/b?c' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }),
    );
    expect(status).toBe(400);
  });

  it.each([
    'mode=other',
    'mode=',
    'mode=web&mode=inApp',
    `returnTo=${'x'.repeat(2_001)}`,
    'authorise=perhaps',
  ])('refuses ?%s', async (bad) => {
    await enableSignIn(server);
    expect((await open(`/wecom/start?${bad}`)).status).toBe(400);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/sign-in',
    '/api/v1/sign-in/wecom/start',
  ])('ends at the start page when %s was wanted', async (returnTo) => {
    await enableSignIn(server);
    const browser = createWecomBrowser(server.url);
    const started = `mode=web&returnTo=${encodeURIComponent(returnTo)}`;
    expect(await browser.signIn('member:ann', { query: started })).toBe('/');
  });
});

describe('what is switched off', () => {
  const unavailable = { status: 409, code: 'sign_in.unavailable' };
  const refuse = async (path: string) => {
    const answer = await open(path);
    return { status: answer.status, code: ((await answer.json()) as Problem).code };
  };

  it('is not offered and does not work: no authentication', async () => {
    expect(await options()).toEqual({ local: true, wecom: null });
    expect(await refuse('/wecom/start')).toEqual(unavailable);
    expect(await server.anonymous().refused(endpoints.createSignInPanel, { body: {} })).toMatchObject(
      unavailable,
    );
    await enableSignIn(server, { enabled: false });
    expect(await options()).toEqual({ local: true, wecom: null });
    expect(await refuse('/wecom/start?mode=inApp')).toEqual(unavailable);
  });

  it('is not offered and does not work: the QR code', async () => {
    await enableSignIn(server, { name: '扫码' });
    expect(await options()).toEqual({ local: true, wecom: { name: '扫码', inApp: true, web: true } });
    const settings = await server.api.call(endpoints.saveSyncSettings, { body: { qrSignInEnabled: false } });
    expect(settings.qrSignInEnabled).toBe(false);
    expect(await options()).toEqual({ local: true, wecom: { name: '扫码', inApp: true, web: false } });
    expect(await refuse('/wecom/start?mode=web')).toEqual(unavailable);
    expect(await refuse('/wecom/start?mode=auto')).toEqual(unavailable);
    expect(await server.anonymous().refused(endpoints.createSignInPanel, { body: {} })).toMatchObject(
      unavailable,
    );
    expect((await startOf('mode=auto', { 'user-agent': wxworkUserAgent })).pathname).toBe(
      '/connect/oauth2/authorize',
    );
  });

  it('sends a browser that follows a link to the sign-in page', async () => {
    const answer = await open('/wecom/start', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      '/sign-in?error=sign_in.unavailable',
    ]);
  });

  it('ends a sign-in that was begun before', async () => {
    await enableSignIn(server);
    const browser = createWecomBrowser(server.url);
    const page = await browser.start();
    const came = await browser.choose(page, 'member:ann');
    await openSql(server.database)('UPDATE auth_provider SET enabled = false');
    expect((await browser.open(came)).headers.get('location')).toBe('/sign-in?error=sign_in.unavailable');
  });

  it('shows as such in the settings: QR sign-in needs an enabled authentication', async () => {
    const read = async () => (await server.api.call(endpoints.getWecomSettings)).qrSignInEnabled;
    const set = { body: { qrSignInEnabled: true } };
    expect(await read()).toBe(false);
    expect(await server.api.refused(endpoints.saveSyncSettings, set)).toMatchObject(unavailable);
    await enableSignIn(server);
    expect(await read()).toBe(true);
    expect((await server.api.call(endpoints.saveSyncSettings, set)).qrSignInEnabled).toBe(true);
  });
});

it('lets nothing be framed but WeCom’s panel', async () => {
  const policy = (await fetch(server.url)).headers.get('content-security-policy') ?? '';
  expect(policy.split(';')).toContain(`frame-src ${server.wecom.baseUrl}`);
  expect(policy.split(';')).toContain("connect-src 'self'");
});
