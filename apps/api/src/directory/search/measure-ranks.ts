import { Prisma } from '../../platform/database/generated/client.ts';
import type { RankedHits } from './cached-query.ts';
import { matchHeads, matchRank } from './member-filter.ts';
import { headConditionsOf, type Search, selectPresent } from './sorted-search.ts';

/**
 * How many hits each rank has and where they begin, best rank first; their sum is the query's total. Where the last
 * rank begins is not told.
 */
export async function measureRanks(search: Search): Promise<RankedHits[]> {
  const { cached } = search;
  if (cached.ranked !== undefined) return cached.ranked;
  const [total, heads] = await Promise.all([search.count(), measureHeads(search)]);
  const others: RankedHits = { rank: 2, total: total - sumOf(heads), firstSortValue: '' };
  const ranked = others.total > 0 ? [...heads, others] : heads;
  cached.ranked = Promise.resolve(ranked);
  return ranked;
}

export const sumOf = (ranked: readonly RankedHits[]): number =>
  ranked.reduce((sum, { total }) => sum + total, 0);

/** The same of the first ranks alone: exact hits and those that begin with the text. */
export function measureHeads(search: Search): Promise<RankedHits[]> {
  const { cached } = search;
  cached.heads ??= readHeads(search).catch((error: unknown) => {
    delete cached.heads; // a failure is not cached
    throw error;
  });
  return cached.heads;
}

/** The index finds the exact ones alone sooner than the rank of each could be looked at. */
async function readHeads(search: Search): Promise<RankedHits[]> {
  const [exact, all] = await Promise.all([
    measure(search, matchRank(search.query, 0)),
    measure(search, [matchHeads(search.query)]),
  ]);
  const begun = { ...all, total: all.total - exact.total };
  return [
    { rank: 0 as const, ...exact },
    { rank: 1 as const, ...begun },
  ].filter(({ total }) => total > 0);
}

async function measure(
  search: Search,
  heads: readonly Prisma.Sql[],
): Promise<Pick<RankedHits, 'total' | 'firstSortValue'>> {
  const conditions = [...headConditionsOf(search), ...heads];
  const [row] = await search.prisma.$queryRaw<{ total: number; firstSortValue: string | null }[]>`
    SELECT count(*)::int AS total, min(m.sort_name) AS "firstSortValue"
    ${selectPresent(search)} AND ${Prisma.join(conditions, ' AND ')}`;
  return { total: row?.total ?? 0, firstSortValue: row?.firstSortValue ?? '' };
}
