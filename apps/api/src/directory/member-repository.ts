import type { MemberStatus } from '@orgmirror/contracts';
import {
  type Member,
  type MemberSensitive,
  Prisma,
  type PrismaClient,
} from '../database/generated/client.ts';
import { wecomStatuses } from './member-status.ts';

export type MemberRow = Member & { sensitive: MemberSensitive[] };

export interface PlaceRow {
  memberId: number;
  departmentId: number;
  name: string;
  path: string;
  sortOrder: number;
  isLeader: boolean;
  isMain: boolean;
}

export interface MemberQuery {
  /** The department asked for; `recursive` includes everything below it. */
  department: { id: number; path: string } | undefined;
  recursive: boolean;
  q: string | undefined;
  status: MemberStatus | undefined;
  presence: 'present' | 'left' | 'all';
}

/** Where the next page begins: sort value and id of the last row of this one. */
export type MemberCursor = readonly [string, number];

/**
 * One page of members, one more than `limit` if there are. Directly in a department they stand in WeCom's order,
 * everywhere else by the pinyin of their name.
 */
export async function listMemberPage(
  prisma: PrismaClient,
  corpRowId: number,
  query: MemberQuery,
  page: { limit: number; after: MemberCursor | undefined },
): Promise<{ row: MemberRow; sortValue: string }[]> {
  const ordered = isOrderedByDepartment(query);
  const sortValue = ordered ? Prisma.sql`s.sort_order` : Prisma.sql`m.sort_name`;
  const rest = buildRest(ordered, page.after);
  const found = await prisma.$queryRaw<{ id: number; sortValue: string }[]>`
    SELECT m.id, ${sortValue}::text AS "sortValue" ${buildFrom(corpRowId, query)} ${rest}
    ORDER BY ${sortValue} ${ordered ? Prisma.sql`DESC` : Prisma.sql`ASC`}, m.id ASC LIMIT ${page.limit + 1}`;
  const rows = await prisma.member.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    include: { sensitive: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found.flatMap(({ id, sortValue: value }) => {
    const row = byId.get(id);
    return row ? [{ row, sortValue: value }] : [];
  });
}

/** How many members a query finds. */
export async function countMembers(
  prisma: PrismaClient,
  corpRowId: number,
  query: MemberQuery,
): Promise<number> {
  const [row] = await prisma.$queryRaw<{ total: bigint }[]>`
    SELECT count(*) AS total ${buildFrom(corpRowId, query)}`;
  return Number(row?.total ?? 0);
}

const isOrderedByDepartment = ({ department, recursive }: MemberQuery): boolean =>
  department !== undefined && !recursive;

function buildRest(ordered: boolean, after: MemberCursor | undefined): Prisma.Sql {
  if (after === undefined) return Prisma.empty;
  const [value, id] = after;
  return ordered
    ? Prisma.sql`AND (s.sort_order < ${value}::bigint OR (s.sort_order = ${value}::bigint AND m.id > ${id}))`
    : Prisma.sql`AND (m.sort_name, m.id) > (${value}, ${id})`;
}

function buildFrom(corpRowId: number, query: MemberQuery): Prisma.Sql {
  const { department, presence, status, q } = query;
  const conditions = [Prisma.sql`m.corp_row_id = ${corpRowId}`];
  if (presence !== 'all') conditions.push(Prisma.sql`m.presence = ${presence}::member_presence`);
  if (status !== undefined) conditions.push(matchStatus(status));
  for (const term of splitTerms(q)) conditions.push(Prisma.sql`m.search_text LIKE ${matchTerm(term)}`);
  if (department && query.recursive) {
    conditions.push(Prisma.sql`EXISTS (
      SELECT FROM membership s JOIN department d ON d.id = s.department_id
      WHERE s.member_id = m.id AND d.corp_row_id = ${corpRowId} AND d.path LIKE ${`${department.path}%`})`);
  }
  const from =
    department && !query.recursive
      ? Prisma.sql`FROM membership s JOIN member m ON m.id = s.member_id AND s.department_id = ${department.id}`
      : Prisma.sql`FROM member m`;
  return Prisma.sql`${from} WHERE ${Prisma.join(conditions, ' AND ')}`;
}

function matchStatus(status: MemberStatus): Prisma.Sql {
  const known = Object.values(wecomStatuses);
  if (status === 'unknown') return Prisma.sql`(m.status IS NULL OR m.status <> ALL(${known}::int[]))`;
  return Prisma.sql`m.status = ${wecomStatuses[status]}`;
}

/** Blanks separate terms that must all be found. */
const splitTerms = (q: string | undefined): string[] => (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);

/**
 * A term of one or two letters is looked for at the beginning of a token (every character of a Chinese name begins
 * one), any other anywhere: both are served by the index, all but short ones with signs in them, which nobody types.
 */
function matchTerm(term: string): string {
  const escaped = term.replaceAll(/[\\%_]/g, '\\$&');
  return /^[\p{L}\p{N}]{1,2}$/u.test(term) ? `% ${escaped}%` : `%${escaped}%`;
}

/** Where the members are, main department first, then by WeCom id. */
export async function listPlaces(prisma: PrismaClient, memberIds: readonly number[]): Promise<PlaceRow[]> {
  const rows = await prisma.$queryRaw<
    (Omit<PlaceRow, 'departmentId' | 'sortOrder'> & { departmentId: bigint; sortOrder: bigint })[]
  >`
    SELECT s.member_id AS "memberId", d.wecom_id AS "departmentId", d.name, d.path, s.sort_order AS "sortOrder",
           s.is_leader AS "isLeader", s.is_main AS "isMain"
    FROM membership s JOIN department d ON d.id = s.department_id
    WHERE s.member_id = ANY(${[...memberIds]}::int[])
    ORDER BY s.member_id, s.is_main DESC, d.wecom_id`;
  return rows.map((row) => ({
    ...row,
    departmentId: Number(row.departmentId),
    sortOrder: Number(row.sortOrder),
  }));
}

/** A member by userid without case. */
export const findMember = (
  prisma: PrismaClient,
  corpRowId: number,
  userKey: string,
): Promise<MemberRow | null> =>
  prisma.member.findUnique({
    where: { corpRowId_userKey: { corpRowId, userKey } },
    include: { sensitive: true },
  });

/** Names of members by lower-case userid. */
export async function readMemberNames(
  prisma: PrismaClient,
  corpRowId: number,
  userKeys: readonly string[],
): Promise<Map<string, string>> {
  const rows = await prisma.member.findMany({
    where: { corpRowId, userKey: { in: [...userKeys] } },
    select: { userKey: true, name: true },
  });
  return new Map(rows.map(({ userKey, name }) => [userKey, name]));
}

/** The latest applied changes of a member, newest first. */
export function listMemberHistory(prisma: PrismaClient, corpRowId: number, userKey: string, limit: number) {
  return prisma.$queryRaw<
    {
      runId: string;
      at: Date;
      entity: 'member' | 'membership';
      kind: 'create' | 'update' | 'remove' | 'restore';
      name: string;
      before: Record<string, unknown> | null;
      after: Record<string, unknown> | null;
    }[]
  >`
    SELECT c.run_id AS "runId", coalesce(r.finished_at, r.applied_at) AS at, c.entity, c.kind, c.name, c.before, c.after
    FROM sync_change c JOIN sync_run r ON r.id = c.run_id
    WHERE c.user_key = ${userKey} AND r.corp_row_id = ${corpRowId} AND r.applied_at IS NOT NULL
      AND (NOT c.held OR r.status = 'succeeded')
    ORDER BY r.applied_at DESC, c.seq LIMIT ${limit}`;
}
