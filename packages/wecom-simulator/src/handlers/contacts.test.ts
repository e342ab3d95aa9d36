import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, startTestClient, type TestClient } from '../test-client.ts';

const idsOf = (answer: Answer): number[] => answer.department.map(({ id }: Answer) => id).sort();
const useridsOf = (answer: Answer): string[] => answer.userlist.map(({ userid }: Answer) => userid);

let client: TestClient;
beforeEach(async () => {
  client = await startTestClient();
});
afterEach(() => client.simulator.close());

describe('department calls', () => {
  it('give the whole tree without an id and one branch with it', async () => {
    expect(idsOf(await client.call('department/list'))).toHaveLength(40);
    expect(idsOf(await client.call('department/list', { id: 113 }))).toEqual([113, 1131, 1132]);
    const branch = await client.call('department/simplelist', { id: 113 });
    expect(branch.department_id).toHaveLength(3);
    expect(Object.keys(branch.department_id[0])).toEqual(['id', 'parentid', 'order']);
  });

  it('give the visible forest of a partial scope, whose tops have parents that are not in the list', async () => {
    client.app.scope = { partyIds: [22, 113], userids: [], tagIds: [] };
    const answer = await client.call('department/list');
    expect(idsOf(answer)).toEqual([113, 1131, 1132, 22, 221, 222, 223].sort());
    const parents = new Map(answer.department.map(({ id, parentid }: Answer) => [id, parentid]));
    expect([parents.get(22), parents.get(113)]).toEqual([3, 11]);
  });

  it('refuse a department out of scope with 60011 and an unknown one with 60003', async () => {
    client.app.scope = { partyIds: [22], userids: [], tagIds: [] };
    expect(await client.call('department/list', { id: 1 })).toMatchObject({ errcode: 60011, department: [] });
    expect((await client.call('department/get', { id: 21 })).errcode).toBe(60011);
    expect((await client.call('department/get', { id: 987_654 })).errcode).toBe(60003);
    expect((await client.call('department/get', { id: 'x' })).errcode).toBe(60123);
    expect((await client.call('department/get')).errcode).toBe(41019);
    expect((await client.call('department/get', { id: 22 })).department.name).toBe('华南大区');
  });

  it('name only leaders that the app may see', async () => {
    client.simulator.corp.putDepartment({
      ...client.simulator.corp.departments.get(22)!,
      leaders: ['QiuHai', 'linyi'],
    });
    client.app.scope = { partyIds: [22], userids: [], tagIds: [] };
    const answer = await client.call('department/get', { id: 22 });
    expect(answer.department.department_leader).toEqual(['QiuHai']);
  });

  it('follow a changed scope at once', async () => {
    await client.call('department/list');
    await client.control('set-scope', { agentid: client.app.agentid, partyIds: [113] });
    expect(idsOf(await client.call('department/list'))).toHaveLength(3);
    await client.control('new-department', { name: '新小组', parentid: 113 });
    expect(idsOf(await client.call('department/list'))).toHaveLength(4);
  });

  it('show a broken corp as it is: orphans and cycles stay in the list', async () => {
    await client.control('put-raw-department', { id: 900, name: '甲', parentid: 901, order: 0 });
    await client.control('put-raw-department', { id: 901, name: '乙', parentid: 900, order: 0 });
    await client.control('put-raw-department', { id: 902, name: '孤', parentid: 77_777, order: 0 });
    expect(idsOf(await client.call('department/list'))).toEqual(expect.arrayContaining([900, 901, 902]));
    expect(idsOf(await client.call('department/list', { id: 900 }))).toEqual([900, 901]);
  });
});

describe('user/list and user/simplelist', () => {
  it('need a department, and refuse out of scope and unknown ones with an empty list', async () => {
    client.app.scope = { partyIds: [22], userids: [], tagIds: [] };
    for (const path of ['user/list', 'user/simplelist']) {
      expect(await client.call(path)).toMatchObject({ errcode: 41019, userlist: [] });
      expect(await client.call(path, { department_id: 1 })).toMatchObject({ errcode: 60011, userlist: [] });
      expect(await client.call(path, { department_id: 98_765 })).toMatchObject({
        errcode: 60003,
        userlist: [],
      });
    }
  });

  it('give direct members only and ignore fetch_child', async () => {
    const plain = await client.call('user/list', { department_id: 2 });
    const withChildren = await client.call('user/list', { department_id: 2, fetch_child: 1 });
    expect(plain.userlist).toHaveLength(5);
    expect(withChildren).toEqual(plain);
  });

  it('give an empty list for an empty department', async () => {
    expect(await client.call('user/list', { department_id: 46 })).toEqual({
      errcode: 0,
      errmsg: 'ok',
      userlist: [],
    });
  });

  it('list a member once in every department, members of every status included', async () => {
    for (const department_id of [21, 22, 23, 24, 32]) {
      expect(useridsOf(await client.call('user/list', { department_id }))).toContain('five.hats');
    }
    const answer = await client.call('user/list', { department_id: 23 });
    expect(answer.userlist.find(({ userid }: Answer) => userid === 'suspended.he').status).toBe(2);
  });
});

