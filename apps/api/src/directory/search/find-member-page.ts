import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { CurrentCorp } from '../departments/current-corp.ts';
import { countMembers, type SearchDependencies } from './count-members.ts';
import { gatherMembers } from './gather-members.ts';
import {
  buildConditions,
  fromDepartment,
  isOrderedByDepartment,
  type MemberQuery,
  readStoredCount,
} from './member-filter.ts';

import { type FoundMember, type Page, type Search, selectInOrder } from './sorted-search.ts';

/** Up to so many hits are gathered and sorted for a page; where there are more, the order is walked along first. */
const mostGathered = 5_000;
/** So many members are looked at on a walk: some five milliseconds. */
const usualWalk = 5_000;
/** Whoever is looked for in a department is met the more seldom, the smaller it is. */
const longestWalk = 20_000;
/** A text no longer than a syllable has many hits as a rule: they are counted while the page is found. */
const longestShortText = 5;
/** The share of all members in a department below which a walk would take longer than gathering them. */
const smallestWalkedShare = 0.01;

/**
 * Finds one page of a query's members, one more than its limit if there are. `share` is that of the department asked for
 * in all members, 1 without one.
 */
export async function findMemberPage(
  dependencies: SearchDependencies,
  corp: CurrentCorp,
  query: MemberQuery,
  page: Page,
  share: number,
): Promise<FoundMember[]> {
  const { prisma, recall } = dependencies;
  if (isOrderedByDepartment(query)) return findInDepartment(prisma, corp.id, query, page);
  const find = (presence: 'present' | 'left') => {
    const one = { ...query, presence };
    const count = () => countMembers(dependencies, corp, one);
    return findSorted(
      { prisma, corpRowId: corp.id, query: one, facts: recall(corp, one), share, count },
      page,
    );
  };
  if (query.presence !== 'all') return find(query.presence);
  return mergeSorted(prisma, [...(await find('present')), ...(await find('left'))], page.limit);
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
 * Members sorted by name are found in one of two ways. A few hits are gathered and sorted. Where there are many, or once
 * it is known where they begin, a walk along the order meets a page of them soon, unless they stand far off in it, as
 * everyone named 张 does: then all are gathered, and the next walk begins where they do. Postgres cannot tell which it
 * is: it takes a name and its place in the order for independent, and would walk over 400,000.
 */
async function findSorted(search: Search, page: Page): Promise<FoundMember[]> {
  const { corpRowId, query, facts, share } = search;
  const conditions = buildConditions(corpRowId, query);
  if (conditions.length === 0) return walk(search, page, conditions);
  const total = readStoredCount(query) ?? (await facts.total);
  // Whoever has the same text mostly stands together; of a status they stand anywhere.
  const standTogether = Boolean(query.q) && facts.startsAt !== undefined && (total ?? 0) > page.limit;
  const beginCounting = () => {
    if (query.presence !== 'present') return; // what is counted of those who left is not kept
    void search.count().catch(() => undefined); // whoever asks for the number gets the error
  };
  const isWide =
    query.q !== undefined && query.q.length <= longestShortText && query.department === undefined;
  if (total === undefined && isWide) beginCounting();
  if (!standTogether && (total === undefined || total <= mostGathered)) {
    const gathered = await gatherMembers(search, page, mostGathered);
    if (gathered !== undefined) return gathered;
    beginCounting();
  }
  const start = page.after ?? facts.startsAt;
  const walked = share < smallestWalkedShare ? [] : await walk(search, { ...page, after: start }, conditions);
  if (walked.length > page.limit) return walked;
  return gatherMembers(search, page);
}

function walk(
  { prisma, corpRowId, query, share }: Search,
  { limit, after }: Page,
  conditions: readonly Prisma.Sql[],
): Promise<FoundMember[]> {
  const steps = Math.min(longestWalk, Math.max(usualWalk, Math.ceil((4 * limit) / share)));
  const fits =
    conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join([...conditions], ' AND ')}` : Prisma.empty;
  return prisma.$queryRaw<FoundMember[]>`
    SELECT m.id, m.sort_name AS "sortValue" FROM (
      SELECT m.id, m.sort_name, m.search_text, m.status ${selectInOrder(corpRowId, query, after)}
      ORDER BY m.sort_name, m.id LIMIT ${steps}
    ) AS m ${fits} ORDER BY m.sort_name, m.id LIMIT ${limit + 1}`;
}

/** Brings members of two pages into the database's own order. */
function mergeSorted(
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
