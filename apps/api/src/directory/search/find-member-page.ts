import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { CurrentCorp } from '../departments/current-corp.ts';
import { collectHits } from './collect-hits.ts';
import { countMembers, type SearchDependencies } from './count-members.ts';
import {
  buildConditions,
  fromDepartment,
  isOrderedByDepartment,
  type MemberQuery,
  readStoredCount,
} from './member-filter.ts';

import { type MemberHit, type Page, type Search, selectInOrder } from './sorted-search.ts';

/**
 * Up to this many hits are collected and sorted for a page; where there are more, an index scan is tried
 * first.
 */
const maxCollected = 5_000;
/** Rows that an index scan reads by default: some five milliseconds. */
const scanLimit = 5_000;
/** Rows that it reads at most: the smaller a department, the rarer are its members in the order. */
const maxScanned = 20_000;
/** A text no longer than a syllable usually has many hits: they are counted while the page is found. */
const maxShortTextLength = 5;
/** The selectivity of a department below which a scan would take longer than collecting its members. */
const minScanSelectivity = 0.01;

/**
 * Finds one page of a query's members, one more than its limit if there are. `selectivity` is the share of
 * the filtered department in all members, 1 without one.
 */
export async function findMemberPage(
  dependencies: SearchDependencies,
  corp: CurrentCorp,
  query: MemberQuery,
  page: Page,
  selectivity: number,
): Promise<MemberHit[]> {
  const { prisma, getCachedQuery } = dependencies;
  if (isOrderedByDepartment(query)) return findInDepartment(prisma, corp.id, query, page);
  const find = (presence: 'present' | 'left') => {
    const one = { ...query, presence };
    const count = () => countMembers(dependencies, corp, one);
    return findSorted(
      { prisma, corpRowId: corp.id, query: one, cached: getCachedQuery(corp, one), selectivity, count },
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
): Promise<MemberHit[]> {
  const rest = after
    ? Prisma.sql`AND (s.sort_order < ${after[0]}::bigint OR (s.sort_order = ${after[0]}::bigint AND s.member_id > ${after[1]}))`
    : Prisma.empty;
  return prisma.$queryRaw<MemberHit[]>`
    SELECT s.member_id AS id, s.sort_order::text AS "sortValue" ${fromDepartment(corpRowId, query)} ${rest}
    ORDER BY s.sort_order DESC, s.member_id ASC LIMIT ${limit + 1}`;
}

/**
 * Members sorted by name are found in one of two ways. A few hits are collected and sorted. Where there are
 * many, or once their first key is known, a scan of the index in order meets a page of them soon, unless they
 * are clustered far down, as all members named 张 are: then all are collected, and the next scan begins at
 * their first key. Postgres cannot choose: it takes a name and its place in the order for independent, and
 * would scan 400,000 rows.
 */
async function findSorted(search: Search, page: Page): Promise<MemberHit[]> {
  const { corpRowId, query, cached, selectivity } = search;
  const conditions = buildConditions(corpRowId, query);
  if (conditions.length === 0) return indexScan(search, page, conditions);
  const total = readStoredCount(query) ?? (await cached.total);
  // Hits of a text are mostly clustered in the order of names; those of a status are not.
  const areClustered = Boolean(query.q) && cached.firstKey !== undefined && (total ?? 0) > page.limit;
  const beginCounting = () => {
    if (query.presence !== 'present') return; // counts of members who left are not cached
    void search.count().catch(() => undefined); // the caller that asks for the number gets the error
  };
  const isWide =
    query.q !== undefined && query.q.length <= maxShortTextLength && query.department === undefined;
  if (total === undefined && isWide) beginCounting();
  if (!areClustered && (total === undefined || total <= maxCollected)) {
    const collected = await collectHits(search, page, maxCollected);
    if (collected !== undefined) return collected;
    beginCounting();
  }
  const start = page.after ?? cached.firstKey;
  const scanned =
    selectivity < minScanSelectivity ? [] : await indexScan(search, { ...page, after: start }, conditions);
  if (scanned.length > page.limit) return scanned;
  return collectHits(search, page);
}

function indexScan(
  { prisma, corpRowId, query, selectivity }: Search,
  { limit, after }: Page,
  conditions: readonly Prisma.Sql[],
): Promise<MemberHit[]> {
  const steps = Math.min(maxScanned, Math.max(scanLimit, Math.ceil((4 * limit) / selectivity)));
  const fits =
    conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join([...conditions], ' AND ')}` : Prisma.empty;
  return prisma.$queryRaw<MemberHit[]>`
    SELECT m.id, m.sort_name AS "sortValue" FROM (
      SELECT m.id, m.sort_name, m.search_text, m.status ${selectInOrder(corpRowId, query, after)}
      ORDER BY m.sort_name, m.id LIMIT ${steps}
    ) AS m ${fits} ORDER BY m.sort_name, m.id LIMIT ${limit + 1}`;
}

/** Brings hits of two pages into the database's own order. */
function mergeSorted(
  prisma: PrismaClient,
  members: readonly MemberHit[],
  limit: number,
): Promise<MemberHit[]> {
  return prisma.$queryRaw<MemberHit[]>`
    SELECT id, sort_name AS "sortValue"
    FROM unnest(${members.map(({ id }) => id)}::int[], ${members.map(({ sortValue }) => sortValue)}::text[])
      AS found (id, sort_name)
    ORDER BY sort_name, id LIMIT ${limit + 1}`;
}
