import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, startTestClient, type TestClient } from '../test-client.ts';

let client: TestClient;
beforeEach(async () => {
  client = await startTestClient();
});
afterEach(() => client.simulator.close());

const getUser = (userid: string) => client.call('user/get', { userid });
const problemOf = async (action: string, input: unknown) => {
  const { status, body } = await client.control(action, input);
  return status === 400 ? Number.parseInt(body.problem, 10) : status;
};
const postForm = (action: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${client.simulator.baseUrl}/simulator/${action}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
    redirect: 'manual',
  });

describe('the edit API', () => {
  it('hires, renames, moves, disables and removes a member, and WeCom answers accordingly', async () => {
    await client.control('hire', {
      userid: 'Ma.Li',
      name: '马丽',
      departmentIds: [111, 13],
      position: '实习生',
    });
    expect(await getUser('ma.li')).toMatchObject({
      userid: 'Ma.Li',
      department: [111, 13],
      main_department: 111,
    });
    await client.control('rename', { userid: 'ma.li', name: '马莉' });
    await client.control('move', { userid: 'ma.li', departmentIds: [13, 14] });
    await client.control('disable', { userid: 'ma.li' });
    expect(await getUser('ma.li')).toMatchObject({
      name: '马莉',
      department: [13, 14],
      main_department: 13,
      status: 2,
    });
    const left = await client.call('user/list', { department_id: 111 });
    expect(left.userlist.map(({ userid }: Answer) => userid)).not.toContain('Ma.Li');
    await client.control('leave', { userid: 'MA.LI' });
    expect((await getUser('Ma.Li')).errcode).toBe(60111);
  });

  it('creates, renames, moves and deletes a department', async () => {
    const created = await client.control('new-department', { name: '数据组', parentid: 11, order: 5 });
    const { id } = created.body.result;
    await client.control('rename-department', { id, name: '数据与算法组' });
    await client.control('move-department', { id, parentid: 14, order: 4_294_967_295 });
    const answer = await client.call('department/get', { id });
    expect(answer.department).toMatchObject({ name: '数据与算法组', parentid: 14, order: 4_294_967_295 });
    await client.control('delete-department', { id });
    expect((await client.call('department/get', { id })).errcode).toBe(60003);
  });

  it('keeps leader lists in step with moves and leavers', async () => {
    await client.control('set-leader', { userid: 'shan.xiong', departmentId: 111, isLeader: true });
    const leadersOf = async (id: number) =>
      (await client.call('department/get', { id })).department.department_leader;
    expect(await leadersOf(111)).toContain('shan.xiong');
    expect((await getUser('shan.xiong')).is_leader_in_dept).toEqual([1]);
    await client.control('move', { userid: 'shan.xiong', departmentIds: [112] });
    expect(await leadersOf(111)).not.toContain('shan.xiong');
    await client.control('leave', { userid: 'QiuHai' });
    expect(await leadersOf(22)).toEqual([]);
    await client.control('hire', { userid: 'QiuHai', name: '仇海', departmentIds: [22] });
    expect(await leadersOf(22)).toEqual([]);
  });

  it('refuses what WeCom refuses', async () => {
    expect(await problemOf('hire', { userid: 'LINYI', name: '重', departmentIds: [2] })).toBe(60102);
    expect(await problemOf('hire', { userid: '-x', name: '重', departmentIds: [2] })).toBe(40003);
    expect(await problemOf('hire', { name: '重', departmentIds: [99_999] })).toBe(60123);
    expect(await problemOf('hire', { name: '重', departmentIds: [] })).toBe(60127);
    expect(await problemOf('leave', { userid: 'nobody' })).toBe(60111);
    expect(await problemOf('new-department', { name: '后端组', parentid: 11 })).toBe(60008);
    expect(await problemOf('new-department', { name: '后端组', parentid: 12 })).toBe(200);
    expect(await problemOf('new-department', { name: 'a<b', parentid: 11 })).toBe(60009);
    expect(await problemOf('new-department', { name: '组', parentid: 99_999 })).toBe(60004);
    expect(await problemOf('move-department', { id: 11, parentid: 1131 })).toBe(60010);
    expect(await problemOf('move-department', { id: 1, parentid: 2 })).toBe(60007);
    expect(await problemOf('delete-department', { id: 1 })).toBe(60007);
    expect(await problemOf('delete-department', { id: 11 })).toBe(60006);
    expect(await problemOf('delete-department', { id: 111 })).toBe(60005);
    expect(await problemOf('rename-department', { id: 99_999, name: '组' })).toBe(60003);
  });

  it('takes names of up to 64 characters', async () => {
    expect(await problemOf('new-department', { name: '组'.repeat(64), parentid: 11 })).toBe(200);
    expect(await problemOf('new-department', { name: '组'.repeat(65), parentid: 11 })).toBe(60001);
    expect(await problemOf('rename', { userid: 'linyi', name: '😀'.repeat(64) })).toBe(200);
    expect(await problemOf('rename', { userid: 'linyi', name: '😀'.repeat(65) })).toBe(60112);
  });

  it('puts in broken members without checking', async () => {
    await client.control('put-raw-member', {
      userid: 'ghost',
      name: '',
      memberships: [{ departmentId: 88_888, order: 0, isLeader: false }],
      mainDepartmentId: 88_888,
      extras: { wireOverride: { department: [88_888], order: null } },
    });
    expect(await getUser('ghost')).toMatchObject({ name: '', department: [88_888], order: null });
  });
});

