import { endpoints } from '@orgmirror/contracts';
import { sampleApp, sampleCorpId } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '../support/create-account.ts';
import { appOf } from '../support/enable-sign-in.ts';
import { openSql } from '../support/query-database.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const unknownId = '0190b3b0-0000-7000-8000-000000000000';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => openSql(server.database)('DELETE FROM auth_provider'));

const create = (body: object = {}) =>
  server.api.call(endpoints.createAuthProvider, {
    body: { kind: 'wecom-oauth2', name: '企业微信', ...body },
  });
const list = async () => (await server.api.call(endpoints.listAuthProviders)).items;
const at = (id: string) => ({ params: { id } });

describe('before the connection is saved', () => {
  it('an authentication can be added; the address with CorpID and AgentId comes later, and a check says what is missing', async () => {
    const provider = await create();
    const host = new URL(server.url).host;
    expect(provider).toEqual({
      id: expect.any(String),
      kind: 'wecom-oauth2',
      name: '企业微信',
      description: '',
      enabled: true,
      scope: 'snsapi_base',
      returnOrigin: null,
      authorizeUrl: null,
      redirectUri: `${server.url}/api/v1/sign-in/wecom/callback`,
      trustedDomain: host,
      verificationFileName: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect(await server.anonymous().call(endpoints.getSignInOptions)).toEqual({ local: true, wecom: null });
    expect(await server.api.refused(endpoints.checkAuthProvider, at(provider.id))).toMatchObject({
      code: 'settings.incomplete',
    });
    await server.configure();
    const [saved] = await list();
    const url = new URL(saved?.authorizeUrl ?? '');
    expect([url.origin + url.pathname, Object.fromEntries(url.searchParams), url.hash]).toEqual([
      `${server.wecom.baseUrl}/connect/oauth2/authorize`,
      {
        appid: sampleCorpId,
        redirect_uri: provider.redirectUri,
        response_type: 'code',
        scope: 'snsapi_base',
        state: expect.stringMatching(/^[a-zA-Z0-9]{1,128}$/),
        agentid: String(sampleApp.agentid),
      },
      '#wechat_redirect',
    ]);
  });
});

describe('authentications', () => {
  it('are listed in the order in which they were added, page by page', async () => {
    for (const name of ['一', '二', '三']) await create({ name, enabled: false });
    expect((await list()).map(({ name }) => name)).toEqual(['一', '二', '三']);
    const first = await server.api.call(endpoints.listAuthProviders, { query: { limit: 2 } });
    const rest = await server.api.call(endpoints.listAuthProviders, {
      query: { limit: 2, cursor: first.nextCursor! },
    });
    expect([first.items, rest.items].map((items) => items.map(({ name }) => name))).toEqual([
      ['一', '二'],
      ['三'],
    ]);
    expect(rest.nextCursor).toBeNull();
  });

  it('change field by field, and go', async () => {
    const { id, createdAt } = await create({ description: '给全体成员' });
    const changes = {
      description: '',
      scope: 'snsapi_privateinfo',
      returnOrigin: 'https://org.example.com',
    } as const;
    const changed = await server.api.call(endpoints.updateAuthProvider, { ...at(id), body: changes });
    expect(changed).toMatchObject({ ...changes, name: '企业微信', enabled: true, createdAt });
    expect(changed).toMatchObject({
      redirectUri: 'https://org.example.com/api/v1/sign-in/wecom/callback',
      trustedDomain: 'org.example.com',
    });
    const back = await server.api.call(endpoints.updateAuthProvider, {
      ...at(id),
      body: { returnOrigin: null },
    });
    expect(back.redirectUri).toBe(`${server.url}/api/v1/sign-in/wecom/callback`);
    await server.api.call(endpoints.deleteAuthProvider, at(id));
    expect(await list()).toEqual([]);
    const { items } = await server.api.call(endpoints.listAuditEntries, { query: { limit: 4 } });
    expect(items.map(({ action, target }) => [action, target])).toEqual([
      ['auth_provider.delete', '企业微信'],
      ['auth_provider.update', '企业微信'],
      ['auth_provider.update', '企业微信'],
      ['auth_provider.create', '企业微信'],
    ]);
    expect(items[2]).toMatchObject({
      before: { scope: 'snsapi_base' },
      after: { scope: 'snsapi_privateinfo' },
    });
  });

  it('are enabled one at a time: enabling one disables the other, and the audit log says so', async () => {
    const [first, second] = [await create({ name: '一' }), await create({ name: '二' })];
    const enabled = async () => (await list()).filter((one) => one.enabled).map(({ name }) => name);
    expect(await enabled()).toEqual(['二']);
    const audit = async () =>
      (await server.api.call(endpoints.listAuditEntries, { query: { limit: 1 } })).items[0];
    expect(await audit()).toMatchObject({
      action: 'auth_provider.create',
      after: { enabled: true, disabled: ['一'] },
    });
    const enable = (id: string) =>
      server.api.call(endpoints.updateAuthProvider, { ...at(id), body: { enabled: true } });
    await enable(first.id);
    expect(await enabled()).toEqual(['一']);
    expect(await audit()).toMatchObject({
      before: { enabled: false },
      after: { enabled: true, disabled: ['二'] },
    });
    await Promise.all([enable(first.id), enable(second.id), create({ name: '三' }), create({ name: '四' })]);
    expect(await enabled()).toHaveLength(1);
  });

  it('that are not there are not found', async () => {
    const notFound = { status: 404, code: 'resource.not_found' };
    const file = { name: 'WW_verify_abc.txt', content: 'abc' };
    const { api } = server;
    expect(
      await api.refused(endpoints.updateAuthProvider, { ...at(unknownId), body: { name: 'x' } }),
    ).toMatchObject(notFound);
    expect(await api.refused(endpoints.deleteAuthProvider, at(unknownId))).toMatchObject(notFound);
    expect(await api.refused(endpoints.saveVerificationFile, { ...at(unknownId), body: file })).toMatchObject(
      notFound,
    );
    expect(await api.refused(endpoints.deleteVerificationFile, at(unknownId))).toMatchObject(notFound);
    expect(await api.refused(endpoints.checkAuthProvider, at(unknownId))).toMatchObject(notFound);
    expect((await api.request('DELETE', '/settings/auth-providers/1')).status).toBe(400);
  });

  it.each<[string, unknown]>([
    ['name', ''],
    ['name', '   '],
    ['name', 'x'.repeat(65)],
    ['name', 7],
    ['description', 'x'.repeat(501)],
    ['enabled', 'yes'],
    ['scope', 'snsapi_userinfo'],
    ['kind', 'saml'],
    ['returnOrigin', 'org.example.com'],
    ['returnOrigin', 'ftp://org.example.com'],
    ['returnOrigin', 'https://org.example.com/path'],
    ['returnOrigin', 'https://org.example.com?x=1'],
    ['returnOrigin', 'https://user:pass@org.example.com'],
    ['returnOrigin', 'javascript:alert(1)'],
    ['returnOrigin', `https://${'x'.repeat(300)}.example`],
  ])('are not saved with %s %j', async (field, value) => {
    const body = { kind: 'wecom-oauth2', name: '企业微信', [field]: value };
    const answer = await server.api.request('POST', '/settings/auth-providers', { body });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'request.invalid', errors: [{ path: field }] },
    });
    expect(await list()).toEqual([]);
  });

  it('are read by auditors, changed by admins only', async () => {
    const { id } = await create();
    const auditor = await createAccount(server, 'auditor');
    expect((await auditor.request('GET', '/settings/auth-providers')).status).toBe(200);
    expect((await auditor.request('DELETE', `/settings/auth-providers/${id}`)).status).toBe(403);
  });
});

