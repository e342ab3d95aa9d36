import { type DepartmentTreeNode, endpoints } from '@orgmirror/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyCounts } from '../support/read-directory.ts';
import { addDepartment, createSmallCorp, forceDepartment, hire } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const corp = createSmallCorp(
  [
    [1, 0],
    [2, 1],
  ],
  [
    ['ann', 1],
    ['bob', 2],
  ],
);
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp } });
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
});
afterAll(() => server.stop());

const blankMember = (userid: string) => {
  const member = corp.findMember(userid);
  if (member === undefined) throw new Error(`There is no member ${userid}.`);
  corp.putMember({ ...member, extras: { ...member.extras, wireOverride: { name: '', open_userid: '' } } });
};
const listNames = async () => {
  const { items } = await server.api.call(endpoints.listMembers);
  return Object.fromEntries(items.map(({ wecomUserId, name }) => [wecomUserId, name]));
};
const listDepartmentNames = async () => {
  const { items } = await server.api.call(endpoints.getDepartmentTree);
  const flatten = (nodes: readonly DepartmentTreeNode[]): [number, string][] =>
    nodes.flatMap(({ id, name, children }) => [[id, name] as [number, string], ...flatten(children)]);
  return Object.fromEntries(flatten(items));
};

describe('names that WeCom gives as empty texts', () => {
  it('blank no known name, for some or for all, and the run warns', async () => {
    blankMember('ann');
    forceDepartment(corp, 2, { name: '' });
    const some = await server.sync();
    expect(some).toMatchObject({ status: 'succeeded', complete: true });
    expect(some.counts).toEqual(onlyCounts({}));
    expect(some.warnings).toMatchObject([
      { code: 'department.blank_name', count: 1, examples: [{ key: '2' }] },
      { code: 'member.blank_name', count: 1, examples: [{ key: 'ann' }] },
    ]);

    blankMember('bob');
    forceDepartment(corp, 1, { name: '' });
    const all = await server.sync();
    expect(all.counts).toEqual(onlyCounts({}));
    expect(all.warnings.map(({ code, count }) => [code, count])).toEqual([
      ['department.blank_name', 2],
      ['member.blank_name', 2],
    ]);
    expect(await listNames()).toEqual({ ann: '成员ann', bob: '成员bob' });
    expect(await listDepartmentNames()).toEqual({ 1: '部门1', 2: '部门2' });
  });

  it('show a newcomer by the userid, a new department by the id, and both can be found by it', async () => {
    hire(corp, 'Cai', 1);
    blankMember('Cai');
    addDepartment(corp, 3, 1);
    forceDepartment(corp, 3, { name: '' });
    expect(await server.sync()).toMatchObject({ status: 'succeeded', counts: { members: { create: 1 } } });
    expect(await listNames()).toMatchObject({ Cai: 'Cai' });
    expect(await listDepartmentNames()).toMatchObject({ 3: '3' });
    const { items } = await server.api.call(endpoints.listMembers, { query: { q: 'cai' } });
    expect(items.map(({ wecomUserId }) => wecomUserId)).toEqual(['Cai']);
    expect((await server.sync()).counts).toEqual(onlyCounts({}));
  });

  it('blank nothing in the check of one member either', async () => {
    const check = await server.api.call(endpoints.checkMember, {
      params: { wecomUserId: 'ann' },
      body: { apply: true },
    });
    expect(check.changes).toEqual([]);
    expect(await listNames()).toMatchObject({ ann: '成员ann' });
  });
});
