import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { createApp, sampleApp, type VisibleScope } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { dumpMirror, onlyCounts, readStoredDirectory } from '../support/read-directory.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const scopeOf = (scope: Partial<VisibleScope>): VisibleScope => ({
  partyIds: [],
  userids: [],
  tagIds: [],
  ...scope,
});

describe('an app that sees only a part of the corp', () => {
  let server: TestServer;
  let sql: Sql;

  beforeAll(async () => {
    server = await startTestServer();
    sql = openSql(server.database);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    const corp = createSmallCorp(
      [
        [1, 0],
        [10, 1],
        [11, 10],
        [12, 11],
        [20, 1],
        [21, 20],
      ],
      [
        ['ann', 1],
        ['bob', 10, 20],
        ['cai', 12],
        ['dan', 21],
        ['eve', 20],
      ],
    );
    corp.putTag({ tagid: 7, tagname: '标签', userids: ['eve', 'cai'], partyIds: [] });
    await server.beginAgain(corp, [createApp({ agentid: sampleApp.agentid, secret: sampleApp.secret })]);
  });

  async function sync(scope: Partial<VisibleScope>): Promise<SyncRun> {
    server.wecom.apps[0]!.scope = scopeOf(scope);
    return server.sync();
  }

  /** `id<parent` of the top departments and below, and `userid@departments` of those present. */
  async function readShape() {
    const { departments, members } = await readStoredDirectory(sql);
    return {
      departments: departments
        .filter(({ presence }) => presence === 'present')
        .map(({ id, parentId }) => `${id}<${parentId ?? '-'}`),
      members: members
        .filter(({ presence }) => presence === 'present')
        .map(({ key, memberships }) => `${key}@${memberships.map(({ departmentId }) => departmentId)}`),
    };
  }

  it('hangs a visible sub-department at the top and keeps what lies below it', async () => {
    const run = await sync({ partyIds: [10] });
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect(await readShape()).toEqual({
      departments: ['10<-', '11<10', '12<11'],
      members: ['bob@10', 'cai@12'],
    });
    const { items } = await server.api.call(endpoints.getDepartmentTree);
    expect(items.map(({ id, totalMemberCount }) => [id, totalMemberCount])).toEqual([[10, 2]]);
    const { items: roots } = await server.api.call(endpoints.listDepartments);
    expect(roots.map(({ id }) => id)).toEqual([10]);
  });

  it('shows several tops whose parents are not visible', async () => {
    await sync({ partyIds: [11, 21] });
    expect((await readShape()).departments).toEqual(['11<-', '12<11', '21<-']);
    const { items } = await server.api.call(endpoints.getDepartmentTree);
    expect(items.map(({ id }) => id)).toEqual([11, 21]);
  });

  it('reads members who are visible one by one or by a tag, each once', async () => {
    const run = await sync({ partyIds: [10], userids: ['dan', 'BOB', 'nobody'], tagIds: [7, 99] });
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect((await readShape()).members).toEqual(['bob@10', 'cai@12', 'dan@', 'eve@']);
    const { total } = await server.api.call(endpoints.listMembers);
    expect(total).toBe(4);
  });

  it('reads departments in a tag with what is below them, also where they are not listed', async () => {
    server.wecom.corp.putTag({ tagid: 8, tagname: '项目', userids: ['ann'], partyIds: [11, 21] });
    for (const hidesTagDepartments of [true, false]) {
      const run = await sync({ partyIds: [20], tagIds: [8], hidesTagDepartments });
      expect(run).toMatchObject({ status: 'succeeded', complete: true });
      expect(run.manifest).toMatchObject({ departmentsAsked: 4, departmentsAnswered: 4 });
      expect(await readShape()).toEqual({
        departments: ['11<-', '12<11', '20<-', '21<20'],
        members: ['ann@', 'bob@20', 'cai@12', 'dan@21', 'eve@20'],
      });
    }
  });

  it('mirrors members without any visible department', async () => {
    const run = await sync({ userids: ['ann'] });
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect(await readShape()).toEqual({ departments: [], members: ['ann@'] });
  });

  it('holds every removal when the visible scope is narrowed', async () => {
    await sync({ partyIds: [1] });
    const run = await sync({ partyIds: [10] });
    expect(run.status).toBe('awaitingApproval');
    expect(run.heldReasons).toContainEqual({ code: 'guard.roots_changed' });
    expect(run.held).toEqual({ departments: 3, members: 3 });
    expect(await readShape()).toEqual({
      departments: ['1<-', '10<-', '11<10', '12<11', '20<1', '21<20'],
      members: ['ann@1', 'bob@10', 'cai@12', 'dan@21', 'eve@20'], // bob is visibly somewhere
    });
    const { items } = await server.api.call(endpoints.getDepartmentTree);
    expect(items.map(({ id, totalMemberCount }) => [id, totalMemberCount])).toEqual([
      [1, 3],
      [10, 2],
    ]);
  });

  it('never shows an empty tree when the app sees nothing any more', async () => {
    await sync({ partyIds: [1] });
    const before = await dumpMirror(sql);
    const run = await sync({});
    expect(run.status).toBe('awaitingApproval');
    expect(run.heldReasons).toContainEqual({ code: 'guard.empty_answer' });
    expect(await dumpMirror(sql)).toEqual(before);
  });

  it('takes back the same rows when the scope is widened again', async () => {
    await sync({ partyIds: [10] });
    const narrow = await readStoredDirectory(sql);
    await sync({ partyIds: [1] });
    const wide = await readStoredDirectory(sql);
    for (const { key, localId } of narrow.members)
      expect(wide.members.find((member) => member.key === key)?.localId).toBe(localId);
    expect((await readShape()).departments).toEqual(['1<-', '10<1', '11<10', '12<11', '20<1', '21<20']);
  });

  it('does not care about the order of the answers', async () => {
    await sync({ partyIds: [1] });
    const before = await dumpMirror(sql);
    const { corp } = server.wecom;
    for (const department of [...corp.departments.values()].reverse()) {
      corp.dropDepartment(department.id);
      corp.putDepartment(department);
    }
    for (const member of [...corp.members.values()].reverse()) {
      corp.dropMember(member.userid);
      corp.putMember(member);
    }
    expect((await sync({ partyIds: [1] })).counts).toEqual(onlyCounts({}));
    expect(await dumpMirror(sql)).toEqual(before);
  });
});
