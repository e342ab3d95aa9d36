import { describe, expect, test } from 'vitest';
import { catchWecomError, createTestClient, TEST_SECRET } from '../test/test-client.ts';
import { vectors } from '../test/vectors.ts';
import { replyJson, startWecomServer, TEST_TOKEN } from '../test/wecom-server.ts';
import type { CallEvent } from './call-events.ts';
import { createWecomClient } from './client.ts';

const answer = (name: string): Readonly<Record<string, unknown>> => vectors.responses[name]!;

describe('what the client reads', () => {
  test('every department of a full tree, with ids beyond 32 bits and the maximum order', async () => {
    await using server = await startWecomServer({
      'department/list': replyJson(answer('department_list_full')),
    });
    const departments = await createTestClient(server.baseUrl).listDepartments();
    expect(departments).toEqual(answer('department_list_full').department);
    expect(departments.at(-1)).toMatchObject({
      id: 2147483650,
      order: 4294967295,
      name: '海外 <b>&amp; 😀 部',
    });
  });

  test('departments whose parents are not visible', async () => {
    const body = answer('department_list_partial_orphans');
    await using server = await startWecomServer({ 'department/list': replyJson(body) });
    expect(await createTestClient(server.baseUrl).listDepartments()).toEqual(body.department);
  });

  test('a single department', async () => {
    await using server = await startWecomServer({
      'department/get': replyJson(answer('department_get')),
    });
    const client = createTestClient(server.baseUrl);
    expect(await client.getDepartment(2)).toEqual(answer('department_get').department);
  });

  test.each(['user_list_new_app_dept2', 'user_list_old_app', 'user_list_empty_dept'])(
    'the members of %s exactly as they came',
    async (name) => {
      await using server = await startWecomServer({ 'user/list': replyJson(answer(name)) });
      expect(await createTestClient(server.baseUrl).listMembers(2)).toEqual(answer(name).userlist);
    },
  );

  test.each(['user_get_old_app_full', 'user_get_new_app', 'user_get_private_deployment'])(
    'the member of %s without errcode and errmsg',
    async (name) => {
      const { errcode: _errcode, errmsg: _errmsg, ...member } = answer(name);
      await using server = await startWecomServer({ 'user/get': replyJson(answer(name)) });
      expect(await createTestClient(server.baseUrl).getMember('zhangsan')).toEqual(member);
    },
  );

  test('the app with its visible range, and empty ranges where WeCom leaves them out', async () => {
    await using server = await startWecomServer({ 'agent/get': replyJson(answer('agent_get')) });
    const { errcode: _errcode, errmsg: _errmsg, ...agent } = answer('agent_get');
    expect(await createTestClient(server.baseUrl).getAgent(1000005)).toEqual(agent);
    await using bare = await startWecomServer({
      'agent/get': replyJson({ errcode: 0, agentid: '7', allow_tags: null }),
    });
    expect(await createTestClient(bare.baseUrl).getAgent(7)).toEqual({
      agentid: 7,
      allow_userinfos: { user: [] },
      allow_partys: { partyid: [] },
      allow_tags: { tagid: [] },
    });
  });

  test('the members and departments of a tag', async () => {
    await using server = await startWecomServer({ 'tag/get': replyJson(answer('tag_get')) });
    expect(await createTestClient(server.baseUrl).getTag(1)).toEqual({
      userlist: [{ userid: 'zhangsan' }],
      partylist: [2],
    });
  });

  test('empty lists of a tag and of an app that are written as null or as another kind of nothing', async () => {
    await using server = await startWecomServer({
      'tag/get': replyJson({ errcode: 0, userlist: null, partylist: null }),
      'agent/get': replyJson({ errcode: 0, allow_userinfos: [], allow_partys: null, allow_tags: [] }),
    });
    const client = createTestClient(server.baseUrl);
    expect(await client.getTag(1)).toEqual({ userlist: [], partylist: [] });
    expect(await client.getAgent(1000005)).toEqual({
      allow_userinfos: { user: [] },
      allow_partys: { partyid: [] },
      allow_tags: { tagid: [] },
    });
  });

  test('userids and department names that are numbers, and departments without a name', async () => {
    await using server = await startWecomServer({
      'user/list': replyJson({ errcode: 0, userlist: [{ userid: 10_086 }] }),
      'department/list': replyJson({
        errcode: 0,
        department: [
          { id: 1, name: 2024 },
          { id: 2, name: null },
        ],
      }),
    });
    const client = createTestClient(server.baseUrl);
    expect(await client.listMembers(1)).toEqual([{ userid: '10086' }]);
    expect(await client.listDepartments()).toEqual([{ id: 1, name: '2024' }, { id: 2 }]);
  });
});