describe('user/get', () => {
  it('finds a member without case and answers the userid as it was given', async () => {
    expect((await client.call('user/get', { userid: 'CHENXING' })).userid).toBe('ChenXing');
    expect((await client.call('user/get')).errcode).toBe(41009);
  });

  it('answers unknown and out of scope alike, with empty arrays', async () => {
    client.app.scope = { partyIds: [22], userids: [], tagIds: [] };
    const arrays = { department: [], order: [], is_leader_in_dept: [], direct_leader: [] };
    expect(await client.call('user/get', { userid: 'nobody' })).toMatchObject({ errcode: 60111, ...arrays });
    expect(await client.call('user/get', { userid: 'linyi' })).toMatchObject({ errcode: 60111, ...arrays });
  });

  it('lists only visible departments, aligned, and hides an invisible main department and leader', async () => {
    client.app.scope = { partyIds: [31], userids: [], tagIds: [] };
    const part = await client.call('user/get', { userid: 'Zhao_Gang' });
    expect(part).toMatchObject({
      department: [31],
      order: [60],
      is_leader_in_dept: [1],
      main_department: 31,
    });
    expect(part.direct_leader).toEqual([]);
    client.app.scope = { partyIds: [24], userids: [], tagIds: [] };
    const other = await client.call('user/get', { userid: 'ouyang.na' });
    expect(other).toMatchObject({ department: [24], order: [5], is_leader_in_dept: [0] });
    expect(other).not.toHaveProperty('main_department');
  });

  it('shows a member who is in scope by name without any department', async () => {
    client.app.scope = { partyIds: [], userids: ['LINYI'], tagIds: [] };
    const answer = await client.call('user/get', { userid: 'linyi' });
    expect(answer).toMatchObject({ errcode: 0, department: [], order: [], is_leader_in_dept: [] });
    expect((await client.call('department/list')).department).toEqual([]);
  });

  it('leaves sensitive fields out for new apps, or gives them empty, and gives them to old apps', async () => {
    const fresh = await client.call('user/get', { userid: 'linyi' });
    expect(fresh.gender).toBe('0');
    expect(fresh).not.toHaveProperty('mobile');
    client.app.unavailableFields = 'empty';
    const empty = await client.call('user/get', { userid: 'linyi' });
    expect(empty).toMatchObject({
      gender: '0',
      mobile: '',
      email: '',
      biz_mail: '',
      avatar: '',
      address: '',
    });
    client.app.createdAfter20220620 = false;
    const old = await client.call('user/get', { userid: 'linyi' });
    expect(old.mobile).toMatch(/^1990\d{7}$/);
    expect(['1', '2']).toContain(old.gender);
    expect(old.thumb_avatar).toMatch(/\/100$/);
  });

  it('shows what a broken member is said to answer', async () => {
    const linyi = client.simulator.corp.findMember('linyi')!;
    client.simulator.corp.putMember({
      ...linyi,
      extras: { wireOverride: { is_leader_in_dept: [], status: 99 } },
    });
    expect(await client.call('user/get', { userid: 'linyi' })).toMatchObject({
      is_leader_in_dept: [],
      status: 99,
    });
  });
});

describe('tag calls', () => {
  it('show all tags, and of a tag only what is visible', async () => {
    expect((await client.call('tag/list')).taglist).toHaveLength(2);
    client.app.scope = { partyIds: [24], userids: [], tagIds: [] };
    const answer = await client.call('tag/get', { tagid: 1 });
    expect(answer.userlist).toEqual([{ userid: 'happy.sun', name: '孙悦😀' }]);
    expect(await client.call('tag/get', { tagid: 2 })).toMatchObject({ partylist: [] });
  });

  it('make members and departments of a tag in scope visible', async () => {
    client.app.scope = { partyIds: [], userids: [], tagIds: [2] };
    expect(idsOf(await client.call('department/list'))).toEqual([15, 213]);
    expect((await client.call('user/get', { userid: 'five.hats' })).department).toEqual([]);
    expect((await client.call('tag/get', { tagid: 2 })).partylist).toEqual([15, 213]);
  });

  it('refuse a missing tag with 41017 and an unknown one with 40068', async () => {
    expect(await client.call('tag/get')).toMatchObject({ errcode: 41017, userlist: [], partylist: [] });
    expect((await client.call('tag/get', { tagid: 9 })).errcode).toBe(40068);
  });
});

describe('agent calls', () => {
  it('show only the own app of the token', async () => {
    const { agentid } = client.app;
    client.app.scope = { partyIds: [22], userids: ['linyi'], tagIds: [1] };
    expect(await client.call('agent/get', { agentid })).toMatchObject({
      agentid,
      close: 0,
      allow_partys: { partyid: [22] },
      allow_userinfos: { user: [{ userid: 'linyi' }] },
      allow_tags: { tagid: [1] },
    });
    expect((await client.call('agent/list')).agentlist).toHaveLength(1);
  });

  it('refuse another app with 301002, an unknown or malformed agentid with 40056, none with 41011', async () => {
    const errcodeOf = async (parameters: Record<string, string | number>) =>
      (await client.call('agent/get', parameters)).errcode;
    expect(await errcodeOf({ agentid: client.contactSync.agentid })).toBe(301002);
    expect(await errcodeOf({ agentid: 1_000_099 })).toBe(40056);
    expect(await errcodeOf({ agentid: 'abc' })).toBe(40056);
    expect(await errcodeOf({})).toBe(41011);
  });
});
