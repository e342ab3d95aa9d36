import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { CachedQuery, MemberCursor } from './cached-query.ts';
import type { MemberQuery } from './member-filter.ts';

/** A page's members by local id, with the value they are sorted by. */
export interface MemberHit {
  id: number;
  sortValue: string;
}

export interface Page {
  limit: number;
  after: MemberCursor | undefined;
}

/** One kind of presence of a query that is sorted by name. */
export interface Search {
  prisma: PrismaClient;
  corpRowId: number;
  query: MemberQuery;
  cached: CachedQuery;
  /** The share of the filtered department in all members, 1 without one. */
  selectivity: number;
  count: () => Promise<number>;
}

/**
 * SQL that goes on after `SELECT …` for members `m` of one kind of presence who come after a place in the
 * order of names.
 */
export function selectInOrder(
  corpRowId: number,
  { presence }: MemberQuery,
  after: MemberCursor | undefined,
): Prisma.Sql {
  const rest = after ? Prisma.sql`AND (m.sort_name, m.id) > (${after[0]}, ${after[1]})` : Prisma.empty;
  return Prisma.sql`FROM member m
    WHERE m.corp_row_id = ${corpRowId} AND m.presence = ${presence}::member_presence ${rest}`;
}
