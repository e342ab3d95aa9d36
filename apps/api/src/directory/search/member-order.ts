import type { MemberSort, SortOrder } from '@orgmirror/contracts';
import { Prisma } from '../../platform/database/generated/client.ts';
import type { GroupOrder } from './cached-query.ts';
import { type MemberQuery, rankOf } from './member-filter.ts';

/** What a list of members `m` is sorted by; the local id comes last. */
export interface MemberOrder {
  /** SQL of an integer that leads; undefined: the column alone decides, and an index has its order. */
  lead: Prisma.Sql | undefined;
  /** What `lead` makes of one column, each of whose values an index has in order. */
  groups?: MemberGroups;
  /** SQL that goes on after `FROM member m`: what `lead` needs. */
  join: Prisma.Sql;
  column: Prisma.Sql;
  type: 'text' | 'instant';
  isDescending: boolean;
}

/** Groups of members who have the same value in a column. */
export interface MemberGroups {
  name: GroupOrder;
  /** SQL of an integer, or null. */
  column: Prisma.Sql;
  /** Where those with a value stand: what `lead` makes of it. */
  placeOf: (value: bigint | null) => number;
}

const columns = {
  name: { column: Prisma.sql`m.sort_name`, type: 'text' },
  userId: { column: Prisma.sql`m.user_key`, type: 'text' },
  updatedAt: { column: Prisma.sql`m.updated_at`, type: 'instant' },
} as const;

/** How well a member fits the text that is looked for, then the pinyin of the name. */
export const orderByFit = (query: MemberQuery): MemberOrder => ({
  lead: query.q ? rankOf(query) : undefined,
  join: Prisma.empty,
  ...columns.name,
  isDescending: false,
});

/** After all statuses of WeCom and all departments. */
const lastGroup = 2_000_000_000;

/**
 * The order that a column of the list asks for. Status and department are groups, in each of which members stand by
 * name; `departments` from {@link groupByDepartment}.
 */
export function orderBy(
  sort: MemberSort,
  direction: SortOrder,
  departments: Grouping = groupByDepartment([]),
): MemberOrder {
  const isDescending = direction === 'desc';
  if (sort !== 'status' && sort !== 'department')
    return { lead: undefined, join: Prisma.empty, ...columns[sort], isDescending };
  const { group, join, column, placeOf } = sort === 'status' ? byStatus : departments;
  return {
    lead: isDescending ? Prisma.sql`(-${group})` : group,
    groups: {
      name: `${sort}, ${direction}`,
      column,
      placeOf: isDescending ? (value) => -placeOf(value) : placeOf,
    },
    join,
    ...columns.name,
    isDescending: false,
  };
}

/** A column whose values are groups in an order. */
export interface Grouping extends Pick<MemberGroups, 'column' | 'placeOf'> {
  /** SQL of the place. */
  group: Prisma.Sql;
  join: Prisma.Sql;
}

const byStatus: Grouping = {
  group: Prisma.sql`coalesce(m.status, ${lastGroup}::int)`,
  join: Prisma.empty,
  column: Prisma.sql`m.status`,
  placeOf: (status) => (status === null ? lastGroup : Number(status)),
};

/**
 * Members by main department, in the order of these ids; those of any other come after them. By binary search in an
 * array: a join would look through all departments for each member.
 */
export function groupByDepartment(departmentIds: readonly number[]): Grouping {
  const sorted = departmentIds.map((id, place) => ({ id, place })).toSorted((a, b) => a.id - b.id);
  const found = Prisma.sql`width_bucket(m.main_department_id, o.ids)`;
  const places = new Map(departmentIds.map((id, place) => [id, place]));
  return {
    group: Prisma.sql`CASE WHEN o.ids[${found}] = m.main_department_id THEN o.places[${found}] ELSE ${lastGroup}::int END`,
    join: Prisma.sql`CROSS JOIN (
      SELECT ${sorted.map(({ id }) => BigInt(id))}::bigint[] AS ids, ${sorted.map(({ place }) => place)}::int[] AS places
    ) AS o`,
    column: Prisma.sql`m.main_department_id`,
    placeOf: (id) => (id === null ? lastGroup : (places.get(Number(id)) ?? lastGroup)),
  };
}

const directionOf = ({ isDescending }: MemberOrder) => (isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`);

/** SQL for `ORDER BY` on rows with `rank`, `sort_key` and `id`, of the table or query that is named. */
export const byKeys = (order: MemberOrder, table = Prisma.empty): Prisma.Sql =>
  Prisma.sql`${table}rank, ${table}sort_key ${directionOf(order)}, ${table}id ${directionOf(order)}`;

/** SQL for `ORDER BY` on members `m`, as an index has it; `key`: what stands for the order's column. */
export const byColumn = (order: MemberOrder, key = order.column): Prisma.Sql =>
  Prisma.sql`${key} ${directionOf(order)}, m.id ${directionOf(order)}`;

/** SQL that writes a sort key as a text, which {@link readKey} reads. */
export const writeKey = ({ type }: MemberOrder, key: Prisma.Sql): Prisma.Sql =>
  type === 'text' ? key : Prisma.sql`to_char(${key} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** SQL of the sort key that a text holds. */
export const readKey = ({ type }: MemberOrder, text: Prisma.Sql): Prisma.Sql =>
  type === 'text' ? Prisma.sql`${text}::text` : Prisma.sql`${text}::timestamptz`;

/** Where a row of a list stands. */
interface Place {
  rank: number;
  sortValue: string;
  id: number;
}

/** SQL that tells whether a row with `rank`, `sort_key` and `id` comes after a place. An order that falls has one rank. */
export const isKeyAfter = (order: MemberOrder, { rank, sortValue, id }: Place): Prisma.Sql => {
  const key = readKey(order, Prisma.sql`${sortValue}`);
  return order.isDescending
    ? Prisma.sql`(sort_key, id) < (${key}, ${id})`
    : Prisma.sql`(rank, sort_key, id) > (${rank}, ${key}, ${id})`;
};

/** SQL that tells whether member `m` comes after a place of the same rank, as an index finds it. */
export const isColumnAfter = (order: MemberOrder, { sortValue, id }: Omit<Place, 'rank'>): Prisma.Sql => {
  const than = order.isDescending ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`(${order.column}, m.id) ${than} (${readKey(order, Prisma.sql`${sortValue}`)}, ${id})`;
};
