import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, readVendorVectors, startTestClient, type TestClient } from './test-client.ts';

const vectors = readVendorVectors();
const keysOf = (answer: Answer) => Object.keys(answer).sort();

let client: TestClient;
beforeEach(async () => {
  client = await startTestClient();
});
afterEach(() => client.simulator.close());

describe('answers have the keys of the real ones', () => {
  const plainCases: [string, string, Record<string, string | number>][] = [
    ['gettoken_ok', 'gettoken', { corpid: 'ww1a2b3c4d5e6f7a8b' }],
    ['get_api_domain_ip', 'get_api_domain_ip', {}],
    ['agent_get_only_users', 'agent/get', { agentid: 1_000_002 }],
    ['department_list_full', 'department/list', {}],
    ['department_simplelist', 'department/simplelist', {}],
    ['department_get', 'department/get', { id: 2 }],
    ['user_get_new_app', 'user/get', { userid: 'linyi' }],
    ['user_list_new_app_dept2', 'user/list', { department_id: 2 }],
    ['user_simplelist', 'user/simplelist', { department_id: 2 }],
    ['tag_list', 'tag/list', {}],
    ['tag_get', 'tag/get', { tagid: 1 }],
  ];

  it.each(plainCases)('%s', async (name, path, parameters) => {
    const answer = await client.call(path, { corpsecret: client.app.secret, ...parameters });
    expect(answer.errcode).toBe(0);
    expect(keysOf(answer)).toEqual(keysOf(vectors.responses[name]));
  });

  it('department with an English name, in a list and alone', async () => {
    const sample = vectors.responses.department_get.department;
    expect(keysOf((await client.call('department/get', { id: 2 })).department)).toEqual(keysOf(sample));
    const listed = (await client.call('department/list')).department;
    expect(keysOf(listed.find(({ id }: Answer) => id === 2))).toEqual(keysOf(sample));
  });

  it('member in a list of a new and of an old app', async () => {
    const sampleNew = vectors.responses.user_list_new_app_dept2.userlist[0];
    const fresh = await client.call('user/list', { department_id: 2 });
    for (const member of fresh.userlist) expect(keysOf(member)).toEqual(keysOf(sampleNew));
    client.app.createdAfter20220620 = false;
    const old = await client.call('user/list', { department_id: 2 });
    for (const member of old.userlist) {
      expect(keysOf(member)).toEqual(keysOf(vectors.responses.user_list_old_app.userlist[0]));
    }
    const one = await client.call('user/get', { userid: 'linyi' });
    expect(keysOf(one)).toEqual(keysOf(vectors.responses.user_get_old_app_full));
  });

  it('members of a simple list and of a tag', async () => {
    const simple = await client.call('user/simplelist', { department_id: 2 });
    expect(keysOf(simple.userlist[0])).toEqual(keysOf(vectors.responses.user_simplelist.userlist[0]));
    const tag = await client.call('tag/get', { tagid: 1 });
    expect(keysOf(tag.userlist[0])).toEqual(keysOf(vectors.responses.tag_get.userlist[0]));
  });
});

describe('failures have the keys and the text of the real ones', () => {
  const sampleOf = (api: string, errcode: number) =>
    vectors.errors.find((sample: Answer) => sample.api === api && sample.body.errcode === errcode).body;
  const textOf = (errmsg: string) => new RegExp(vectors.errmsg_regex).exec(errmsg)?.[1];

  it.each([
    ['user/get', 40014],
    ['department/simplelist', 40014],
  ])('%s with a bad token', async (path, errcode) => {
    const answer = await client.callPlain(path, { access_token: 'bad' });
    expect(keysOf(answer)).toEqual(keysOf(sampleOf(path, errcode)));
    expect(textOf(answer.errmsg)).toBe(textOf(sampleOf(path, errcode).errmsg));
  });

  it('user/list out of scope and from a new address', async () => {
    client.app.scope = { partyIds: [22], userids: [], tagIds: [] };
    const outOfScope = await client.call('user/list', { department_id: 1 });
    expect(keysOf(outOfScope)).toEqual(keysOf(sampleOf('user/list', 60011)));
    expect(textOf(outOfScope.errmsg)).toBe(textOf(sampleOf('user/list', 60011).errmsg));
    const newAddress = await client.call('user/list', { department_id: 1 }, client.contactSync);
    expect(keysOf(newAddress)).toEqual(keysOf(sampleOf('user/list', 48009)));
  });

  it('an expired token on get_api_domain_ip', async () => {
    client.simulator.settings.tokenLifetimeSeconds = 1;
    const access_token = client.tokenOf(client.app);
    client.passTime(1000);
    const answer = await client.callPlain('get_api_domain_ip', { access_token });
    expect(keysOf(answer)).toEqual(keysOf(sampleOf('any', 42001)));
  });

  it('gettoken for a wrong corpid, without the part that names the address', async () => {
    const answer = await client.callPlain('gettoken', { corpid: 'ww0', corpsecret: 'x' });
    expect(answer.errmsg).toMatch(/^invalid corpid, hint: \[\d{22,}\], more info at /);
  });
});

describe('paths', () => {
  it('that WeCom does not have are a 404', async () => {
    const statusOf = async (path: string) => (await fetch(`${client.simulator.baseUrl}${path}`)).status;
    expect(await statusOf('/cgi-bin/user/everyone')).toBe(404);
    expect(await statusOf('/nothing')).toBe(404);
  });
});
