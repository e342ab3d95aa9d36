import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { CachedQuery, MemberHit, Rank } from './cached-query.ts';
import { buildConditions, type MemberQuery, matchRank } from './member-filter.ts';
import type { MemberOrder } from './member-order.ts';
import { isKept } from './member-query-cache.ts';

export interface Page {
  limit: number;
  /** The last row of the page before. */
  after: MemberHit | undefined;
  /** Undefined: by how well a member fits, or as the department has them. */
  order?: MemberOrder | undefined;
}

/** One kind of presence of a query, sorted in one order. */
export interface Search {
  prisma: PrismaClient;
  corpRowId: number;
  query: MemberQuery;
  order: MemberOrder;
  /** The one rank that is looked for; undefined: all. */
  rank?: Rank;
  cached: CachedQuery;
  /** The share of the filtered department in all members, 1 without one. */
  selectivity: number;
  count: () => Promise<number>;
}

/**
 * SQL conditions on members `m` for everything but presence. How many are of a rank Postgres cannot estimate.
 */
export const conditionsOf = (
  { corpRowId, query, rank }: Pick<Search, 'corpRowId' | 'query' | 'rank'>,
  isByMember = rank !== undefined,
): Prisma.Sql[] =>
  rank === undefined || rank === 2
    ? [
        ...buildConditions(corpRowId, query, isByMember),
        ...(rank === undefined ? [] : matchRank(query, rank)),
      ]
    : [...headConditionsOf({ corpRowId, query }), ...matchRank(query, rank)];

/** The same for members one of whose heads is looked at, which has all terms of the text if it begins with it. */
export const headConditionsOf = ({ corpRowId, query }: Pick<Search, 'corpRowId' | 'query'>): Prisma.Sql[] =>
  buildConditions(corpRowId, { ...query, q: undefined }, true);

/** SQL that goes on after `SELECT …` for members `m` of one kind of presence, with what their order needs. */
export const selectPresent = ({ corpRowId, query, order }: Search): Prisma.Sql =>
  Prisma.sql`FROM member m ${order.join}
    WHERE m.corp_row_id = ${corpRowId} AND m.presence = ${query.presence}::member_presence`;

/** SQL that goes on after `SELECT …` for members `m` of one kind of presence who meet conditions. */
export const selectMembers = (
  { corpRowId, query }: Pick<Search, 'corpRowId' | 'query'>,
  conditions: readonly Prisma.Sql[],
): Prisma.Sql =>
  Prisma.sql`FROM member m WHERE ${Prisma.join(
    [
      Prisma.sql`m.corp_row_id = ${corpRowId}`,
      Prisma.sql`m.presence = ${query.presence}::member_presence`,
      ...conditions,
    ],
    ' AND ',
  )}`;

/** For the caller that asks for the number after the page, and gets the error if there is one. */
export function beginToCount({ query, count }: Search): void {
  if (isKept(query)) void count().catch(() => undefined);
}
