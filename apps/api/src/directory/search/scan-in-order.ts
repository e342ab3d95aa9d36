import { Prisma } from '../../platform/database/generated/client.ts';
import type { MemberHit, RankedHits } from './cached-query.ts';
import { collectHits } from './collect-hits.ts';
import { byColumn, isColumnAfter, writeKey } from './member-order.ts';
import { conditionsOf, type Page, type Search, selectPresent } from './sorted-search.ts';

/**
 * Up to this many hits are collected and sorted for a page; where there are more, an index scan is tried
 * first.
 */
export const maxCollected = 5_000;
/** Rows that an index scan reads by default: some five milliseconds. */
const scanLimit = 5_000;
/** Rows that it reads at most: the smaller a department, the rarer are its members in the order. */
const maxScanned = 20_000;
/** The selectivity of a department below which a scan would take longer than collecting its members. */
export const minScanSelectivity = 0.01;

/** `hits` tells where the scan may begin. */
export async function scanOrCollect(
  search: Search,
  page: Page,
  hits: RankedHits | undefined,
): Promise<MemberHit[]> {
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
export function indexScan(search: Search, { limit, after }: Page): Promise<MemberHit[]> {
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
