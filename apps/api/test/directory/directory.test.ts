import {
  type Department,
  type DepartmentTreeNode,
  endpoints,
  type MemberSort,
  type MemberSummary,
  type Problem,
  type SortOrder,
} from '@orgmirror/contracts';
import { hireMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../support/create-account.ts';
import { openSql } from '../support/query-database.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const { listDepartments, getDepartmentTree, getDepartmentOutline, listMembers, getMember } = endpoints;
const { searchDepartments } = endpoints;
type MembersQuery = NonNullable<Parameters<typeof collectMembers>[1]>;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const { corp } = server.wecom;
  const [parent] = corp.childrenOf(1);
  for (const [id, order] of [
    [9001, 7],
    [9003, 7],
    [9002, 7],
    [9004, 4_294_967_295],
  ] as const)
    corp.putDepartment({ id, name: `同级 ${id}`, parentid: parent ?? 1, order, leaders: [] });
  for (let at = 0; at < 6; at++)
    corp.putMember({
      userid: `long${at}`,
      name: `${'庄'.repeat(63)}${at}`,
      memberships: [{ departmentId: 9001, order: 5, isLeader: false }],
      mainDepartmentId: 9001,
      position: '',
      status: 1,
      directLeaders: [],
    });
  hireRanked();
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
});
afterAll(() => server.stop());

/** Members of department 9003 who are found by "xq_7", in the order of ranks, then of names; and by "谭木". */
const ranked = [
  ['xq_7', '安一'],
  ['ranked.alias', '李二', 'XQ_7'],
  ['ranked.name', 'Xq_7'],
  ['xq_70', '阿七'],
  ['xq_71', '李七'],
  ['ranked.begins', '魏七', 'xq_7 b'],
  ['xq_75', '甄七'],
  ['a_xq_7', '阿八'],
  ['b-xq_7', '毕八'],
  ['ranked.word', '卓八', 'the xq_7'],
] as const;

function hireRanked(): void {
  const others = [
    ['tan.part', '安谭木'],
    ['tan.begins', '谭木生'],
    ['tan.alias', '祝木', '谭木'],
    ['tan.exact', '谭木'],
    ['xqx7', '不是'],
    ['a.xq7', '安七'],
    ['xq7b', '不七'],
    ['xq7', '周七'],
    ['tan', '郑谈'],
  ] as const;
  for (const [userid, name, alias] of [...ranked, ...others].toReversed()) {
    const member = hireMember(server.wecom.corp, { userid, name, departmentIds: [9003] });
    if (alias !== undefined) server.wecom.corp.putMember({ ...member, extras: { alias } });
  }
}