describe('how the client calls', () => {
  test('sends the token in the query string and no id when everything visible is asked for', async () => {
    await using server = await startWecomServer({
      'department/list': replyJson(answer('department_list_full')),
    });
    await createTestClient(`${server.baseUrl}/`).listDepartments();
    expect(server.urls.map((url) => url.pathname)).toEqual(['/cgi-bin/gettoken', '/cgi-bin/department/list']);
    expect(Object.fromEntries(server.urls[0]!.searchParams)).toEqual({
      corpid: 'ww1234567890abcdef',
      corpsecret: TEST_SECRET,
    });
    expect(Object.fromEntries(server.urls[1]!.searchParams)).toEqual({ access_token: TEST_TOKEN });
  });

  test('names the department, member, tag and app in WeCom’s parameters', async () => {
    await using server = await startWecomServer({
      'user/list': replyJson(answer('user_list_empty_dept')),
      'user/get': replyJson(answer('user_get_new_app')),
      'tag/get': replyJson(answer('tag_get')),
      'agent/get': replyJson(answer('agent_get')),
      'department/list': replyJson(answer('department_list_full')),
    });
    const client = createTestClient(server.baseUrl);
    await client.listMembers(2);
    await client.getMember('a&b=c@d.e');
    await client.getTag(3);
    await client.getAgent(1000005);
    await client.listDepartments(9);
    const sent = server.urls
      .slice(1)
      .map((url) => [...url.searchParams].filter(([name]) => name !== 'access_token'));
    expect(sent).toEqual([
      [['department_id', '2']],
      [['userid', 'a&b=c@d.e']],
      [['tagid', '3']],
      [['agentid', '1000005']],
      [['id', '9']],
    ]);
  });

  test('refuses a base URL or proxy URL that is not http, without repeating it', () => {
    const settings = { corpId: 'ww1', secret: 's' };
    expect(() => createWecomClient({ ...settings, baseUrl: 'ftp://x' })).toThrow(
      'baseUrl must begin with http',
    );
    expect(() => createWecomClient({ ...settings, proxyUrl: 'user:pw@proxy' })).toThrow(
      /^proxyUrl must begin with http/,
    );
    expect(() => createWecomClient({ ...settings, proxyUrl: 'nonsense' })).toThrow(/^proxyUrl is not a URL$/);
    expect(() => createWecomClient({ ...settings, proxyUrl: 'http://me:50%off@proxy:1' })).toThrow(
      /^proxyUrl has a "%" in its credentials that must be written as %25$/,
    );
  });
});

describe('errcode before anything else', () => {
  test.each(vectors.errors.filter(({ api }) => api === 'any' || api === 'user/list' || api === 'user/get'))(
    'errcode $body.errcode is an error and never an empty list',
    async ({ body }) => {
      await using server = await startWecomServer({ 'user/list': replyJson({ userlist: [], ...body }) });
      const error = await catchWecomError(createTestClient(server.baseUrl).listMembers(1));
      expect(error).toMatchObject({ name: 'WecomApiError', errcode: body.errcode, endpoint: 'user/list' });
    },
  );

  test('an errcode counts with any HTTP status', async () => {
    await using server = await startWecomServer({
      'user/list': replyJson({ errcode: 60011, errmsg: 'no privilege' }, 404),
    });
    const error = await catchWecomError(createTestClient(server.baseUrl).listMembers(1));
    expect(error).toMatchObject({ errcode: 60011, kind: 'scope' });
  });

  test('an errcode that is absent or written as a string is understood', async () => {
    await using server = await startWecomServer({
      'user/list': replyJson({ userlist: [] }),
      'user/get': replyJson({ errcode: '60111', errmsg: 'userid not found' }),
    });
    const client = createTestClient(server.baseUrl);
    expect(await client.listMembers(1)).toEqual([]);
    expect(await catchWecomError(client.getMember('x'))).toMatchObject({ errcode: 60111, kind: 'gone' });
  });

  test('hint and address are taken out of the errmsg', async () => {
    const { body } = vectors.errors.find((vector) => vector.body.errcode === 60020)!;
    await using server = await startWecomServer({ 'agent/get': replyJson(body) });
    expect(await catchWecomError(createTestClient(server.baseUrl).getAgent(1))).toMatchObject({
      kind: 'ip',
      errmsg: 'not allow to access from your ip',
      hint: '1689001883303762673458360',
      egressIp: '203.0.113.7',
    });
  });
});

