import { endpoints, type SortOrder } from '@orgmirror/contracts';
import { hireMember } from '@orgmirror/wecom-simulator';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberHit } from '../../src/directory/search/cached-query.ts';
import { collectHits } from '../../src/directory/search/collect-hits.ts';
import type { MemberQuery } from '../../src/directory/search/member-filter.ts';
import { groupByDepartment, orderBy } from '../../src/directory/search/member-order.ts';
import type { Page, Search } from '../../src/directory/search/sorted-search.ts';
import { walkGroups } from '../../src/directory/search/walk-groups.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { connectionStringOf, openSql } from '../support/query-database.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

/** A member as a list stands in groups. */
interface Listed {
  userId: string;
  sortName: string;
  id: number;
  status: number | null;
  main: number | null;
  presence: 'present' | 'left';
}

const emptyDepartment = 9101;
const smallDepartments = [9102, 9103];

let server: TestServer;
let database: Database;
let listed: Listed[];
let departmentIds: number[];

beforeAll(async () => {
  server = await startTestServer();
  const { corp } = server.wecom;
  for (const id of [emptyDepartment, ...smallDepartments])
    corp.putDepartment({ id, name: `组 ${id}`, parentid: 1, order: 3, leaders: [] });
  for (let at = 0; at < 9; at++)
    hireMember(corp, {
      userid: `grouped${at}`,
      name: '同名',
      departmentIds: [smallDepartments[at % 2] ?? 0],
    });
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');

  const sql = openSql(server.database);
  // What no simulator says, but WeCom may: nothing, or what is not in the tree.
  await sql("UPDATE member SET status = NULL WHERE user_key LIKE 'grouped%' AND id % 3 = 0");
  await sql("UPDATE member SET status = 77 WHERE user_key LIKE 'grouped%' AND id % 3 = 1");
  await sql('UPDATE member SET main_department_id = NULL WHERE id % 13 = 0');
  await sql('UPDATE member SET main_department_id = 800000 + id % 3 WHERE id % 13 = 1');
  await sql("UPDATE member SET presence = 'left', left_at = now() WHERE id % 17 = 5");
  listed = await sql<
    Listed & { id: number }
  >(`SELECT user_id AS "userId", sort_name AS "sortName", id, status,
    main_department_id::int AS main, presence FROM member`);
  departmentIds = (await server.api.call(endpoints.getDepartmentOutline)).ids;
  const databaseUrl = connectionStringOf(server.database);
  database = await openDatabase({ databaseUrl, dataFolder: '' }, pino({ level: 'silent' }));
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const last = Number.MAX_SAFE_INTEGER;
const placeOf = {
  status: ({ status }: Listed) => status ?? last,
  department: ({ main }: Listed) => {
    const place = main === null ? -1 : departmentIds.indexOf(main);
    return place < 0 ? last : place;
  },
};
const sorts = ['status', 'department'] as const;
const orders: readonly SortOrder[] = ['asc', 'desc'];
const cases = sorts.flatMap((sort) => orders.map((order) => ({ sort, order })));

/** Groups in their order or the other way round, in each of them by name: that never turns. */
function sortListed(members: readonly Listed[], sort: (typeof sorts)[number], order: SortOrder): Listed[] {
  const sign = order === 'asc' ? 1 : -1;
  return members.toSorted(
    (a, b) =>
      sign * (placeOf[sort](a) - placeOf[sort](b)) ||
      (a.sortName === b.sortName ? 0 : a.sortName < b.sortName ? -1 : 1) ||
      a.id - b.id,
  );
}

describe.each(cases)('members by $sort, $order', ({ sort, order }) => {
  it.each([
    ['present', 23],
    ['left', 3],
    ['all', 31],
  ] as const)('%s, %i a page: group by group, without a gap at a border', async (presence, limit) => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { wecomUserId: string }[]; nextCursor: string | null } = await server.api.call(
        endpoints.listMembers,
        { query: { sort, order, presence, limit, ...(cursor !== null && { cursor }) } },
      );
      found.push(...page.items.map(({ wecomUserId }) => wecomUserId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const members = listed.filter((member) => presence === 'all' || member.presence === presence);
    expect(found).toEqual(sortListed(members, sort, order).map(({ userId }) => userId));
  });

  it.each<[string, Partial<MemberQuery>]>([
    ['all', {}],
    ['those who are found by a letter', { q: 'l' }],
    ['those of a status', { status: 'activated' }],
    ['those of a status that WeCom does not name', { status: 'unknown' }],
    ['nobody', { q: 'nobody at all' }],
  ])('walks through %s as if they were collected and sorted', async (_, given) => {
    const query: MemberQuery = {
      department: undefined,
      recursive: false,
      q: undefined,
      status: undefined,
      presence: 'present',
      seesAttributes: false,
      ...given,
    };
    const { prisma } = database;
    const corp = await prisma.corp.findFirstOrThrow();
    const memberOrder = orderBy(sort, order, groupByDepartment(departmentIds));
    const search: Search = {
      prisma,
      corpRowId: corp.id,
      query,
      order: memberOrder,
      cached: {},
      selectivity: 1,
      count: () => Promise.reject(new Error('nobody asks')),
    };
    const { groups } = memberOrder;
    if (groups === undefined) throw new Error('The order has no groups.');
    const collect = async (find: (page: Page) => Promise<MemberHit[]>, limit: number) => {
      const found: MemberHit[] = [];
      for (let hits = await find({ limit, after: undefined, order: memberOrder }); ; ) {
        found.push(...hits.slice(0, limit));
        if (hits.length <= limit) return found;
        hits = await find({ limit, after: found.at(-1), order: memberOrder });
      }
    };
    const expected = await collect((page) => collectHits(search, page), 1_000);
    expect(expected.length > 0).toBe(given.q !== 'nobody at all');
    expect(await collect((page) => walkGroups(search, groups, page), 3)).toEqual(expected);
  });
});
