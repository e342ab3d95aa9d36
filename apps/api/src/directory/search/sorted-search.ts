import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { CachedQuery, MemberHit, Rank } from './cached-query.ts';
import { buildConditions, type MemberQuery, matchRank, rankOf } from './member-filter.ts';

export interface Page {
  limit: number;
  /** The last row of the page before. */
  after: MemberHit | undefined;
}

/** One kind of presence of a query that is sorted by name. */
export interface Search {
  prisma: PrismaClient;
  corpRowId: number;
  query: MemberQuery;
  /** The one rank that is looked for; undefined: all. */
  rank?: Rank;
  cached: CachedQuery;
  /** The share of the filtered department in all members, 1 without one. */
  selectivity: number;
  count: () => Promise<number>;
}

/** SQL conditions on members `m` for everything but presence. */
export const conditionsOf = ({ corpRowId, query, rank }: Search): Prisma.Sql[] => [
  ...buildConditions(corpRowId, query),
  ...(rank === undefined ? [] : matchRank(query, rank)),
];

/**
 * SQL that goes on after `SELECT …` for members `m` of one kind of presence who come after a place in the
 * order.
 */
export function selectAfter({ corpRowId, query, rank }: Search, after: MemberHit | undefined): Prisma.Sql {
  return Prisma.sql`FROM member m
    WHERE m.corp_row_id = ${corpRowId} AND m.presence = ${query.presence}::member_presence ${comesAfter()}`;

  function comesAfter(): Prisma.Sql {
    if (after === undefined) return Prisma.empty;
    const { sortValue, id } = after;
    const isOneRank = rank !== undefined || !query.q;
    return isOneRank
      ? Prisma.sql`AND (m.sort_name, m.id) > (${sortValue}, ${id})`
      : Prisma.sql`AND (${rankOf(query)}, m.sort_name, m.id) > (${after.rank}, ${sortValue}, ${id})`;
  }
}
