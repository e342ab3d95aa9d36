import { Prisma } from '../../platform/database/generated/client.ts';
import type { RankedHits } from './cached-query.ts';
import { matchHeads, rankOf } from './member-filter.ts';
import { conditionsOf, type Search, selectPresent } from './sorted-search.ts';

/** How many hits each rank has and where they begin, best rank first; their sum is the query's total. */
export function measureRanks(search: Search): Promise<RankedHits[]> {
  const { cached } = search;
  cached.ranked ??= readRanks(search).catch((error: unknown) => {
    delete cached.ranked; // a failure is not cached
    throw error;
  });
  return cached.ranked;
}

export const sumOf = (ranked: readonly RankedHits[]): number =>
  ranked.reduce((sum, { total }) => sum + total, 0);

/**
 * By two statements at once, each of which counts in half the time of one that looks at the rank of every hit: all of
 * them, and those of the first ranks. Where the last rank begins is not told.
 */
async function readRanks(search: Search): Promise<RankedHits[]> {
  const [total, heads] = await Promise.all([search.count(), readHeads(search)]);
  const others: RankedHits = { rank: 2, total: total - sumOf(heads), firstSortValue: '' };
  return others.total > 0 ? [...heads, others] : heads;
}

/** Exact hits and those that begin with the text. */
function readHeads(search: Search): Promise<RankedHits[]> {
  const conditions = [...conditionsOf(search, true), matchHeads(search.query)];
  return search.prisma.$queryRaw<RankedHits[]>`
    SELECT rank, count(*)::int AS total, min(sort_name) AS "firstSortValue"
    FROM (
      SELECT ${rankOf(search.query)}::int AS rank, m.sort_name
      ${selectPresent(search)} AND ${Prisma.join(conditions, ' AND ')}
    ) AS hits
    GROUP BY rank ORDER BY rank`;
}
