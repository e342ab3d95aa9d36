import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { CurrentCorp } from '../departments/current-corp.ts';
import type { MemberHit, RankedHits } from './cached-query.ts';
import { collectHits } from './collect-hits.ts';
import { countMembers, type SearchDependencies } from './count-members.ts';
import { measureRanks, sumOf } from './measure-ranks.ts';
import {
  fromDepartment,
  isOrderedByDepartment,
  type MemberQuery,
  rankOf,
  readStoredCount,
} from './member-filter.ts';
import {
  byColumn,
  byKeys,
  isColumnAfter,
  type MemberOrder,
  orderByFit,
  readKey,
  writeKey,
} from './member-order.ts';
import { conditionsOf, type Page, type Search, selectPresent } from './sorted-search.ts';
import { walkGroups } from './walk-groups.ts';

/**
 * Up to this many hits are collected and sorted for a page; where there are more, an index scan is tried
 * first.
 */
const maxCollected = 5_000;
/** The same for a text, whose hits have all to be read to be counted: to sort out a page of them costs little more. */
const maxCollectedRanked = 50_000;
/** Rows that an index scan reads by default: some five milliseconds. */
const scanLimit = 5_000;
/** Rows that it reads at most: the smaller a department, the rarer are its members in the order. */
const maxScanned = 20_000;
/**
 * Up to this many hits are collected for each page; where there are more, each rank is looked at from then on, unless
 * they are scattered and no more than maxCollected.
 */
const maxCollectedAgain = 300;
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
    // Counts of members who left are not cached; of others the caller that asks for the number gets the error.
    if (query.presence === 'present') void search.count().catch(() => undefined);
  }
  const [all] = (await cached.ranked) ?? [];
  return scanOrCollect(search, page, all);
}

/** The first page of a text is kept: it is asked for again by everybody who comes back to it. */
function findRanked(search: Search, page: Page): Promise<MemberHit[]> {
  const { cached } = search;
  if (page.after !== undefined) return findRankedNow(search, page);
  if (cached.firstPage?.limit === page.limit) return cached.firstPage.hits;
  const hits = findRankedNow(search, page).catch((error: unknown) => {
    delete cached.firstPage; // a failure is not cached
    throw error;
  });
  cached.firstPage = { limit: page.limit, hits };
  return hits;
}

async function findRankedNow(search: Search, page: Page): Promise<MemberHit[]> {
  const { cached, query } = search;
  const ranked = await cached.ranked;
  const isCollected = ranked === undefined ? !isWide(query) : areCollected(query, ranked);
  const collected = isCollected ? await collectHits(search, page, maxCollectedRanked) : undefined;
  return collected ?? findByRank(search, page);
}

/** Whether a text usually has more hits than are collected: one or two letters, where no department is filtered by. */
const isWide = ({ q = '', department, presence }: MemberQuery): boolean =>
  /^[\0-\x7F]{1,2}$/.test(q) && department === undefined && presence === 'present';

/** In a small department the scan for a rank is long, and Postgres knows least how to find those of a rank. */
function areCollected({ department }: MemberQuery, ranked: readonly RankedHits[]): boolean {
  if (department?.isSmall) return sumOf(ranked) <= maxCollectedRanked;
  const isScattered = ranked.some((hits) => hits.isScattered);
  return sumOf(ranked) <= (isScattered ? maxCollected : maxCollectedAgain);
}

/**
 * Rank by rank, as far as the page goes. How many of the first there are is known: those of a first page are asked
 * for at once, each for all of the page, since the directory may have changed since they were counted.
 */
async function findByRank(search: Search, { limit, after }: Page): Promise<MemberHit[]> {
  const ranks = await measureRanks(search);
  const find = (hits: RankedHits, rest: Page) => {
    const ofRank = { ...search, rank: hits.rank };
    return hits.total <= rest.limit ? collectHits(ofRank, rest) : scanOrCollect(ofRank, rest, hits);
  };
  if (after === undefined) {
    const isNeeded = (_: RankedHits, index: number) => sumOf(ranks.slice(0, index)) <= limit;
    const pages = await Promise.all(ranks.filter(isNeeded).map((hits) => find(hits, { limit, after })));
    return pages.flat().slice(0, limit + 1);
  }
  const found: MemberHit[] = [];
  for (const hits of ranks.filter(({ rank }) => rank >= after.rank)) {
    if (found.length > limit) break;
    const rest = { limit: limit - found.length, after: hits.rank === after.rank ? after : undefined };
    found.push(...(await find(hits, rest)));
  }
  return found.slice(0, limit + 1);
}

/** `hits` tells where the scan may begin. */
async function scanOrCollect(search: Search, page: Page, hits: RankedHits | undefined): Promise<MemberHit[]> {
  if (search.selectivity >= minScanSelectivity) {
    const first = hits && { rank: hits.rank, sortValue: hits.firstSortValue, id: 0 };
    const scanned = await indexScan(search, { ...page, after: page.after ?? first });
    if (scanned.length > page.limit) return scanned;
    if (hits && page.after === undefined) hits.isScattered = true;
  }
  return collectHits(search, page);
}

/**
 * Of a search for one rank, or without ranks. It is sorted as the index is, without the rank: Postgres would not know
 * that the scan is in that order already, and would read all of its steps before it sorts.
 */
function indexScan(search: Search, { limit, after }: Page): Promise<MemberHit[]> {
  const { prisma, selectivity, order, rank } = search;
  const conditions = conditionsOf(search, true);
  const rest = after === undefined ? Prisma.empty : Prisma.sql`AND ${isColumnAfter(order, after)}`;
  const steps = Math.min(maxScanned, Math.max(scanLimit, Math.ceil((4 * limit) / selectivity)));
  const fits = conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty;
  return prisma.$queryRaw<MemberHit[]>`
    SELECT ${rank ?? 0}::int AS rank, ${writeKey(order, Prisma.sql`m.sort_key`)} AS "sortValue", m.id FROM (
      SELECT ${order.column} AS sort_key, m.id, m.search_text, m.status
      ${selectPresent(search)} ${rest}
      ORDER BY ${byColumn(order)} LIMIT ${steps}
    ) AS m ${fits} ORDER BY ${byColumn(order, Prisma.sql`m.sort_key`)} LIMIT ${limit + 1}`;
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