describe('answers that are not what WeCom documents', () => {
  test.each([
    ['department/list without its list', { errcode: 0, errmsg: 'ok' }, 'department'],
    ['a list that is null', { errcode: 0, department: null }, 'department'],
    [
      'an id that is zero',
      {
        department: [
          { id: 1, name: 'a' },
          { id: 0, name: 'b' },
        ],
      },
      'department[1].id',
    ],
    ['an id beyond exact integers', { department: [{ id: 2 ** 53, name: 'a' }] }, 'department[0].id'],
    ['a department without an id', { department: [{ name: 'a' }] }, 'department[0].id'],
    ['an errcode that is no number', { errcode: 'ok', department: [] }, 'errcode'],
    ['a bare list', [], ''],
  ])('%s is a shape error that names the field', async (_fact, body, field) => {
    await using server = await startWecomServer({ 'department/list': replyJson(body) });
    const error = await catchWecomError(createTestClient(server.baseUrl).listDepartments());
    expect(error).toMatchObject({ name: 'WecomResponseError', kind: 'shape', field });
  });

  test('a member without userid fails the whole list and its other fields stay out of the text', async () => {
    const userlist = [{ userid: 'a' }, { userid: '', name: '王五', mobile: '13800000000' }];
    await using server = await startWecomServer({ 'user/list': replyJson({ errcode: 0, userlist }) });
    const error = await catchWecomError(createTestClient(server.baseUrl).listMembers(1));
    expect(error).toMatchObject({ kind: 'shape', field: 'userlist[1].userid' });
    expect(error.message).not.toMatch(/王五|138/);
  });

  test('tag/get without its lists is a shape error', async () => {
    await using server = await startWecomServer({
      'tag/get': replyJson({ errcode: 0, tagname: 'a', userlist: [] }),
    });
    expect(await catchWecomError(createTestClient(server.baseUrl).getTag(1))).toMatchObject({
      field: 'partylist',
    });
  });
});

describe('optional fields of an unexpected type', () => {
  test('are converted, or count as not visible, and are named in the event', async () => {
    const malformed = {
      userid: 'a',
      position: 5,
      status: '1',
      gender: 2,
      department: ['1', 2],
      order: [],
      is_leader_in_dept: [true, 0],
      main_department: 'headquarters',
      extattr: { attrs: [{ name: '爱好', value: '旅游' }] },
      mobile: null,
      direct_leader: 'lisi',
      constructor: 'kept',
    };
    const events: CallEvent[] = [];
    await using server = await startWecomServer({
      'user/list': replyJson({ errcode: 0, userlist: [malformed] }),
    });
    const client = createTestClient(server.baseUrl, { onCall: (event) => events.push(event) });
    expect(await client.listMembers(1)).toEqual([
      {
        userid: 'a',
        position: '5',
        status: 1,
        gender: '2',
        department: [1, 2],
        order: [],
        is_leader_in_dept: [1, 0],
        extattr: { attrs: [{ name: '爱好', value: '旅游' }] },
        constructor: 'kept',
      },
    ]);
    expect(events.at(-1)).toMatchObject({
      outcome: 'ok',
      unexpectedFields: ['main_department', 'direct_leader'],
    });
  });

  test('department ids may be decimal strings', async () => {
    const department = [{ id: '3', name: '研发', parentid: '1', order: '4294967295' }];
    await using server = await startWecomServer({ 'department/list': replyJson({ errcode: 0, department }) });
    expect(await createTestClient(server.baseUrl).listDepartments()).toEqual([
      { id: 3, name: '研发', parentid: 1, order: 4294967295 },
    ]);
  });
});
