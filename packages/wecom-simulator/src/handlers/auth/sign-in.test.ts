import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../apps.ts';
import { readVendorVectors, startTestClient, type TestClient } from '../../test-client.ts';

const vectors = readVendorVectors();
const consentPath = '/connect/oauth2/authorize';
const qrPath = '/wwlogin/sso/login';
let client: TestClient;
beforeEach(async () => {
  client = await startTestClient();
});
afterEach(() => client.simulator.close());

type Parameters = Record<string, string>;

const consentParameters = (changes: Parameters = {}): Parameters => ({
  appid: client.simulator.corpid,
  redirect_uri: 'http://localhost:5173/callback?from=wecom',
  response_type: 'code',
  scope: 'snsapi_base',
  agentid: String(client.app.agentid),
  state: 'abc123',
  ...changes,
});

const qrParameters = (changes: Parameters = {}): Parameters => ({
  login_type: 'CorpApp',
  appid: client.simulator.corpid,
  agentid: String(client.app.agentid),
  redirect_uri: 'http://localhost:5173/callback',
  state: 'abc123',
  ...changes,
});

const open = (path: string, parameters: Parameters, headers: Parameters = {}) =>
  fetch(`${client.simulator.baseUrl}${path}?${new URLSearchParams(parameters)}`, {
    headers,
    redirect: 'manual',
  });

async function choose(path: string, parameters: Parameters, form: [string, string][]): Promise<Response> {
  const url = `${client.simulator.baseUrl}${path}?${new URLSearchParams(parameters)}`;
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
}

