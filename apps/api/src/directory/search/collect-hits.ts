import { Prisma } from '../../platform/database/generated/client.ts';
import type { MemberHit, RankedHits } from './cached-query.ts';
import { sumOf } from './measure-ranks.ts';
import { buildConditions } from './member-filter.ts';
import { byKeys, isKeyAfter, writeKey } from './member-order.ts';
import { conditionsOf, type Page, type Search, selectMembers, selectPresent } from './sorted-search.ts';

/** Up to this many members with a text in common are looked up in the filtered department. */
const maxLookups = 50_000;

/**
 * Collects all hits of a search, counts them by rank and sorts out the page, one more than its limit if there are;
 * undefined when there are more than `max`. Materialized, since Postgres would else scan the index in order after
 * all; it still stops at `max`. The page is sorted out of all hits for the same reason: where it begins would lead
 * Postgres to an index of that order, and to all members in it, for each member of a department.
 */
export async function collectHits(search: Search, page: Page): Promise<MemberHit[]>;
export async function collectHits(search: Search, page: Page, max: number): Promise<MemberHit[] | undefined>;
export async function collectHits(
  search: Search,
  { limit, after, order: chosen }: Page,
  max?: number,
): Promise<MemberHit[] | undefined> {
  const { order } = search;
  const isCounted = chosen === undefined; // groups of a chosen order may be thousands
  const { hits, isWhole } = selectHits(search, max);
  const rest = after === undefined ? Prisma.empty : Prisma.sql`WHERE ${isKeyAfter(order, after)}`;
  const rows = await search.prisma.$queryRaw<
    { id: number | null; sortValue: string; rank: number; ranked: RankedHits[]; isWhole: boolean }[]
  >`
    WITH ${hits}, ranked AS (
      SELECT rank, count(*)::int AS total, min(${writeKey(order, Prisma.sql`sort_key`)}) AS "firstSortValue"
      FROM hits WHERE ${isCounted} GROUP BY rank ORDER BY rank
    )
    SELECT page.id, ${writeKey(order, Prisma.sql`page.sort_key`)} AS "sortValue", page.rank,
      (SELECT coalesce(json_agg(ranked), '[]') FROM ranked) AS ranked, ${isWhole} AS "isWhole"
    FROM (SELECT) AS always
    LEFT JOIN (SELECT * FROM hits ${rest} ORDER BY ${byKeys(order)} LIMIT ${limit + 1}) AS page ON true
    ORDER BY ${byKeys(order, Prisma.sql`page.`)}`;
  const [first] = rows;
  if (first === undefined || !first.isWhole || (max !== undefined && sumOf(first.ranked) > max))
    return undefined;
  if (isCounted && search.rank === undefined) cacheResult(search, first.ranked);
  return rows.flatMap(({ id, sortValue, rank }) => (id === null ? [] : { id, sortValue, rank }));
}

/** All hits of the query were collected. */
function cacheResult({ cached }: Search, ranked: RankedHits[]): void {
  cached.total = Promise.resolve(sumOf(ranked));
  cached.ranked = Promise.resolve(ranked);
}

/**
 * CTEs that end with `hits` (rank, sort_key, id), at most one more than may be, and SQL that tells whether those are
 * all there are.
 */
interface Hits {
  hits: Prisma.Sql;
  isWhole: Prisma.Sql;
}

const whole = Prisma.sql`true`;

function selectHits(search: Search, max: number | undefined): Hits {
  const { corpRowId, query, order, rank } = search;
  const { q, status, department } = query;
  const hit = Prisma.sql`${rank ?? order.lead ?? 0}::int AS rank, ${order.column} AS sort_key, m.id ${selectPresent(search)}`;
  const limited = max === undefined ? Prisma.empty : Prisma.sql`LIMIT ${max + 1}`;
  if (department?.idsBelow) {
    if (department.isSmall && !q && status === undefined)
      return selectMembersOf(department.idsBelow, hit, limited);
    const named = buildConditions(corpRowId, { ...query, department: undefined });
    if (!department.isSmall && q && named.length > 0 && max !== undefined)
      return selectNamedIn(
        department.idsBelow,
        hit,
        Prisma.sql`SELECT m.id ${selectMembers(search, named)}`,
        limited,
      );
  }
  const conditions = [hit, ...conditionsOf(search)];
  return {
    hits: Prisma.sql`hits AS MATERIALIZED (SELECT ${Prisma.join(conditions, ' AND ')} ${limited})`,
    isWhole: whole,
  };
}

/** All members of a small department, by its memberships: Postgres would rather scan all members. */
function selectMembersOf(departmentIds: readonly number[], hit: Prisma.Sql, limited: Prisma.Sql): Hits {
  const ids = Prisma.sql`SELECT DISTINCT member_id FROM membership WHERE department_id = ANY(${departmentIds}::int[])`;
  return { hits: lookUp(ids, hit, limited), isWhole: whole };
}

/** The members of a query of `member_id`, one by one. */
const lookUp = (ids: Prisma.Sql, hit: Prisma.Sql, limited: Prisma.Sql): Prisma.Sql => Prisma.sql`
  hits AS MATERIALIZED (
    SELECT m.* FROM (${ids}) AS s CROSS JOIN LATERAL (SELECT ${hit} AND m.id = s.member_id OFFSET 0) AS m ${limited}
  )`;

/**
 * Members with the text, looked up in a large department all at once: one by one takes twice as long. Only of those in it
 * the rank is looked at. The + 0 keeps Postgres from beginning with all members of the department, which is right in a
 * small one.
 */
function selectNamedIn(
  departmentIds: readonly number[],
  hit: Prisma.Sql,
  named: Prisma.Sql,
  limited: Prisma.Sql,
): Hits {
  const inside = Prisma.sql`
    SELECT DISTINCT s.member_id FROM membership s
    WHERE s.member_id = ANY((SELECT array_agg(id) FROM named)::int[]) AND s.department_id + 0 = ANY(${departmentIds}::int[])`;
  return {
    hits: Prisma.sql`named AS MATERIALIZED (${named} LIMIT ${maxLookups + 1}), ${lookUp(inside, hit, limited)}`,
    isWhole: Prisma.sql`(SELECT count(*) FROM named) <= ${maxLookups}`,
  };
}
