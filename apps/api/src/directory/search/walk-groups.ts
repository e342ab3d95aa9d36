import { Prisma } from '../../platform/database/generated/client.ts';
import type { Group, MemberHit } from './cached-query.ts';
import type { MemberGroups } from './member-order.ts';
import { conditionsOf, type Page, type Search, selectMembers } from './sorted-search.ts';

/** How many hits have a value in the column that a list is grouped by. */
interface GroupSize {
  value: bigint | null;
  total: number;
}

/**
 * One page of members in the order of groups, one more than its limit if there are: as many groups at once as fill it,
 * and of each no more than that, which an index has in order.
 */
export async function walkGroups(
  search: Search,
  groups: MemberGroups,
  { limit, after }: Page,
): Promise<MemberHit[]> {
  const found: MemberHit[] = [];
  const wanted = () => limit + 1 - found.length;
  const sorted = await listGroups(search, groups);
  const begun = sorted.filter(({ place }) => place === after?.rank);
  if (after !== undefined) found.push(...(await readGroups(search, groups, begun, wanted(), after)));
  let rest = sorted.filter(({ place }) => after === undefined || place > after.rank);
  while (wanted() > 0 && rest.length > 0) {
    const run = takeUntilFull(rest, wanted());
    found.push(...(await readGroups(search, groups, run, wanted())));
    rest = rest.slice(run.length);
  }
  return found;
}

/** Kept for as long as the directory stays: an enterprise may have 30,000 groups. */
function listGroups({ cached, ...search }: Search, groups: MemberGroups): Promise<Group[]> {
  cached.groups ??= {};
  const { groups: known } = cached;
  const { name } = groups;
  known[name] ??= measureGroups(search, groups).then(
    (sizes) => sortGroups(sizes, groups),
    (error: unknown) => {
      delete known[name]; // a failure is not cached
      throw error;
    },
  );
  return known[name];
}

const measureGroups = (search: Omit<Search, 'cached'>, { column }: MemberGroups): Promise<GroupSize[]> =>
  search.prisma.$queryRaw<GroupSize[]>`
    SELECT ${column}::bigint AS value, count(*)::int AS total ${selectMembers(search, conditionsOf(search))}
    GROUP BY ${column}`;

/** Several values may lead to one place: all that are unknown share one. */
function sortGroups(sizes: readonly GroupSize[], { placeOf }: MemberGroups): Group[] {
  const groups = new Map<number, Group>();
  for (const { value, total } of sizes) {
    const place = placeOf(value);
    const group = groups.get(place) ?? { place, values: [], total: 0 };
    group.values.push(value);
    group.total += total;
    groups.set(place, group);
  }
  return [...groups.values()].toSorted((a, b) => a.place - b.place);
}

function takeUntilFull(groups: readonly Group[], wanted: number): Group[] {
  let total = 0;
  const end = groups.findIndex((group) => {
    total += group.total;
    return total >= wanted;
  });
  return end < 0 ? [...groups] : groups.slice(0, end + 1);
}

function readGroups(
  search: Search,
  { column }: MemberGroups,
  groups: readonly Group[],
  limit: number,
  after?: MemberHit,
): Promise<MemberHit[]> {
  const listed = groups.flatMap(({ place, values }) => values.map((value) => ({ place, value })));
  const known = listed.filter(({ value }) => value !== null);
  const rest = after ? [Prisma.sql`(m.sort_name, m.id) > (${after.sortValue}::text, ${after.id})`] : [];
  const selectFirst = (isOf: Prisma.Sql) => Prisma.sql`
    SELECT m.sort_name, m.id ${selectMembers(search, [isOf, ...rest, ...conditionsOf(search, true)])}
    ORDER BY m.sort_name, m.id LIMIT ${limit}`;
  // No index serves IS NOT DISTINCT FROM.
  const without = listed
    .filter(({ value }) => value === null)
    .map(
      ({ place }) =>
        Prisma.sql`SELECT ${place}::int, m.* FROM (${selectFirst(Prisma.sql`${column} IS NULL`)}) AS m`,
    );
  const each = Prisma.sql`
    SELECT g.place, m.*
    FROM unnest(${known.map(({ value }) => value)}::bigint[], ${known.map(({ place }) => place)}::int[]) AS g (value, place)
    CROSS JOIN LATERAL (${selectFirst(Prisma.sql`${column} = g.value`)}) AS m`;
  return search.prisma.$queryRaw<MemberHit[]>`
    SELECT place AS rank, sort_name AS "sortValue", id
    FROM (${Prisma.join([each, ...without], ' UNION ALL ')}) AS found (place, sort_name, id)
    ORDER BY place, sort_name, id LIMIT ${limit}`;
}