describe('the verification file', () => {
  const file = { name: 'WW_verify_Q2hpbmE0Nzg5.txt', content: 'Q2hpbmE0Nzg5' };
  const get = (name: string) => fetch(`${server.url}/${name}`);

  it('is served at the root to anybody exactly as WeCom wants it, until it is taken away', async () => {
    const { id } = await create({ enabled: false });
    expect((await get(file.name)).status).toBe(404);
    const saved = await server.api.call(endpoints.saveVerificationFile, {
      ...at(id),
      body: { ...file, content: `\n ${file.content}\r\n` },
    });
    expect(saved.verificationFileName).toBe(file.name);
    const answer = await get(file.name);
    expect([answer.status, await answer.text()]).toEqual([200, file.content]);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    await server.restart();
    expect((await get(file.name)).status).toBe(200);
    await server.api.call(endpoints.signIn, {
      body: { username: 'admin', password: 'a long enough password' },
    });
    const gone = await server.api.call(endpoints.deleteVerificationFile, at(id));
    expect(gone.verificationFileName).toBeNull();
    expect((await get(file.name)).status).toBe(404);
  });

  it('of that very name only, and no other path', async () => {
    const { id } = await create();
    await server.api.call(endpoints.saveVerificationFile, { ...at(id), body: file });
    for (const name of [
      'WW_verify_other.txt',
      `x/${file.name}`,
      `${file.name}.bak`,
      'WW_verify_.txt',
      `api/v1/${file.name}`,
    ])
      expect((await get(name)).status, name).toBe(404);
  });

  it.each([
    ['name', { ...file, name: 'index.html' }],
    ['name', { ...file, name: '../WW_verify_abc.txt' }],
    ['name', { ...file, name: 'WW_verify_.txt' }],
    ['name', { ...file, name: 'WW_verify_a/b.txt' }],
    ['content', { ...file, content: '<script>alert(1)</script>' }],
    ['content', { ...file, content: '' }],
    ['content', { ...file, content: 'x'.repeat(257) }],
  ])('is not saved with a bad %s: %j', async (path, body) => {
    const { id } = await create();
    const answer = await server.api.request('PUT', `/settings/auth-providers/${id}/verification-file`, {
      body,
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });
});

describe('the check', () => {
  const check = async (id: string, language = 'en') => {
    const client = server.anonymous({ 'accept-language': language });
    client.cookie = server.api.cookie;
    return client.call(endpoints.checkAuthProvider, at(id));
  };
  let host: string;
  beforeAll(async () => {
    host = new URL(server.url).host;
    await server.configure();
  });
  beforeEach(() => {
    Object.assign(appOf(server), { trustedDomain: host, enabled: true });
    server.wecom.faults.clear();
  });

  it('passes when the app trusts host and port, in any case of letters', async () => {
    const { id } = await create({ returnOrigin: 'https://Org.Example.com:8443' });
    appOf(server).trustedDomain = 'ORG.example.COM:8443';
    expect(await check(id)).toMatchObject({
      ok: true,
      checks: [
        { id: 'agent', status: 'passed' },
        { id: 'trustedDomain', status: 'passed' },
        { id: 'verificationFile', status: 'warning' },
      ],
    });
    const body = { name: 'WW_verify_abc.txt', content: 'abc' };
    await server.api.call(endpoints.saveVerificationFile, { ...at(id), body });
    expect((await check(id)).checks[2]).toMatchObject({
      status: 'passed',
      message: expect.stringContaining('WW_verify_abc.txt'),
    });
  });

  it.each([
    ['', 'no trusted domain'],
    ['org.example.com', 'org.example.com'],
    ['org.example.com:8444', 'org.example.com:8444'],
    ['example.com:8443', 'example.com:8443'],
    ['https://org.example.com:8443', 'https://'],
  ])('fails when the app trusts %j, and says what to enter', async (trustedDomain, text) => {
    const { id } = await create({ returnOrigin: 'https://org.example.com:8443' });
    appOf(server).trustedDomain = trustedDomain;
    const { ok, checks } = await check(id);
    expect(ok).toBe(false);
    expect(checks[1]).toMatchObject({
      id: 'trustedDomain',
      status: 'failed',
      message: expect.stringContaining(text),
      remedy: expect.stringContaining('org.example.com:8443'),
    });
    expect((await check(id, 'zh-CN')).checks[1]?.remedy).toContain('网页授权及JS-SDK');
  });

  it('fails for a disabled app', async () => {
    const { id } = await create();
    appOf(server).enabled = false;
    expect(await check(id)).toMatchObject({
      ok: false,
      checks: [{ id: 'agent', status: 'failed' }, { status: 'passed' }, {}],
    });
  });

  it('tells WeCom’s refusal with its number, and the address to trust', async () => {
    const { id } = await create();
    appOf(server).trustedIps = [];
    const { ok, checks } = await check(id);
    expect(ok).toBe(false);
    expect(checks.slice(0, 2)).toMatchObject([
      { id: 'agent', status: 'failed', errcode: 60020, egressIp: '127.0.0.1' },
      { id: 'trustedDomain', status: 'skipped' },
    ]);
    appOf(server).trustedIps = ['127.0.0.1'];
    const { items } = await server.api.call(endpoints.listAuditEntries, { query: { limit: 1 } });
    expect(items).toMatchObject([{ action: 'auth_provider.check', result: 'failed' }]);
  });
});