async function collectDepartments(limit: number, parentId?: number): Promise<Department[]> {
  const found: Department[] = [];
  let cursor: string | null = null;
  do {
    const query = { limit, ...(parentId !== undefined && { parentId }), ...(cursor !== null && { cursor }) };
    const page: { items: Department[]; nextCursor: string | null } = await server.api.call(listDepartments, {
      query,
    });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

async function collectMembers(
  limit: number,
  query: {
    departmentId?: number;
    recursive?: 'true';
    q?: string;
    presence?: 'present' | 'left' | 'all';
    status?: MemberSummary['status'];
    sort?: MemberSort;
    order?: SortOrder;
  } = {},
): Promise<MemberSummary[]> {
  const found: MemberSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: MemberSummary[]; nextCursor: string | null; total: number } = await server.api.call(
      listMembers,
      {
        query: { limit, ...query, ...(cursor !== null && { cursor }) },
      },
    );
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    if (page.nextCursor === null) expect(found).toHaveLength(page.total);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

const search = async (q: string) =>
  (await collectMembers(200, { q })).map(({ wecomUserId }) => wecomUserId).sort();
const flatten = (nodes: DepartmentTreeNode[]): DepartmentTreeNode[] =>
  nodes.flatMap((node) => [node, ...flatten(node.children)]);

/** Userids of the corp's members in a department, and with everything below it. */
function recount(departmentId: number): { own: Set<string>; total: Set<string> } {
  const { corp } = server.wecom;
  const own = new Set([...corp.membersOf(departmentId)].map(({ userid }) => userid));
  const total = new Set(own);
  for (const child of corp.childrenOf(departmentId)) for (const id of recount(child).total) total.add(id);
  return { own, total };
}

describe('departments', () => {
  it('come by level, larger order first, then by id', async () => {
    const levels = [undefined, ...server.wecom.corp.departments.keys()];
    for (const parentId of levels) {
      const siblings = [...server.wecom.corp.departments.values()]
        .filter(({ parentid }) => parentid === (parentId ?? 0))
        .sort((a, b) => b.order - a.order || a.id - b.id);
      const found = await collectDepartments(50, parentId);
      expect(found.map(({ id, name, sortOrder }) => [id, name, sortOrder])).toEqual(
        siblings.map(({ id, name, order }) => [id, name, order]),
      );
    }
  });

  it.each([1, 2, 3, 200])('come whole in pages of %i', async (limit) => {
    const [parentId] = server.wecom.corp.childrenOf(1);
    const whole = await collectDepartments(200, parentId);
    expect(whole.length).toBeGreaterThan(5);
    expect(await collectDepartments(limit, parentId)).toEqual(whole);
  });

  it('are the same as a tree', async () => {
    const { items } = await server.api.call(getDepartmentTree);
    const nodes = flatten(items);
    expect(nodes.length).toBe(server.wecom.corp.departments.size);
    for (const { children, ...node } of [...nodes.slice(0, 8), ...nodes.slice(-8)]) {
      const level = await collectDepartments(200, node.id);
      expect(children.map(({ children: _, ...child }) => child)).toEqual(level);
      expect(node.hasChildren).toBe(level.length > 0);
    }
  });

  it('are the same as columns, each followed by those below it', async () => {
    const { items } = await server.api.call(getDepartmentTree);
    const outline = await server.api.call(getDepartmentOutline);
    const nodes = flatten(items);
    expect(outline).toEqual({
      revision: expect.any(String),
      ids: nodes.map(({ id }) => id),
      depths: nodes.map(({ path }) => path.length - 1),
      names: nodes.map(({ name }) => name),
      namesEn: nodes.map(({ nameEn }) => nameEn),
      leaderUserIds: nodes.map(({ leaderUserIds }) => leaderUserIds),
      memberCounts: nodes.map(({ memberCount }) => memberCount),
      totalMemberCounts: nodes.map(({ totalMemberCount }) => totalMemberCount),
    });
    expect((await server.api.call(getDepartmentOutline)).revision).toBe(outline.revision);
  });

  it('come as a tree to a client that takes nothing compressed, too', async () => {
    const get = (encoding: string) =>
      server.api.request('GET', '/departments/tree', { headers: { 'accept-encoding': encoding } });
    const [packed, plain] = [await get('gzip'), await get('identity')];
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(plain.headers.get('content-encoding')).toBeNull();
    for (const { headers, status } of [packed, plain]) {
      expect(status).toBe(200);
      expect(headers.get('vary')).toMatch(/accept-encoding/i);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
    }
    expect(plain.body).toEqual(packed.body);
  });

  it('carry counts that a recount confirms, and the path from the top', async () => {
    const { items } = await server.api.call(getDepartmentTree);
    for (const { id, parentId, memberCount, totalMemberCount, path } of flatten(items)) {
      const { own, total } = recount(id);
      expect([id, memberCount, totalMemberCount]).toEqual([id, own.size, total.size]);
      expect(path.at(-1)).toEqual({ id, name: server.wecom.corp.departments.get(id)?.name });
      expect(path.at(-2)?.id ?? null).toBe(parentId);
    }
  });

  it('are found by the pinyin of their names, and read as what they are', async () => {
    const { corp } = server.wecom;
    corp.putDepartment({ id: 9100, name: '解决方案部', parentid: 1, order: 1, leaders: [] });
    await server.sync();
    const find = async (q: string) => (await server.api.call(searchDepartments, { query: { q } })).ids;
    for (const q of ['jiejuefangan', 'JJFA', 'fang an', 'fab']) expect(await find(q)).toContain(9100);
    for (const q of ['xiejue', 'jjfax', '9100']) expect(await find(q)).not.toContain(9100);
    corp.putDepartment({ id: 9100, name: '测试中心', parentid: 1, order: 1, leaders: [] });
    await server.sync();
    expect(await find('ceshi')).toContain(9100);
    expect(await find('jjfa')).not.toContain(9100);
  });

  it('that are unknown are not found', async () => {
    for (const path of ['/departments?parentId=777777', '/members?departmentId=777777']) {
      const { status, body } = await server.api.request('GET', path);
      expect([status, (body as Problem).code]).toEqual([404, 'resource.not_found']);
    }
  });
});

describe('members', () => {
  it.each([1, 2, 11, 31])('of department %i are those of WeCom, in its order', async (departmentId) => {
    const found = await collectMembers(200, { departmentId });
    expect(new Set(found.map(({ wecomUserId }) => wecomUserId))).toEqual(recount(departmentId).own);
    const orders = found.map(
      ({ departments }) => departments.find(({ id }) => id === departmentId)?.sortOrder ?? -1,
    );
    expect(orders).toEqual(orders.toSorted((a, b) => b - a));
  });

  it.each([1, 2, 11, 31])('of department %i and below are each there once', async (departmentId) => {
    const found = (await collectMembers(200, { departmentId, recursive: 'true' })).map(
      ({ wecomUserId }) => wecomUserId,
    );
    expect(new Set(found).size).toBe(found.length);
    expect(new Set(found)).toEqual(recount(departmentId).total);
  });

  it.each([1, 2, 11, 31])(
    'of a search in department %i and below are those of both',
    async (departmentId) => {
      const idsOf = (members: readonly { wecomUserId: string }[]) =>
        members.map(({ wecomUserId }) => wecomUserId);
      for (const q of ['li', 'a', '王', 'nobody at all']) {
        const inside = recount(departmentId).total;
        const expected = idsOf(await collectMembers(200, { q })).filter((userId) => inside.has(userId));
        const query = { q, departmentId, recursive: 'true' } as const;
        expect(idsOf(await collectMembers(2, query))).toEqual(expected);
        const page = await server.api.call(listMembers, { query: { ...query, limit: 1 } });
        expect(page.total).toBe(expected.length);
      }
    },
  );

  describe('sorted by a column', () => {
    const keysOf: Record<MemberSort, (member: MemberSummary) => string> = {
      name: () => '',
      userId: ({ wecomUserId }) => wecomUserId.toLowerCase(),
      department: ({ mainDepartmentId }) => String(mainDepartmentId),
      status: ({ status }) => status,
      updatedAt: ({ updatedAt }) => updatedAt,
    };
    const idsOf = (members: readonly MemberSummary[]) => members.map(({ wecomUserId }) => wecomUserId);
    const wholes: [string, MembersQuery][] = [
      ['all, who left or not', { presence: 'all' }],
      ['of a department', { departmentId: 9003 }],
      ['found by a text', { q: 'xq' }],
      ['of a status below a department', { status: 'activated', departmentId: 2, recursive: 'true' }],
    ];
    const sorts: MemberSort[] = ['name', 'userId', 'department', 'status', 'updatedAt'];
    const cases = wholes.flatMap(([name, query]) => sorts.map((sort) => [name, sort, query] as const));

    it.each(cases)('%s: by %s, in both directions, whole in pages of any size', async (_, sort, query) => {
      const expected = idsOf(await collectMembers(200, query)).toSorted();
      for (const order of ['asc', 'desc'] as const) {
        const whole = await collectMembers(200, { ...query, sort, order });
        expect(idsOf(whole).toSorted()).toEqual(expected);
        expect(
          idsOf(await collectMembers(Math.min(200, Math.ceil(whole.length / 3)), { ...query, sort, order })),
        ).toEqual(idsOf(whole));
        // Equal keys stand together: each group begins once.
        const keys = whole.map(keysOf[sort]);
        const begins = keys.filter((key, index) => key !== keys[index - 1]);
        expect(begins).toHaveLength(new Set(keys).size);
      }
    });

    it('by name and userid is the reverse of itself, departments stand as in the tree', async () => {
      for (const sort of ['name', 'userId', 'updatedAt'] as const) {
        const up = idsOf(await collectMembers(200, { sort }));
        expect(idsOf(await collectMembers(200, { sort, order: 'desc' }))).toEqual(up.toReversed());
      }
      const tree = flatten((await server.api.call(getDepartmentTree)).items).map(({ id }) => id);
      const mains = (await collectMembers(200, { sort: 'department' })).flatMap(
        ({ mainDepartmentId }) => mainDepartmentId ?? [],
      );
      const places = mains.map((id) => tree.indexOf(id));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    });

    it('refuses a cursor of another order', async () => {
      const page = await server.api.call(listMembers, { query: { limit: 2, sort: 'updatedAt' } });
      const other = await server.api.request(
        'GET',
        `/members?limit=2&sort=updatedAt&order=desc&cursor=${page.nextCursor}`,
      );
      expect([other.status, (other.body as Problem).code]).toEqual([400, 'request.invalid']);
    });
  });

  it.each<[string, number, MembersQuery]>([
    ['of all members', 37, {}],
    ['of a department', 1, { departmentId: 1 }],
    ['of a department whose members have one order', 2, { departmentId: 9001 }],
    ['of a department and below', 13, { departmentId: 2, recursive: 'true' }],
    ['of a search', 3, { q: 'wang' }],
    ['of a search in a department', 2, { q: 'x', departmentId: 9003 }],
    ['of namesakes with long names', 1, { q: '庄' }],
    ['of those who left too', 41, { presence: 'all' }],
  ])('come whole in pages: the list %s', async (_, limit, query) => {
    const whole = await collectMembers(200, query);
    expect(whole.length).toBeGreaterThan(limit);
    expect(await collectMembers(limit, query)).toEqual(whole);
  });

  it.each([
    ['the name', '单雄', ['shan.xiong']],
    ['the end of the name', '明星', ['ou-mingxing']],
    ['pinyin with the surname as surnames are read', 'ouyangna', ['ouyang.na']],
    ['pinyin of a surname that is read otherwise elsewhere', 'zhaliang', ['zha_liangyong']],
    ['a compound surname', '尉迟', ['yuchi.jingde@xingchen']],
    ['initials', 'qh', ['QiuHai']],
    ['the alias', '开心果', ['happy.sun']],
    ['an emoji', '🎉', ['happy.sun']],
    ['a second alias', '老尉', ['yuchi.jingde@xingchen']],
    ['the userid in another case', 'ZHAO_GANG', ['Zhao_Gang']],
    ['the middle of the userid', 'jingde', ['yuchi.jingde@xingchen']],
    ['two terms', '欧阳 na', ['ouyang.na']],
    ['blanks around', '  单雄  ', ['shan.xiong']],
    ['a tag in a name', '<b>', ['bold.li']],
  ])('are found by %s', async (_, q, expected) => {
    expect(await search(q)).toEqual(expect.arrayContaining(expected));
    expect((await search(q)).length).toBeLessThan(20);
  });

  it.each([
    '%',
    '_',
    '\\',
    "'",
    '"',
    "%' OR 1=1 --",
    '%%',
    '\\%',
    '\\\\',
    '*',
    '.',
    '$1',
    'zqxj',
    '百_百',
    'mtn',
  ])('are searched for %s as it stands', async (q) => {
    const terms = q.toLowerCase().split(/\s+/);
    for (const wecomUserId of await search(q)) {
      const member = server.wecom.corp.findMember(wecomUserId);
      const text = [member?.name, member?.userid, member?.extras?.alias, member?.extras?.english_name]
        .join(' ')
        .toLowerCase();
      for (const term of terms) expect(text).toContain(term);
    }
  });

  it('are found by signs that mean something to a database', async () => {
    expect(await search('%')).toEqual(['percent']);
    expect(await search('百分_百')).toEqual(['percent']);
    expect(await search("o'brien")).toEqual(['o.brien']);
  });

  describe('of a search', () => {
    const listedBy = async (limit: number, query: MembersQuery) =>
      (await collectMembers(limit, query)).map(({ wecomUserId }) => wecomUserId);
    const expected: string[] = ranked.map(([userid]) => userid);

    it.each([1, 2, 3, 200])('come by rank, then by name, in pages of %i', async (limit) => {
      for (const q of ['xq_7', 'XQ_7 ']) expect(await listedBy(limit, { q })).toEqual(expected);
    });

    // However many hits the form of a text makes likely: a department's are sorted all at once.
    it.each(['7', 'q7', 'xq7', 'x', 'xq', 'xqx', 'tan', 'tms'])(
      'for %s have one order, however they are found',
      async (q) => {
        const inDepartment = await listedBy(200, { q, departmentId: 9003, recursive: 'true' });
        for (const limit of [1, 2, 200]) {
          const found = await listedBy(limit, { q });
          expect(new Set(found).size).toBe(found.length);
          expect(found.filter((userid) => inDepartment.includes(userid))).toEqual(inDepartment);
        }
        if (q === 'xq7') expect(inDepartment).toEqual(['xq7', 'xq7b', 'a.xq7']);
        if (q === 'tan') expect(inDepartment[0]).toBe('tan');
      },
    );

    it('keep the order with every filter', async () => {
      for (const filter of [
        { presence: 'all' },
        { status: 'activated' },
        { departmentId: 9003, recursive: 'true' },
      ] as const)
        expect(await listedBy(2, { q: 'xq_7', ...filter })).toEqual(expected);
    });

    it('come by rank, then in the order of WeCom, in a department', async () => {
      const members = await listedBy(200, { departmentId: 9003 });
      const found = await listedBy(2, { q: 'xq_7', departmentId: 9003 });
      const inOrder = (rank: string[]) => members.filter((userid) => rank.includes(userid));
      expect(found).toEqual([
        ...inOrder(expected.slice(0, 3)),
        ...inOrder(expected.slice(3, 7)),
        ...inOrder(expected.slice(7)),
      ]);
    });

    it.each([
      ['a name', '谭木', ['tan.exact', 'tan.alias', 'tan.begins', 'tan.part']],
      ['pinyin', 'tanmu', ['tan.exact', 'tan.begins', 'tan.part']],
      ['initials', 'tms', ['tan.begins']],
    ])('begin with those whom %s names or begins', async (_, q, userIds) => {
      expect((await listedBy(2, { q })).filter((userid) => userid.startsWith('tan.'))).toEqual(userIds);
    });

    it('are each there once while others come and go between two pages', async () => {
      const { corp } = server.wecom;
      const query = { q: 'xq_7', limit: 4 };
      const first = await server.api.call(listMembers, { query });
      hireMember(corp, { userid: 'xq_700', name: '阿门', departmentIds: [9003] });
      hireMember(corp, { userid: 'xq_799', name: '钟后', departmentIds: [9003] });
      await server.sync();
      const second = await server.api.call(listMembers, {
        query: { q: 'xq_7', limit: 50, cursor: first.nextCursor ?? '' },
      });
      const found = [...first.items, ...second.items].map(({ wecomUserId }) => wecomUserId);
      expect(found).toEqual([...expected.slice(0, 7), 'xq_799', ...expected.slice(7)]);
      corp.dropMember('xq_700');
      corp.dropMember('xq_799');
      await server.sync();
    });
  });

  it('are filtered by status', async () => {
    const { members } = server.wecom.corp;
    for (const [status, number] of [
      ['activated', 1],
      ['disabled', 2],
      ['notActivated', 4],
      ['left', 5],
    ] as const) {
      const found = await collectMembers(200, { status });
      expect(found.length).toBe([...members.values()].filter((member) => member.status === number).length);
      expect(found.every((member) => member.status === status)).toBe(true);
    }
    expect(await collectMembers(200, { status: 'unknown' })).toEqual([]);
  });

  it('show their places, their main department and leaders', async () => {
    const member = await server.api.call(getMember, { params: { wecomUserId: 'five.hats' } });
    expect(member.departments.map(({ id, isMain }) => [id, isMain])).toEqual([
      [23, true],
      [21, false],
      [22, false],
      [24, false],
      [32, false],
    ]);
    expect(member.mainDepartmentId).toBe(23);
    expect(member.departments[0]?.path[0]).toEqual({ id: 1, name: '星辰科技' });
    const linyi = await server.api.call(getMember, { params: { wecomUserId: 'linyi' } });
    expect(linyi.directLeaders).toEqual([{ wecomUserId: 'ChenXing', name: '陈星' }]);
    expect(linyi.departments.find(({ id }) => id === 2)?.isLeader).toBe(true);
  });

  it.each(['LINYI', 'linyi', 'LinYi'])('are found by the userid %s', async (wecomUserId) => {
    const member = await server.api.call(getMember, { params: { wecomUserId } });
    expect(member).toMatchObject({
      wecomUserId: 'linyi',
      name: '林一',
      telephone: '0755-8600-1001',
      englishName: null, // only old apps are shown it
    });
  });

  it.each(['yuchi.jingde@xingchen', 'Zhao_Gang', 'zeng-min'])(
    'are found by a userid with signs: %s',
    async (wecomUserId) => {
      expect((await server.api.call(getMember, { params: { wecomUserId } })).wecomUserId).toBe(wecomUserId);
    },
  );

  it('show extended attributes of each kind', async () => {
    const { extendedAttributes } = await server.api.call(getMember, { params: { wecomUserId: 'linyi' } });
    expect(extendedAttributes).toEqual([
      { name: '工号', type: 'text', value: 'XC-00017' },
      { name: '个人主页', type: 'web', value: 'https://wiki.xingchen.example/~linyi', title: '林一的主页' },
    ]);
  });

  it('have nulls where the app was never shown anything', async () => {
    const member = await server.api.call(getMember, { params: { wecomUserId: 'linyi' } });
    expect(member).toMatchObject({
      mobileMasked: null,
      emailMasked: null,
      bizMailMasked: null,
      addressMasked: null,
      qrCodeSet: null,
      gender: null,
      avatarUrl: null,
    });
  });

  it('are for a member to see only as a list', async () => {
    const member = await createAccount(server, 'member');
    expect((await member.request('GET', '/members?limit=1')).status).toBe(200);
    // Neither who left nor who is disabled.
    const { total } = await member.call(listMembers);
    for (const query of [{ presence: 'left' }, { presence: 'all' }, { status: 'disabled' }] as const)
      expect((await member.call(listMembers, { query })).total).toBe(total);
    expect(await member.refused(getMember, { params: { wecomUserId: 'linyi' } })).toMatchObject({
      code: 'permission.denied',
    });
    expect(await member.refused(getMember, { params: { wecomUserId: 'not.there' } })).toMatchObject({
      code: 'permission.denied', // the same answer: who exists is not told either
    });
  });
});

describe('a member who changes and leaves', () => {
  it('keeps a history, and is listed among those who left', async () => {
    const { corp } = server.wecom;
    hireMember(corp, { userid: 'brief.stay', name: '短暂', departmentIds: [42] });
    await server.sync();
    corp.dropMember('brief.stay');
    await server.sync();
    const member = await server.api.call(getMember, { params: { wecomUserId: 'brief.stay' } });
    expect(member).toMatchObject({ presence: 'left', leftAt: expect.any(String) });
    expect(member.history.map(({ entity, kind }) => `${entity} ${kind}`)).toEqual(
      expect.arrayContaining(['member create', 'membership create', 'member remove']),
    );
    expect(await search('短暂')).toEqual([]);
    const left = await collectMembers(50, { presence: 'left' });
    expect(left.map(({ wecomUserId }) => wecomUserId)).toContain('brief.stay');
    expect(left.every(({ presence }) => presence === 'left')).toBe(true);
    expect((await collectMembers(50, { presence: 'all', q: '短暂' })).length).toBe(1);
  });
});

describe('a search with hundreds of hits', () => {
  it('gives the same in any pages, by rank and then by name', async () => {
    for (let at = 0; at < 330; at++) {
      const userid = at % 3 === 0 ? `crowd.${at}` : `in.crowd.${at}`;
      hireMember(server.wecom.corp, { userid, name: `${'张王李赵'[at % 4]}众`, departmentIds: [9004] });
    }
    hireMember(server.wecom.corp, { userid: 'crowd', name: '最众', departmentIds: [9004] });
    expect((await server.sync()).status).toBe('succeeded');
    const whole = await collectMembers(200, { q: 'crowd' }); // its second page knows that there are many
    const ids = whole.map(({ wecomUserId }) => wecomUserId);
    expect(ids.map((id) => id.startsWith('crowd'))).toEqual(ids.map((_, at) => at <= 110));
    expect(ids[0]).toBe('crowd');
    const surnames = whole.map(({ name }) => name.slice(0, 1)).join('');
    expect(surnames).toMatch(/^最李+王+张+赵+李+王+张+赵+$/);
    for (const limit of [7, 110, 111, 112, 200])
      expect((await collectMembers(limit, { q: 'crowd' })).map(({ wecomUserId }) => wecomUserId)).toEqual(
        ids,
      );
  });
});

describe('with an app that is shown sensitive fields', () => {
  beforeAll(async () => {
    Object.assign(server.wecom.apps[0] ?? {}, { createdAfter20220620: false });
    server.wecom.corp.putMember({
      ...(server.wecom.corp.findMember('linyi') as NonNullable<
        ReturnType<typeof server.wecom.corp.findMember>
      >),
      extras: {
        mobile: '+85298765432',
        email: 'lin.yi.private@mail.example',
        biz_mail: '',
        address: '深圳市科苑路9号',
        avatar: 'http://wx.qlogo.cn/x/0',
        gender: '2',
      },
    });
    expect((await server.sync()).status).toBe('succeeded');
  });

  it('they are shown masked', async () => {
    expect(await server.api.call(getMember, { params: { wecomUserId: 'linyi' } })).toMatchObject({
      mobileMasked: '+852****5432',
      emailMasked: 'l***@mail.example',
      bizMailMasked: '',
      addressMasked: '深圳市***',
      qrCodeSet: true,
      gender: 'female',
      avatarUrl: 'https://wx.qlogo.cn/x/100',
    });
  });

  it('the English name is found', async () => {
    expect(await search('star chen')).toEqual(['ChenXing']);
  });

  it('they stand in no table as text', async () => {
    const sql = openSql(server.database);
    const tables = await sql<{ tablename: string }>(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`,
    );
    for (const { tablename } of tables) {
      const rows = await sql<{ text: string }>(`SELECT t::text AS text FROM "${tablename}" t`);
      const text = rows.map((row) => row.text).join('\n');
      for (const value of ['85298765432', '98765432', 'lin.yi.private', '科苑路9号'])
        expect(text.includes(value), `${tablename}: ${value}`).toBe(false);
    }
  });

  it('they are in no change of the history as text', async () => {
    const { items } = await server.api.call(endpoints.listSyncRuns, { query: { limit: 1 } });
    const { items: changes } = await server.api.call(endpoints.listSyncChanges, {
      params: { id: items[0]?.id ?? '' },
      query: { q: 'linyi' },
    });
    expect(JSON.stringify(changes)).toContain('+852****5432');
    expect(JSON.stringify(changes)).not.toContain('98765432');
  });
});
