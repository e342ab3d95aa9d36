import { Prisma, type PrismaClient } from '../database/generated/client.ts';
import { buildConditions, type MemberQuery } from './member-filter.ts';

/** Where the next page begins: sort value and id of the last row of this one. */
export type MemberCursor = readonly [string, number];

/** A page's members by local id, with the value they are sorted by. */
export interface FoundMember {
  id: number;
  sortValue: string;
}

interface Page {
  limit: number;
  after: MemberCursor | undefined;
}

interface FoundPage {
  /** One more than the page's limit if there are. */
  found: FoundMember[];
  /** How many there are altogether, when finding the page has told. */
  total?: number;
}

/** So many members are looked at in their order before all hits are gathered: some two milliseconds. */
const mostWalked = 1_000;
/** A department with a smaller share of all members is not walked for: its members are gathered at once. */
const smallestWalkedShare = 0.02;

/** Directly in a department members stand in WeCom's order, everywhere else by the pinyin of their name. */
export const isOrderedByDepartment = ({ department, recursive }: MemberQuery): boolean =>
  department !== undefined && !recursive;

/** Finds one page of a query's members, out of `presentCount` that the directory has. */
export async function findMemberPage(
  prisma: PrismaClient,
  corpRowId: number,
  query: MemberQuery,
  page: Page,
  presentCount: number,
): Promise<FoundPage> {
  if (isOrderedByDepartment(query)) return { found: await findInDepartment(prisma, corpRowId, query, page) };
  const find = (presence: 'present' | 'left') =>
    findSorted(prisma, corpRowId, { ...query, presence }, page, presentCount);
  if (query.presence !== 'all') return find(query.presence);
  const [present, left] = [await find('present'), await find('left')];
  return { found: await mergeSorted(prisma, [...present.found, ...left.found], page.limit) };
}

/** SQL that goes on with `FROM …` for members directly in a department. */
export function fromDepartment(corpRowId: number, query: MemberQuery): Prisma.Sql {
  const conditions = [Prisma.sql`m.corp_row_id = ${corpRowId}`, ...buildConditions(corpRowId, query)];
  if (query.presence !== 'all') conditions.push(Prisma.sql`m.presence = ${query.presence}::member_presence`);
  return Prisma.sql`FROM membership s JOIN member m ON m.id = s.member_id
    WHERE s.department_id = ${query.department?.id} AND ${Prisma.join(conditions, ' AND ')}`;
}

function findInDepartment(
  prisma: PrismaClient,
  corpRowId: number,
  query: MemberQuery,
  { limit, after }: Page,
): Promise<FoundMember[]> {
  const rest = after
    ? Prisma.sql`AND (s.sort_order < ${after[0]}::bigint OR (s.sort_order = ${after[0]}::bigint AND s.member_id > ${after[1]}))`
    : Prisma.empty;
  return prisma.$queryRaw<FoundMember[]>`
    SELECT s.member_id AS id, s.sort_order::text AS "sortValue" ${fromDepartment(corpRowId, query)} ${rest}
    ORDER BY s.sort_order DESC, s.member_id ASC LIMIT ${limit + 1}`;
}

/**
 * Members sorted by name are found in one of two ways. Where many fit, a short walk along the order meets enough of them.
 * Where few do, or they stand far off in the order, as everyone named 张 does, all hits are gathered and sorted. Postgres
 * cannot tell which it is: it takes a name and its place in the order for independent, and would walk over 400,000.
 */
async function findSorted(
  prisma: PrismaClient,
  corpRowId: number,
  query: MemberQuery,
  page: Page,
  presentCount: number,
): Promise<FoundPage> {
  const conditions = buildConditions(corpRowId, query);
  const isSmall = query.department && query.department.totalMemberCount < smallestWalkedShare * presentCount;
  if (conditions.length === 0 || !isSmall) {
    const found = await walk(prisma, corpRowId, query, page, conditions);
    if (conditions.length === 0 || found.length > page.limit) return { found };
  }
  return gather(prisma, corpRowId, query, page, conditions);
}

const inSortedCorp = (corpRowId: number, { presence }: MemberQuery, { after }: Page): Prisma.Sql => {
  const rest = after ? Prisma.sql`AND (m.sort_name, m.id) > (${after[0]}, ${after[1]})` : Prisma.empty;
  return Prisma.sql`FROM member m
    WHERE m.corp_row_id = ${corpRowId} AND m.presence = ${presence}::member_presence ${rest}`;
};

function walk(
  prisma: PrismaClient,
  corpRowId: number,
  query: MemberQuery,
  page: Page,
  conditions: readonly Prisma.Sql[],
): Promise<FoundMember[]> {
  const fits =
    conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join([...conditions], ' AND ')}` : Prisma.empty;
  return prisma.$queryRaw<FoundMember[]>`
    SELECT m.id, m.sort_name AS "sortValue" FROM (
      SELECT m.id, m.sort_name, m.search_text, m.status ${inSortedCorp(corpRowId, query, page)}
      ORDER BY m.sort_name, m.id LIMIT ${mostWalked}
    ) AS m ${fits} ORDER BY m.sort_name, m.id LIMIT ${page.limit + 1}`;
}

async function gather(
  prisma: PrismaClient,
  corpRowId: number,
  query: MemberQuery,
  page: Page,
  conditions: readonly Prisma.Sql[],
): Promise<FoundPage> {
  const rows = await prisma.$queryRaw<(FoundMember & { total: number })[]>`
    WITH hits AS MATERIALIZED (
      SELECT m.id, m.sort_name ${inSortedCorp(corpRowId, query, page)} AND ${Prisma.join([...conditions], ' AND ')}
    )
    SELECT id, sort_name AS "sortValue", (SELECT count(*)::int FROM hits) AS total
    FROM hits ORDER BY sort_name, id LIMIT ${page.limit + 1}`;
  const found = rows.map(({ id, sortValue }) => ({ id, sortValue }));
  // After a cursor only the rest is counted.
  return page.after === undefined ? { found, total: rows[0]?.total ?? 0 } : { found };
}

/** Brings members of two pages into the database's own order. */
async function mergeSorted(
  prisma: PrismaClient,
  members: readonly FoundMember[],
  limit: number,
): Promise<FoundMember[]> {
  return prisma.$queryRaw<FoundMember[]>`
    SELECT id, sort_name AS "sortValue"
    FROM unnest(${members.map(({ id }) => id)}::int[], ${members.map(({ sortValue }) => sortValue)}::text[])
      AS found (id, sort_name)
    ORDER BY sort_name, id LIMIT ${limit + 1}`;
}
