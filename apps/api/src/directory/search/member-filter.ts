import type { MemberStatus } from '@orgmirror/contracts';
import { Prisma } from '../../platform/database/generated/client.ts';
import { wecomStatuses } from '../members/member-status.ts';
import type { Rank } from './cached-query.ts';
import { encodeForTrigram, encodeHeadBeginning, encodeHeadEnd, encodeWholeHead } from './search-alphabet.ts';

export interface DepartmentFilter {
  /** Local id. */
  id: number;
  path: string;
  /** Present members directly in it. */
  memberCount: number;
  /** Present members in it or below. */
  totalMemberCount: number;
  /** Local ids of it and all below. */
  idsBelow?: number[];
  /** Whether it has so few members that its departments lead to them soonest. */
  isSmall?: boolean;
}

/** Which members are asked for. */
export interface MemberQuery {
  /** The department to filter by; `recursive` includes everything below it. */
  department: DepartmentFilter | undefined;
  recursive: boolean;
  q: string | undefined;
  status: MemberStatus | undefined;
  presence: 'present' | 'left' | 'all';
  /** Whether the text is also looked for in the enterprise's own attributes. */
  seesAttributes: boolean;
  /** Members who have the text in these attributes: local ids, or 'many'. */
  attributeHits?: readonly number[] | 'many';
  /** Local ids of the members whose mobile the text is; only for those who may see it. */
  mobileOwners?: readonly number[] | undefined;
}

/**
 * How many members the department's own row counts, where that is all that is asked. Members who left are in
 * no department.
 */
export function readStoredCount({
  department,
  recursive,
  presence,
  q,
  status,
}: MemberQuery): number | undefined {
  if (department === undefined || q || status !== undefined) return undefined;
  if (presence === 'left') return 0;
  return recursive ? department.totalMemberCount : department.memberCount;
}

/** Directly in a department members stand in WeCom's order, everywhere else by the pinyin of their name. */
export const isOrderedByDepartment = ({ department, recursive }: MemberQuery): boolean =>
  department !== undefined && !recursive;

/** Tells the lists of members apart: by department, search and filters. */
export const memberListKey = ({
  departmentId,
  recursive,
  q,
  status,
  presence,
  sort,
  order,
}: Partial<MemberQuery> & {
  departmentId?: number | undefined;
  sort?: string | undefined;
  order?: string | undefined;
}): string =>
  `/members ${JSON.stringify([departmentId, recursive, q, status, presence, ...(sort ? [sort, order] : [])])}`;

/** SQL that tells how well member `m` fits the text that is looked for. */
export function rankOf({ q }: MemberQuery): Prisma.Sql {
  if (!q) return Prisma.sql`0`;
  const { whole, beginning } = encodeHeads(q);
  return Prisma.sql`CASE WHEN NOT ${contains(beginning)} THEN 2 WHEN ${lacks(whole)} THEN 1 ELSE 0 END`;
}

/** SQL condition on members `m` for an exact hit or one that begins with the text. */
export const matchHeads = ({ q = '' }: MemberQuery): Prisma.Sql => contains(encodeHeads(q).beginning);

/** SQL conditions on members `m` for being of a rank, beside those for the text. */
export function matchRank({ q = '' }: MemberQuery, rank: Rank): Prisma.Sql[] {
  const { whole, beginning, end } = encodeHeads(q);
  if (rank === 0) return end === undefined ? [contains(whole)] : [contains(end), has(whole)];
  if (rank === 1) return [contains(beginning), lacks(whole)];
  return [lacks(beginning)];
}

/** `end`: what leads the index to fewer than the whole head does, whose first letters may be those of all userids. */
const encodeHeads = (q: string) => ({
  whole: encodeWholeHead(q.toLowerCase()),
  beginning: encodeHeadBeginning(q.toLowerCase()),
  end: encodeHeadEnd(q.toLowerCase()),
});

const contains = (text: string): Prisma.Sql => Prisma.sql`m.search_text LIKE ${`%${escapeLike(text)}%`}`;

const has = (text: string): Prisma.Sql => Prisma.sql`strpos(m.search_text, ${text}) > 0`;

/** No index serves it. Where most members lack the text, strpos takes a third of the time of NOT LIKE; else more. */
const lacks = (text: string): Prisma.Sql => Prisma.sql`strpos(m.search_text, ${text}) = 0`;

/**
 * SQL conditions on members `m` for everything but presence, and but being directly in a department. `isByMember`: each
 * member who meets the others is looked up in the department.
 */
