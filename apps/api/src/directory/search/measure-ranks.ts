import { Prisma } from '../../platform/database/generated/client.ts';
import type { RankedHits } from './cached-query.ts';
import { rankOf } from './member-filter.ts';
import { conditionsOf, type Search, selectAfter } from './sorted-search.ts';

/** How many hits each rank has and where they begin, best rank first; their sum is the query's total. */
export function measureRanks(search: Search): Promise<RankedHits[]> {
  const { cached } = search;
  cached.ranked ??= readRanks(search).then(
    (ranked) => {
      cached.total ??= Promise.resolve(sumOf(ranked));
      return ranked;
    },
    (error: unknown) => {
      delete cached.ranked; // a failure is not cached
      throw error;
    },
  );
  return cached.ranked;
}

export const sumOf = (ranked: readonly RankedHits[]): number =>
  ranked.reduce((sum, { total }) => sum + total, 0);

function readRanks(search: Search): Promise<RankedHits[]> {
  return search.prisma.$queryRaw<RankedHits[]>`
    SELECT rank, count(*)::int AS total, min(sort_name) AS "firstSortValue"
    FROM (
      SELECT ${rankOf(search.query)}::int AS rank, m.sort_name
      ${selectAfter(search, undefined)} AND ${Prisma.join(conditionsOf(search), ' AND ')}
    ) AS hits
    GROUP BY rank ORDER BY rank`;
}
