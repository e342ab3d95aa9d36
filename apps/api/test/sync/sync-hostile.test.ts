import { type DepartmentTreeNode, endpoints, type SyncRun } from '@orgmirror/contracts';
import { type Corp, createCorp, type Member, type MemberExtras } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { onlyCounts, readStoredDirectory } from '../support/read-directory.ts';
import { createSmallCorp, forceDepartment } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

let server: TestServer;
let sql: Sql;
beforeAll(async () => {
  server = await startTestServer();
  sql = openSql(server.database);
});
afterAll(() => server.stop());

/** Mirrors the corp, checks that the lists still answer and that a second run writes nothing. */
async function mirror(corp: Corp): Promise<SyncRun> {
  await server.beginAgain(corp);
  const run = await server.sync();
  expect(run).toMatchObject({ status: 'succeeded', complete: true, error: null });
  expect((await server.sync()).counts).toEqual(onlyCounts({}));
  expect(await listAllMembers()).toHaveLength(corp.members.size);
  return run;
}

async function listAllMembers() {
  const items = [];
  let cursor: string | null = null;
  do {
    const page: { items: { wecomUserId: string }[]; nextCursor: string | null } = await server.api.call(
      endpoints.listMembers,
      { query: { limit: 200, ...(cursor !== null && { cursor }) } },
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

const readTree = async () => (await server.api.call(endpoints.getDepartmentTree)).items;
const outline = (nodes: readonly DepartmentTreeNode[]): unknown[] =>
  nodes.map(({ id, children }) => (children.length > 0 ? [id, outline(children)] : id));
const warningsOf = (run: SyncRun) => run.warnings.map(({ code, count }) => `${code} ${count}`).sort();
const putMember = (corp: Corp, userid: string, extras: MemberExtras = {}, changes: Partial<Member> = {}) =>
  corp.putMember({
    userid,
    name: `成员${userid}`,
    memberships: [{ departmentId: 1, order: 0, isLeader: false }],
    mainDepartmentId: 1,
    position: '',
    status: 1,
    directLeaders: [],
    extras,
    ...changes,
  });

describe('a tree that is none', () => {
  it('stands orphans, cycles and self-parents as roots, with a warning each', async () => {
    const corp = createSmallCorp(
      [
        [1, 0],
        [2, 1],
        [5, 99],
        [6, 5],
      ],
      [
        ['ann', 2],
        ['bob', 6],
      ],
    );
    for (const id of [10, 11, 12, 20])
      corp.putDepartment({ id, name: `部门${id}`, parentid: 1, order: 0, leaders: [] });
    forceDepartment(corp, 10, { parentid: 12 });
    forceDepartment(corp, 11, { parentid: 10 });
    forceDepartment(corp, 12, { parentid: 11 });
    forceDepartment(corp, 20, { parentid: 20 });
    const run = await mirror(corp);
    expect(warningsOf(run)).toEqual(['department.cycle 2', 'department.orphan 1']);
    expect(outline(await readTree())).toEqual([[1, [2]], [5, [6]], [10, [[11, [12]]]], 20]);
  });

  it('takes departments and members that come twice once', async () => {
    const corp = createSmallCorp(
      [
        [1, 0],
        [2, 1],
      ],
      [['Ann', 1, 2]],
    );
    corp.putDepartment({
      id: 3,
      name: '另一个',
      parentid: 1,
      order: 5,
      leaders: [],
      wireOverride: { id: 2 },
    });
    putMember(corp, 'twin', { wireOverride: { userid: 'ANN' } });
    await server.beginAgain(corp);
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect(warningsOf(run)).toContain('department.duplicate 1');
    expect(warningsOf(run)).toContain('member.duplicate_spelling 1');
    const { departments, members } = await readStoredDirectory(sql);
    expect(departments.map(({ id }) => id)).toEqual([1, 2]);
    expect(members.map(({ userId }) => userId)).toEqual(['ANN']);
    expect((await server.sync()).counts).toEqual(onlyCounts({}));
  });

  it('holds a chain of 1,000 departments', { timeout: 240_000 }, async () => {
    const chain = Array.from({ length: 1000 }, (_, index): [number, number] => [index + 1, index]);
    await mirror(createSmallCorp(chain, [['deep', 1000]]));
    let depth = 0;
    let nodes = await readTree();
    for (; nodes.length > 0; nodes = nodes[0]!.children) depth++;
    expect(depth).toBe(1000);
    const deep = await server.api.call(endpoints.getMember, { params: { wecomUserId: 'deep' } });
    expect(deep.departments[0]?.path).toHaveLength(1000);
    const { total } = await server.api.call(endpoints.listMembers, {
      query: { departmentId: 1, recursive: 'true' as never }, // the contract's type is that after parsing
    });
    expect(total).toBe(1);
  });

  it('holds a chain of departments with the longest ids', async () => {
    const first = 999_999_999_990_000;
    const ids = Array.from({ length: 100 }, (_, index) => first + ((index * 7919) % 991));
    const chain = ids.map((id, index): [number, number] => [id, ids[index - 1] ?? 1]);
    await mirror(createSmallCorp([[1, 0], ...chain], [['deep', ids.at(-1) ?? 1]]));
    const deep = await server.api.call(endpoints.getMember, { params: { wecomUserId: 'deep' } });
    expect(deep.departments[0]?.path).toHaveLength(101);
  });

  it('keeps ids above 2^31 and of 15 digits, and orders up to 2^32-1', async () => {
    const corp = createSmallCorp(
      [
        [1, 0],
        [2_147_483_648, 1],
        [999_999_999_999_999, 2_147_483_648],
      ],
      [],
    );
    forceDepartment(corp, 2_147_483_648, { order: 4_294_967_295 });
    putMember(
      corp,
      'ann',
      {},
      {
        memberships: [{ departmentId: 999_999_999_999_999, order: 4_294_967_295, isLeader: true }],
        mainDepartmentId: 999_999_999_999_999,
      },
    );
    await mirror(corp);
    expect(outline(await readTree())).toEqual([[1, [[2_147_483_648, [999_999_999_999_999]]]]]);
    const ann = await server.api.call(endpoints.getMember, { params: { wecomUserId: 'ann' } });
    expect(ann.departments).toMatchObject([
      { id: 999_999_999_999_999, sortOrder: 4_294_967_295, isLeader: true, isMain: true },
    ]);
    const { items } = await server.api.call(endpoints.listDepartments, {
      query: { parentId: 2_147_483_648 },
    });
    expect(items.map(({ id }) => id)).toEqual([999_999_999_999_999]);
  });
});

describe('members that nobody expected', () => {
  const corpOfOne = () =>
    createSmallCorp(
      [
        [1, 0],
        [2, 1],
      ],
      [],
    );

  it('are kept where they are listed, with misaligned arrays, unknown departments, none at all and an unknown status', async () => {
    const corp = corpOfOne();
    putMember(corp, 'short', {
      wireOverride: { department: [1, 2], order: [1], is_leader_in_dept: [1, 0, 1] },
    });
    putMember(corp, 'empty', { wireOverride: { department: [1], order: [], is_leader_in_dept: [] } });
    putMember(corp, 'lost', { wireOverride: { department: [77], main_department: 77 } });
    putMember(corp, 'nowhere', { wireOverride: { department: [] } });
    putMember(corp, 'silent', { wireOverride: { department: null, order: null, status: null, name: null } });
    putMember(corp, 'odd', { wireOverride: { status: 3, department: [1, 1] } });
    putMember(corp, 'vast', { wireOverride: { status: 4_294_967_296, order: [999_999_999_999_999] } });
    const run = await mirror(corp);
    expect(warningsOf(run)).toEqual([
      'member.misaligned_arrays 2',
      'member.unknown_status 1',
      'membership.duplicate 1',
      'membership.unknown_department 1',
    ]);
    const { members } = await readStoredDirectory(sql);
    const places = Object.fromEntries(
      members.map(({ key, memberships }) => [key, memberships.map(({ departmentId }) => departmentId)]),
    );
    expect(places).toEqual({
      short: [1, 2],
      empty: [1],
      lost: [1],
      nowhere: [1],
      silent: [1],
      odd: [1],
      vast: [1],
    });
    expect(members.find(({ key }) => key === 'odd')?.status).toBe(3);
  });

  it.each([null, [], '1,2', [2, 'x']])(
    'stay in both departments whose lists name them, with the ids %j',
    async (ids) => {
      const corp = corpOfOne();
      const memberships = [1, 2].map((departmentId) => ({ departmentId, order: 0, isLeader: false }));
      putMember(corp, 'both', {}, { memberships });
      await mirror(corp);
      putMember(
        corp,
        'both',
        { wireOverride: { department: ids, order: [], is_leader_in_dept: [] } },
        { memberships },
      );
      const run = await server.sync();
      expect([run.complete, warningsOf(run), run.counts]).toEqual([true, [], onlyCounts({})]);
    },
  );

  it('have names with NUL, half characters, 5,000 characters and markup', async () => {
    const corp = corpOfOne();
    const long = '长名字Ab'.repeat(1000);
    const names: Record<string, string> = {
      nul: 'a\0b',
      half: 'x\ud800y',
      long,
      markup: `<img src=x onerror=alert(1)>'";--%_\\`,
      emoji: '👩‍👩‍👧‍👦家庭',
      rtl: '\u202Egnp.exe',
      blank: '   ',
    };
    for (const [userid, name] of Object.entries(names))
      putMember(corp, userid, { wireOverride: { name, alias: name, position: name } });
    forceDepartment(corp, 2, { name: `\0${long}` });
    await mirror(corp);
    const { departments, members } = await readStoredDirectory(sql);
    expect(departments[1]?.name).toBe(`\uFFFD${long}`);
    expect(Object.fromEntries(members.map(({ key, name }) => [key, name]))).toEqual({
      ...names,
      nul: 'a\uFFFDb',
      half: 'x\uFFFDy',
    });
    for (const q of ['%', '_', `'`, '\\', '<img'])
      expect((await server.api.call(endpoints.listMembers, { query: { q } })).total).toBeLessThanOrEqual(7);
  });

  it('have userids with slashes, quotes, percents, blanks and other scripts', async () => {
    const corp = corpOfOne();
    const userids = [
      'a/b',
      '../../x',
      `o'neil "x"`,
      '100%',
      '%2f',
      'a b',
      'ß',
      'İstanbul',
      '成员',
      'a\\b',
      '👍',
      'constructor',
      '__proto__',
      '{a,b}',
      'null',
    ];
    for (const userid of userids) putMember(corp, userid);
    await mirror(corp);
    for (const wecomUserId of userids) {
      const member = await server.api.call(endpoints.getMember, { params: { wecomUserId } });
      expect(member.wecomUserId).toBe(wecomUserId);
      expect(member.history.length).toBeGreaterThan(0);
    }
  });

  it('have a userid three times as long as WeCom allows', async () => {
    const corp = corpOfOne();
    const userid = '成员'.repeat(100);
    putMember(corp, userid);
    await mirror(corp);
    const member = await server.api.call(endpoints.getMember, { params: { wecomUserId: userid } });
    expect(member.wecomUserId).toBe(userid);
  });

  it('have extended attributes and profiles in the shapes of every edition', async () => {
    const corp = corpOfOne();
    const attrs: Record<string, unknown> = {
      official: {
        attrs: [
          { type: 0, name: '工号', text: { value: 'A1' } },
          { type: 1, name: '主页', web: { url: 'https://a.example', title: 't' } },
          { type: 2, name: '小程序', miniprogram: { appid: 'wx1', title: 'm' } },
        ],
      },
      privately: {
        attrs: [
          { name: '工号', value: 'B2' },
          { name: '职级', value: 7 },
        ],
      },
      both: { attrs: [{ type: 0, name: '工号', value: 'C3', text: { value: 'C3' } }] },
      empty: { attrs: [] },
      nulled: { attrs: null },
      listed: [],
      deep: { attrs: [{ name: 'x', value: 'y', extra: { nul: '\0', 'k\0': [1, [2, ['\ud800']]] } }] },
      wrong: { attrs: [{ value: 'nameless' }] },
    };
    for (const [userid, extattr] of Object.entries(attrs))
      putMember(corp, userid, { wireOverride: { extattr } });
    putMember(corp, 'profile', {
      wireOverride: {
        external_profile: { external_corp_name: '星\0辰', external_attr: [{ type: 9 }] },
        gender: 1,
        mobile: 13_800_000_000,
        direct_leader: [7, 'ann'],
        hide_mobile: 'x',
        enable: '1',
        telephone: null,
      },
    });
    await mirror(corp);
    const read = async (wecomUserId: string) =>
      (await server.api.call(endpoints.getMember, { params: { wecomUserId } })).extendedAttributes;
    expect(await read('official')).toMatchObject([
      { name: '工号', type: 'text', value: 'A1' },
      { name: '主页', type: 'web', value: 'https://a.example', title: 't' },
      { name: '小程序', type: 'miniProgram' },
    ]);
    expect(await read('privately')).toMatchObject([
      { name: '工号', value: 'B2' },
      { name: '职级', value: '7' },
    ]);
    expect(await read('empty')).toEqual([]);
    expect(await read('wrong')).toBeNull();
  });
});

describe('an answer full of everything at once', () => {
  it('costs no member their place when it turns odd between two runs', async () => {
    const corp = createCorp();
    for (const [id, parentid] of [
      [1, 0],
      [2, 1],
      [3, 2],
    ] as const)
      corp.putDepartment({ id, name: `部门${id}`, parentid, order: 0, leaders: [] });
    for (let number = 1; number <= 20; number++)
      putMember(
        corp,
        `u${number}`,
        {},
        {
          memberships: [{ departmentId: 1 + (number % 3), order: 0, isLeader: false }],
          mainDepartmentId: 1 + (number % 3),
        },
      );
    await mirror(corp);
    forceDepartment(corp, 2, { parentid: 3 }); // 2 and 3 now form a cycle
    for (const member of [...corp.members.values()])
      corp.putMember({
        ...member,
        extras: { wireOverride: { userid: member.userid.toUpperCase(), order: null, extattr: null } },
      });
    const run = await server.sync();
    expect(run).toMatchObject({
      complete: true,
      counts: { members: { remove: 0, create: 0 }, memberships: { remove: 0 } },
    });
    expect(await listAllMembers()).toHaveLength(20);
  });
});
