import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestClient, type TestClient } from './test-client.ts';

const errmsgShape =
  /^not allow to access from your ip, hint: \[\d{22,}\], from ip: 203\.0\.113\.7, more info at https:\/\/open\.work\.weixin\.qq\.com\/devtool\/query\?e=60020$/;

describe('every business call', () => {
  let client: TestClient;
  beforeEach(async () => {
    client = await startTestClient();
  });
  afterEach(() => client.simulator.close());

  it('reads the token only from the query string', async () => {
    const token = client.tokenOf(client.app);
    const headers = { authorization: `Bearer ${token}`, 'access-token': token };
    expect((await client.callPlain('department/list', {}, { headers })).errcode).toBe(41001);
    const body = JSON.stringify({ access_token: token });
    expect((await client.callPlain('auth/getuserdetail', {}, { method: 'POST', body })).errcode).toBe(41001);
  });

  it('refuses an unknown token with 40014 and one that ran out with 42001', async () => {
    const token = client.tokenOf(client.app);
    expect((await client.callPlain('tag/list', { access_token: 'unknown' })).errcode).toBe(40014);
    client.passTime(7_199_999);
    expect((await client.callPlain('tag/list', { access_token: token })).errcode).toBe(0);
    client.passTime(1);
    expect((await client.callPlain('tag/list', { access_token: token })).errcode).toBe(42001);
  });

  it('lets a test expire or revoke tokens before their time', async () => {
    const token = client.tokenOf(client.app);
    await client.control('expire-tokens', { agentid: client.app.agentid });
    expect((await client.callPlain('tag/list', { access_token: token })).errcode).toBe(42001);
    await client.control('revoke-tokens', {});
    expect((await client.callPlain('tag/list', { access_token: token })).errcode).toBe(40014);
    expect((await client.call('tag/list')).errcode).toBe(0);
  });

  it('refuses an address that is not trusted and names it', async () => {
    await client.control('set-settings', { egressIp: '203.0.113.7' });
    const answer = await client.call('department/list');
    expect(answer).toMatchObject({ errcode: 60020, department: [] });
    expect(answer.errmsg).toMatch(errmsgShape);
    await client.control('set-trusted-ips', { agentid: client.app.agentid, trustedIps: ['203.0.113.7'] });
    expect((await client.call('department/list')).errcode).toBe(0);
  });

  it('asks no trusted address of an app that has no list', async () => {
    client.app.trustedIps = null;
    client.simulator.settings.egressIp = '203.0.113.7';
    expect((await client.call('department/list')).errcode).toBe(0);
  });

  it('ignores a forwarded address', async () => {
    client.app.trustedIps = ['203.0.113.7'];
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    const parameters = { access_token: client.tokenOf(client.app) };
    expect((await client.callPlain('tag/list', parameters, { headers })).errcode).toBe(60020);
  });

  it('refuses contact calls of a disabled app and still tells about the app', async () => {
    client.app.enabled = false;
    expect((await client.call('department/list')).errcode).toBe(50003);
    expect((await client.call('user/list', { department_id: 1 })).errcode).toBe(50003);
    expect((await client.call('auth/getuserinfo', { code: 'x' })).errcode).toBe(50003);
    const agent = await client.call('agent/get', { agentid: client.app.agentid });
    expect(agent).toMatchObject({ errcode: 0, close: 1 });
  });

  it('refuses contact calls of an app without contact rights', async () => {
    client.app.hasContactRights = false;
    expect((await client.call('department/simplelist')).errcode).toBe(48002);
    expect((await client.call('user/get', { userid: 'linyi' })).errcode).toBe(48002);
    expect((await client.call('get_api_domain_ip')).errcode).toBe(0);
  });

  it('takes as many calls of one API a minute as allowed, then blocks that API for a minute', async () => {
    client.simulator.settings.callsPerMinute = 2;
    expect((await client.call('tag/list')).errcode).toBe(0);
    expect((await client.call('tag/list')).errcode).toBe(0);
    expect(await client.call('tag/list')).toMatchObject({ errcode: 45009, taglist: [] });
    expect((await client.call('agent/list')).errcode).toBe(0);
    client.passTime(59_999);
    expect((await client.call('tag/list')).errcode).toBe(45009);
    client.passTime(1);
    expect((await client.call('tag/list')).errcode).toBe(0);
  });

  it('waits for the chosen latency before it answers', async () => {
    client.simulator.settings.latencyMs = 80;
    await client.call('tag/list');
    expect(client.sleeps).toEqual([80]);
  });
});

describe('parallel calls', () => {
  it('are refused with 45033 above the limit of one API', async () => {
    const open: (() => void)[] = [];
    const client = await startTestClient({
      settings: { parallelCalls: 2, latencyMs: 1 },
      sleep: () => new Promise<void>((resolve) => open.push(resolve)),
    });
    const calls = [1, 2, 3].map(() => client.call('tag/list'));
    while (open.length < 3) await new Promise((resolve) => setImmediate(resolve));
    open[2]?.();
    expect((await Promise.race(calls)).errcode).toBe(45033);
    for (const release of open) release();
    const errcodes = (await Promise.all(calls)).map(({ errcode }) => errcode).sort();
    expect(errcodes).toEqual([0, 0, 45033]);
    expect(client.simulator.stats.snapshot()).toMatchObject({ maxParallel: 3, calls: { 'tag/list': 3 } });
    await client.simulator.close();
  });
});

describe('the contact-sync assistant', () => {
  let client: TestClient;
  beforeEach(async () => {
    client = await startTestClient();
  });
  afterEach(() => client.simulator.close());

  it('gets no details from a new address', async () => {
    const details = ['user/get', 'user/simplelist', 'user/list', 'department/list', 'department/get'];
    for (const path of details) {
      expect((await client.call(path, {}, client.contactSync)).errcode).toBe(48009);
    }
  });

  it('gets details from an address it used before rule B', async () => {
    client.contactSync.oldIps = ['127.0.0.1'];
    expect((await client.call('department/list', {}, client.contactSync)).department).toHaveLength(40);
  });

  it('gets the ids of all departments regardless of its scope', async () => {
    client.contactSync.scope = { partyIds: [], userids: [], tagIds: [] };
    const answer = await client.call('department/simplelist', {}, client.contactSync);
    expect(answer.department_id).toHaveLength(40);
  });

  it('is refused app and sign-in calls', async () => {
    const { agentid } = client.contactSync;
    expect((await client.call('agent/get', { agentid }, client.contactSync)).errcode).toBe(48002);
    expect((await client.call('auth/getuserinfo', { code: 'x' }, client.contactSync)).errcode).toBe(48002);
  });
});