async function getCode(parameters: Parameters, identity: string, agreed: string[] = []): Promise<string> {
  const fields = agreed.map((field): [string, string] => ['agreed', field]);
  const response = await choose(consentPath, parameters, [['identity', identity], ...fields]);
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

const useCode = (code: string) => client.call('auth/getuserinfo', { code });

describe('the consent page', () => {
  it('sends the browser back with code and state, keeping the query of redirect_uri', async () => {
    const response = await choose(consentPath, consentParameters(), [['identity', 'member:linyi']]);
    expect(response.status).toBe(302);
    const target = new URL(response.headers.get('location') ?? '');
    expect(target.origin + target.pathname).toBe('http://localhost:5173/callback');
    expect(Object.fromEntries(target.searchParams)).toEqual({
      from: 'wecom',
      code: expect.stringMatching(/^[\w-]{43}$/),
      state: 'abc123',
    });
  });

  it('shows the domain error unless host and port are the trusted ones', async () => {
    const wrong = [
      'http://localhost/callback',
      'http://localhost:5174/callback',
      'http://sub.localhost:5173/callback',
      'http%3A%2F%2Flocalhost%3A5173%2Fcallback',
    ];
    for (const redirect_uri of wrong) {
      for (const [path, parameters] of [
        [consentPath, consentParameters({ redirect_uri })],
        [qrPath, qrParameters({ redirect_uri })],
      ] as const) {
        const response = await open(path, parameters);
        expect(response.status).toBe(200);
        expect(await response.text()).toContain('redirect_uri需使用应用可信域名');
        expect((await choose(path, parameters, [['identity', 'member:linyi']])).status).toBe(200);
      }
    }
  });

  it('takes a state of up to 128 letters and digits', async () => {
    const pageFor = async (state: string) => (await open(consentPath, consentParameters({ state }))).text();
    expect(await pageFor('a'.repeat(128))).not.toContain('invalid state');
    expect(await pageFor('a'.repeat(129))).toContain('invalid state');
    expect(await pageFor('a-b')).toContain('invalid state');
  });

  it.each([
    ['appid', 'ww0', 'invalid appid'],
    ['agentid', '999', 'invalid agentid'],
    ['response_type', 'token', 'invalid response_type'],
    ['scope', 'everything', 'invalid scope'],
  ])('refuses a wrong %s', async (name, value, text) => {
    expect(await (await open(consentPath, consentParameters({ [name]: value }))).text()).toContain(text);
  });

  it('leads back without a code when the member refuses', async () => {
    const response = await choose(consentPath, consentParameters(), [['decision', 'refuse']]);
    const target = new URL(response.headers.get('location') ?? '');
    expect(target.searchParams.has('code')).toBe(false);
    expect(target.searchParams.get('state')).toBe('abc123');
  });

  it('signs a remembered member in without a click, but asks again for private info', async () => {
    const first = await choose(consentPath, consentParameters(), [
      ['identity', 'member:linyi'],
      ['remember', 'true'],
    ]);
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const silent = await open(consentPath, consentParameters(), { cookie });
    const code = new URL(silent.headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect((await useCode(code)).userid).toBe('linyi');
    const asking = await open(consentPath, consentParameters({ scope: 'snsapi_privateinfo' }), { cookie });
    expect(asking.status).toBe(200);
  });

  it('shows names as text and finds members by search', async () => {
    const page = await (await open(consentPath, { ...consentParameters(), q: '粗' })).text();
    expect(page).toContain('李&lt;b&gt;粗&lt;/b&gt;');
    expect(page).not.toContain('member:linyi');
  });

  it('shows an error to a member out of scope who is asked for private info', async () => {
    client.app.scope = { partyIds: [22], userids: [], tagIds: [] };
    const parameters = consentParameters({ scope: 'snsapi_privateinfo' });
    const response = await choose(consentPath, parameters, [['identity', 'member:linyi']]);
    expect(await response.text()).toContain('可见范围');
  });
});

describe('the QR page', () => {
  it('leads back with a code that gives the userid but no user_ticket', async () => {
    const parameters = qrParameters({ scope: 'snsapi_privateinfo' });
    const response = await choose(qrPath, parameters, [['identity', 'member:linyi']]);
    const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect(await useCode(code)).toEqual({ errcode: 0, errmsg: 'ok', userid: 'linyi' });
  });

  it('needs login_type and agentid', async () => {
    const { agentid, ...withoutAgent } = qrParameters();
    expect(await (await open(qrPath, withoutAgent)).text()).toContain('agentid missing');
    expect(agentid).toBe('1000002');
    const wrongType = await open(qrPath, qrParameters({ login_type: 'ServiceApp' }));
    expect(await wrongType.text()).toContain('invalid login_type');
  });
});

describe('auth/getuserinfo', () => {
  it('takes a code once', async () => {
    const code = await getCode(consentParameters(), 'member:linyi');
    const answer = await useCode(code);
    expect(Object.keys(answer)).toEqual(Object.keys(vectors.responses.auth_getuserinfo_member_base));
    expect((await useCode(code)).errcode).toBe(40029);
    expect((await useCode('made-up')).errcode).toBe(40029);
    expect((await client.call('auth/getuserinfo')).errcode).toBe(41008);
  });

  it('takes a code for five minutes', async () => {
    const inTime = await getCode(consentParameters(), 'member:linyi');
    const tooLate = await getCode(consentParameters(), 'member:linyi');
    client.passTime(299_999);
    expect((await useCode(inTime)).errcode).toBe(0);
    client.passTime(1);
    expect((await useCode(tooLate)).errcode).toBe(42003);
  });

  it('gives the userid of a member out of scope too', async () => {
    client.app.scope = { partyIds: [22], userids: [], tagIds: [] };
    expect(await useCode(await getCode(consentParameters(), 'member:linyi'))).toMatchObject({
      userid: 'linyi',
    });
  });

  it('gives members of a linked corp and outsiders their own shapes', async () => {
    const linked = await useCode(await getCode(consentParameters(), 'external:wwother0000000000/zhouhang'));
    expect(linked).toEqual({ errcode: 0, errmsg: 'ok', userid: 'wwother0000000000/zhouhang' });
    const outsider = await useCode(await getCode(consentParameters(), 'external:oSIMULATED0000000001'));
    expect(Object.keys(outsider)).toEqual(Object.keys(vectors.responses.auth_getuserinfo_outsider));
    const stranger = await useCode(await getCode(consentParameters(), 'external:oSIMULATED0000000002'));
    expect(stranger).toEqual({ errcode: 0, errmsg: 'ok', openid: 'oSIMULATED0000000002' });
  });

  it('refuses a code of another app of the same domain, and one issued for another domain', async () => {
    const other = createApp({ agentid: 1_000_003, secret: 'other-secret' });
    client.simulator.apps.push(other);
    const code = await getCode(consentParameters(), 'member:linyi');
    expect((await client.call('auth/getuserinfo', { code }, other)).errcode).toBe(40029);
    other.trustedDomain = 'portal.example';
    const second = await getCode(consentParameters(), 'member:linyi');
    expect((await client.call('auth/getuserinfo', { code: second }, other)).errcode).toBe(50001);
  });

  it('gives a user_ticket only for private info with an agentid', async () => {
    const asking = consentParameters({ scope: 'snsapi_privateinfo' });
    const answer = await useCode(await getCode(asking, 'member:linyi'));
    expect(Object.keys(answer)).toEqual(Object.keys(vectors.responses.auth_getuserinfo_member_private));
    const { agentid: _left, ...downgraded } = asking;
    expect(await useCode(await getCode(downgraded, 'member:linyi'))).not.toHaveProperty('user_ticket');
  });
});

describe('auth/getuserdetail', () => {
  const getTicket = async (agreed: string[]) => {
    const asking = consentParameters({ scope: 'snsapi_privateinfo' });
    return (await useCode(await getCode(asking, 'member:linyi', agreed))).user_ticket;
  };

  it('gives the fields that the admin ticked and the member agreed to', async () => {
    client.app.grantedConsentFields = ['mobile', 'gender'];
    const answer = await client.post('auth/getuserdetail', {
      user_ticket: await getTicket(['mobile', 'email']),
    });
    expect(Object.keys(answer).sort()).toEqual(
      Object.keys(vectors.responses.auth_getuserdetail_partial_consent).sort(),
    );
    expect(answer).toMatchObject({
      userid: 'linyi',
      mobile: expect.stringMatching(/^1990/),
      email: '',
      gender: '0',
    });
  });

  it('takes a ticket for 1800 seconds', async () => {
    const user_ticket = await getTicket(['mobile']);
    client.passTime(1_799_999);
    expect((await client.post('auth/getuserdetail', { user_ticket })).errcode).toBe(0);
    client.passTime(1);
    expect((await client.post('auth/getuserdetail', { user_ticket })).errcode).toBe(84014);
  });

  it('refuses no ticket, a made-up one and a member who left the scope', async () => {
    expect((await client.post('auth/getuserdetail', {})).errcode).toBe(84090);
    expect((await client.post('auth/getuserdetail', { user_ticket: 'made-up' })).errcode).toBe(84015);
    const user_ticket = await getTicket(['mobile']);
    client.app.scope = { partyIds: [22], userids: [], tagIds: [] };
    expect((await client.post('auth/getuserdetail', { user_ticket })).errcode).toBe(60111);
  });
});
