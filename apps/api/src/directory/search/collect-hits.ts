import { Prisma } from '../../platform/database/generated/client.ts';
import type { CachedQuery } from './cached-query.ts';
import { buildConditions } from './member-filter.ts';
import { type MemberHit, type Page, type Search, selectInOrder } from './sorted-search.ts';

/** Up to this many members with a text in common are looked up in the filtered department. */
const maxLookups = 50_000;

/**
 * Collects all hits of a search and sorts out the page, one more than its limit if there are; undefined when
 * there are more than `max`. Materialized, since Postgres would else scan the index in order after all; it
 * still stops at `max`.
 */
export async function collectHits(search: Search, page: Page): Promise<MemberHit[]>;
export async function collectHits(search: Search, page: Page, max: number): Promise<MemberHit[] | undefined>;
export async function collectHits(
  search: Search,
  { limit, after }: Page,
  max?: number,
): Promise<MemberHit[] | undefined> {
  const isBounded = max !== undefined;
  const { hits, isWhole } = selectHits(search, after, isBounded);
  const rows = await search.prisma.$queryRaw<
    { id: number | null; sortValue: string; count: number; isWhole: boolean }[]
  >`
    WITH ${hits}, collected AS MATERIALIZED (
      SELECT id, sort_name FROM hits ${isBounded ? Prisma.sql`LIMIT ${max + 1}` : Prisma.empty}
    )
    SELECT page.id, page.sort_name AS "sortValue", (SELECT count(*)::int FROM collected) AS count, ${isWhole} AS "isWhole"
    FROM (SELECT) AS always
    LEFT JOIN (SELECT id, sort_name FROM collected ORDER BY sort_name, id LIMIT ${limit + 1}) AS page ON true
    ORDER BY page.sort_name, page.id`;
  const [first] = rows;
  if (first === undefined || !first.isWhole || (isBounded && first.count > max)) return undefined;
  const found = rows.flatMap(({ id, sortValue }) => (id === null ? [] : { id, sortValue }));
  if (after === undefined) cacheResult(search.cached, found[0], first.count);
  return found;
}

/** All hits of the query were collected. */
function cacheResult(cached: CachedQuery, first: MemberHit | undefined, count: number): void {
  cached.total = Promise.resolve(count);
  if (first !== undefined) cached.firstKey = [first.sortValue, first.id - 1];
}

/** CTEs that end with `hits` (id, sort_name), and SQL that tells whether those are all there are. */
interface Hits {
  hits: Prisma.Sql;
  isWhole: Prisma.Sql;
}

const whole = Prisma.sql`true`;

function selectHits({ corpRowId, query }: Search, after: Page['after'], isBounded: boolean): Hits {
  const { q, status, department } = query;
  const inOrder = selectInOrder(corpRowId, query, after);
  if (department?.idsBelow) {
    if (department.isSmall && !q && status === undefined)
      return selectMembersOf(department.idsBelow, inOrder);
    const named = buildConditions(corpRowId, { ...query, department: undefined });
    if (!department.isSmall && q && named.length > 0 && isBounded)
      return selectNamedIn(department.idsBelow, inOrder, named);
  }
  const conditions = Prisma.join(buildConditions(corpRowId, query), ' AND ');
  return {
    hits: Prisma.sql`hits AS MATERIALIZED (SELECT m.id, m.sort_name ${inOrder} AND ${conditions})`,
    isWhole: whole,
  };
}

/** All members of a small department, by its memberships: Postgres would rather scan all members. */
function selectMembersOf(departmentIds: readonly number[], inOrder: Prisma.Sql): Hits {
  const hits = Prisma.sql`hits AS MATERIALIZED (
    SELECT m.id, m.sort_name
    FROM (SELECT DISTINCT member_id FROM membership WHERE department_id = ANY(${departmentIds}::int[])) AS s
    CROSS JOIN LATERAL (SELECT m.id, m.sort_name ${inOrder} AND m.id = s.member_id OFFSET 0) AS m
  )`;
  return { hits, isWhole: whole };
}

/**
 * Members with the text, looked up in a large department all at once: one by one takes twice as long. The + 0
 * keeps Postgres from beginning with all members of the department, which is right in a small one.
 */
function selectNamedIn(
  departmentIds: readonly number[],
  inOrder: Prisma.Sql,
  named: readonly Prisma.Sql[],
): Hits {
  const hits = Prisma.sql`named AS MATERIALIZED (
    SELECT m.id, m.sort_name ${inOrder} AND ${Prisma.join([...named], ' AND ')} LIMIT ${maxLookups + 1}
  ), inside AS MATERIALIZED (
    SELECT DISTINCT s.member_id FROM membership s
    WHERE s.member_id = ANY((SELECT array_agg(id) FROM named)::int[]) AND s.department_id + 0 = ANY(${departmentIds}::int[])
  ), hits AS MATERIALIZED (
    SELECT named.id, named.sort_name FROM named JOIN inside ON inside.member_id = named.id
  )`;
  return { hits, isWhole: Prisma.sql`(SELECT count(*) FROM named) <= ${maxLookups}` };
}