export function buildConditions(corpRowId: number, query: MemberQuery, isByMember = false): Prisma.Sql[] {
  const { department, recursive, status } = query;
  const conditions = matchQuery(query);
  if (status !== undefined) conditions.push(matchStatus(status));
  if (department && recursive) conditions.push(matchDepartment(corpRowId, department, isByMember));
  return conditions;
}

/** SQL that goes on with `FROM …` for members directly in a department. */
export function fromDepartment(corpRowId: number, query: MemberQuery): Prisma.Sql {
  const conditions = [Prisma.sql`m.corp_row_id = ${corpRowId}`, ...buildConditions(corpRowId, query)];
  if (query.presence !== 'all') conditions.push(Prisma.sql`m.presence = ${query.presence}::member_presence`);
  return Prisma.sql`FROM membership s JOIN member m ON m.id = s.member_id
    WHERE s.department_id = ${query.department?.id} AND ${Prisma.join(conditions, ' AND ')}`;
}

/**
 * Postgres begins with a small department where it expects few of its members to be asked for, and reads all of them
 * for each member whom it did not expect: 2.8 s for 380 hits in 20,000. The + 0 and the OFFSET leave it no choice.
 */
function matchDepartment(
  corpRowId: number,
  { path, idsBelow, isSmall }: DepartmentFilter,
  isByMember: boolean,
): Prisma.Sql {
  if (idsBelow && isSmall && isByMember)
    return Prisma.sql`EXISTS (
      SELECT FROM membership s WHERE s.member_id = m.id AND s.department_id + 0 = ANY(${idsBelow}::int[]) OFFSET 0)`;
  if (idsBelow && isSmall)
    return Prisma.sql`EXISTS (
      SELECT FROM membership s WHERE s.member_id = m.id AND s.department_id = ANY(${idsBelow}::int[]))`;
  return Prisma.sql`EXISTS (
    SELECT FROM membership s JOIN department d ON d.id = s.department_id
    WHERE s.member_id = m.id AND d.corp_row_id = ${corpRowId} AND d.path LIKE ${`${path}%`})`;
}

function matchStatus(status: MemberStatus): Prisma.Sql {
  if (status !== 'unknown') return Prisma.sql`m.status = ${wecomStatuses[status]}`;
  // By the ranges between the known numbers, which an index finds; <> it does not.
  const known = Object.values(wecomStatuses).toSorted((a, b) => a - b);
  const ranges = [
    Prisma.sql`m.status < ${known[0]}`,
    ...known.slice(1).map((next, index) => Prisma.sql`m.status > ${known[index]} AND m.status < ${next}`),
    Prisma.sql`m.status > ${known.at(-1)}`,
  ];
  return Prisma.sql`(m.status IS NULL OR ${Prisma.join(ranges, ' OR ')})`;
}

/** Few are named, so that an index leads to them as well as to the text. */
function matchQuery({ q, attributeHits, mobileOwners }: MemberQuery): Prisma.Sql[] {
  const named = splitTerms(q).map((term) => matchText(term, Prisma.sql`m.search_text`));
  if ((attributeHits ?? mobileOwners) === undefined || named.length === 0) return named;
  const ids = [...(attributeHits === 'many' ? [] : (attributeHits ?? [])), ...(mobileOwners ?? [])];
  const hits = [
    Prisma.sql`(${Prisma.join(named, ' AND ')})`,
    ...(ids.length > 0 ? [Prisma.sql`m.id = ANY(${ids}::int[])`] : []),
    ...(attributeHits === 'many'
      ? [Prisma.sql`m.id IN (SELECT a.member_id FROM member_attributes a WHERE ${matchAttributes(q)})`]
      : []),
  ];
  return [Prisma.sql`(${Prisma.join(hits, ' OR ')})`];
}

/** SQL condition on the attributes `a` of a member for having all terms of a text. */
export const matchAttributes = (q: string | undefined): Prisma.Sql =>
  Prisma.join(
    splitTerms(q).map((term) => matchText(term, Prisma.sql`a.search_text`)),
    ' AND ',
  );

const matchText = (term: string, text: Prisma.Sql): Prisma.Sql => Prisma.sql`${text} LIKE ${matchTerm(term)}`;

/** Blanks separate terms that must all be found. */
const splitTerms = (q: string | undefined): string[] => (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);

/**
 * A term of one or two letters of ASCII is looked for at the beginning of a token, any other anywhere (one
 * Chinese character is four letters): both are served by the index, all but short ones with punctuation,
 * which are rare.
 */
function matchTerm(term: string): string {
  const escaped = escapeLike(encodeForTrigram(term));
  return /^[a-z0-9]{1,2}$/.test(term) ? `% ${escaped}%` : `%${escaped}%`;
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
