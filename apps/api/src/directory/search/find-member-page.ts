import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { CurrentCorp } from '../departments/current-corp.ts';
import type { MemberHit } from './cached-query.ts';
import { collectHits } from './collect-hits.ts';
import { countMembers, type SearchDependencies } from './count-members.ts';
import { findRanked } from './find-ranked-page.ts';
import {
  fromDepartment,
  isOrderedByDepartment,
  type MemberQuery,
  rankOf,
  readStoredCount,
} from './member-filter.ts';
import { byKeys, type MemberOrder, orderByFit, readKey } from './member-order.ts';
import { indexScan, maxCollected, minScanSelectivity, scanOrCollect } from './scan-in-order.ts';
import { beginToCount, conditionsOf, type Page, type Search } from './sorted-search.ts';
import { walkGroups } from './walk-groups.ts';

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
  if (isOrderedByDepartment(query) && page.order === undefined)
    return findInDepartment(prisma, corp.id, query, page);
  const order = page.order ?? orderByFit(query);
  const find = (presence: 'present' | 'left') => {
    const one = { ...query, presence };
    const count = () => countMembers(dependencies, corp, one);
    const cached = getCachedQuery(corp, one);
    const search = { prisma, corpRowId: corp.id, query: one, order, cached, selectivity, count };
    return page.order === undefined ? findSorted(search, page) : findInChosenOrder(search, page);
  };
  if (query.presence !== 'all') return find(query.presence);
  return mergeSorted(prisma, order, [...(await find('present')), ...(await find('left'))], page.limit);
}

/**
 * Few hits are collected and sorted. Where there are many, a page of groups is read group by group; of other orders by
 * a scan of the index that has them.
 */
async function findInChosenOrder(search: Search, page: Page): Promise<MemberHit[]> {
  const isFiltered = conditionsOf(search).length > 0;
  const isInDepartment = search.query.department !== undefined && search.selectivity < minScanSelectivity;
  if (isInDepartment) return collectHits(search, page);
  const { groups } = search.order;
  if (groups !== undefined) {
    const isFew = isFiltered && (await search.count()) <= maxCollected;
    return isFew ? collectHits(search, page) : walkGroups(search, groups, page);
  }
  const scanned = await indexScan(search, page);
  if (scanned.length > page.limit || !isFiltered) return scanned;
  return collectHits(search, page);
}

function findInDepartment(
  prisma: PrismaClient,
  corpRowId: number,
  query: MemberQuery,
  { limit, after }: Page,
): Promise<MemberHit[]> {
  const rank = rankOf(query);
  const rest = after
    ? Prisma.sql`AND (${rank}, -s.sort_order, s.member_id) > (${after.rank}, -(${after.sortValue}::bigint), ${after.id})`
    : Prisma.empty;
  return prisma.$queryRaw<MemberHit[]>`
    SELECT ${rank}::int AS rank, s.sort_order::text AS "sortValue", s.member_id AS id
    ${fromDepartment(corpRowId, query)} ${rest}
    ORDER BY rank, s.sort_order DESC, s.member_id ASC LIMIT ${limit + 1}`;
}

/**
 * Members sorted by name are found in one of two ways. A few hits are collected and sorted. Where there are
 * many, or once their first key is known, a scan of the index in order meets a page of them soon, unless they
 * are clustered far down, as all members named 张 are: there it begins at their first key. Postgres cannot
 * choose: it takes a name and its place in the order for independent, and would scan 400,000 rows.
 */
async function findSorted(search: Search, page: Page): Promise<MemberHit[]> {
  const { query, cached } = search;
  if (conditionsOf(search).length === 0) return indexScan(search, page);
  if (query.q) return findRanked(search, page);
  const total = readStoredCount(query) ?? (await cached.total);
  if (total === undefined || total <= maxCollected) {
    const collected = await collectHits(search, page, maxCollected);
    if (collected !== undefined) return collected;
    beginToCount(search);
  }
  const [all] = (await cached.ranked) ?? [];
  return scanOrCollect(search, page, all);
}

/** Brings hits of two pages into the database's own order. */
function mergeSorted(
  prisma: PrismaClient,
  order: MemberOrder,
  hits: readonly MemberHit[],
  limit: number,
): Promise<MemberHit[]> {
  const [ranks, values, ids] = [
    hits.map(({ rank }) => rank),
    hits.map(({ sortValue }) => sortValue),
    hits.map(({ id }) => id),
  ];
  return prisma.$queryRaw<MemberHit[]>`
    SELECT rank, text AS "sortValue", id FROM (
      SELECT rank, text, ${readKey(order, Prisma.sql`text`)} AS sort_key, id
      FROM unnest(${ranks}::int[], ${values}::text[], ${ids}::int[]) AS found (rank, text, id)
    ) AS found
    ORDER BY ${byKeys(order)} LIMIT ${limit + 1}`;
}