describe('the control API', () => {
  it('tells what was called and how it was answered', async () => {
    await client.call('tag/list');
    await client.call('tag/get', { tagid: 99 });
    const stats = (await (await fetch(`${client.simulator.baseUrl}/simulator/stats`)).json()) as Answer;
    expect(stats).toMatchObject({
      totalCalls: 2,
      calls: { 'tag/list': 1, 'tag/get': 1 },
      errcodes: { 'tag/list 0': 1, 'tag/get 40068': 1 },
    });
    await client.control('reset-stats', {});
    expect(client.simulator.stats.snapshot().totalCalls).toBe(0);
  });

  it('changes only the fields of an app that were sent', async () => {
    await client.control('set-app', { agentid: client.app.agentid, enabled: false });
    expect(client.app).toMatchObject({ enabled: false, hasContactRights: true, name: '组织镜像' });
    expect((await client.control('set-app', { agentid: 5, enabled: true })).status).toBe(400);
  });

  it('lifts limits that were hit', async () => {
    client.simulator.settings.callsPerMinute = 1;
    await client.call('tag/list');
    expect((await client.call('tag/list')).errcode).toBe(45009);
    await client.control('lift-limits', {});
    expect((await client.call('tag/list')).errcode).toBe(0);
  });

  it('refuses a form that a page of another site posts', async () => {
    const response = await postForm('leave', { userid: 'linyi' }, { 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(403);
    expect((await getUser('linyi')).errcode).toBe(0);
  });

  it('does not know other actions', async () => {
    expect((await postForm('explode', {})).status).toBe(404);
  });
});

describe('the demo page', () => {
  const openPage = async (path: string) => (await fetch(`${client.simulator.baseUrl}${path}`)).text();

  it('takes a form, leads back and tells to sync again', async () => {
    const form = { name: '新人', userid: '', departmentIds: '2，3', position: '', department: '2' };
    const response = await postForm('hire', form);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/?done=hire&department=2']);
    const page = await openPage('/?done=hire&department=2');
    expect(page).toContain('企业微信同步');
    expect(page).toContain('新人');
    expect((await client.call('user/list', { department_id: 3 })).userlist.at(-1).department).toEqual([2, 3]);
  });

  it('shows why a form did not work', async () => {
    const response = await postForm('delete-department', { id: '11' });
    expect(await openPage(response.headers.get('location') ?? '')).toContain('60006');
  });

  it('escapes every name and address part', async () => {
    const page = await openPage(`/?department=112&problem=${encodeURIComponent('<script>1</script>')}`);
    expect(page).toContain('李&lt;b&gt;粗&lt;/b&gt;');
    expect(page).not.toContain('<script');
  });

  it('works without scripts and loads nothing from elsewhere', async () => {
    const response = await fetch(client.simulator.baseUrl);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).not.toMatch(/https?:\/\//);
  });

  it('ends on a corp with a cycle', async () => {
    await client.control('put-raw-department', { id: 900, name: '甲', parentid: 901, order: 0 });
    await client.control('put-raw-department', { id: 901, name: '乙', parentid: 900, order: 0 });
    expect(await openPage('/?department=900')).toContain('甲');
  });
});
