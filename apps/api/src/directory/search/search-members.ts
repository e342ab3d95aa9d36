import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { CurrentCorp, SearchedCorp } from '../departments/current-corp.ts';
import { listDepartmentIdsBelow, listDepartmentIdsByPath } from '../departments/department-repository.ts';
import type { MemberHit } from './cached-query.ts';
import { countMembers, type SearchDependencies } from './count-members.ts';
import { findMemberPage } from './find-member-page.ts';
import {
  type DepartmentFilter,
  isOrderedByDepartment,
  type MemberQuery,
  matchAttributes,
} from './member-filter.ts';
import type { Page } from './sorted-search.ts';

const allPresent: MemberQuery = {
  department: undefined,
  recursive: false,
  q: undefined,
  status: undefined,
  presence: 'present',
  seesAttributes: false,
};

/** Up to this many members who have a text in their attributes are named in the query. */
const maxNamedHits = 1_000;

/** Below a department with a larger share of all members its path finds them: most rows that are read fit. */
const maxListedSelectivity = 0.05;

/** One page of members, one more than `limit` if there are; `count` tells how many there are altogether. */
export async function searchMembers(
  dependencies: SearchDependencies,
  corp: SearchedCorp,
  given: MemberQuery,
  page: Page,
): Promise<{ found: MemberHit[]; count: () => Promise<number> }> {
  const asked = await findAttributeHits(dependencies.prisma, corp, given);
  if (page.order !== undefined && isOrderedByDepartment(asked)) return searchDirectMembers();
  const { query, selectivity } = await measureDepartment(dependencies, corp, asked);
  const found = await findMemberPage(dependencies, corp, query, page, selectivity);
  return { found, count: () => countMembers(dependencies, corp, query) };

  /** In another order than WeCom's: as those of a department without any below it. */
  async function searchDirectMembers() {
    const department = asked.department && {
      ...asked.department,
      idsBelow: [asked.department.id],
      isSmall: true,
    };
    const query = { ...asked, department, recursive: true };
    const found = await findMemberPage(dependencies, corp, query, page, 0);
    return { found, count: () => countMembers(dependencies, corp, asked) };
  }
}

/** Whom the attributes lead to: named where they are few, as they are for a number of an employee. */
async function findAttributeHits(
  prisma: PrismaClient,
  corp: SearchedCorp,
  query: MemberQuery,
): Promise<MemberQuery> {
  if (!corp.hasAttributes || !query.seesAttributes || !query.q?.trim()) return query;
  const rows = await prisma.$queryRaw<{ id: number }[]>`
    SELECT a.member_id AS id FROM member_attributes a JOIN member m ON m.id = a.member_id
    WHERE ${matchAttributes(query.q)} AND m.corp_row_id = ${corp.id} LIMIT ${maxNamedHits + 1}`;
  if (rows.length === 0) return query;
  return { ...query, attributeHits: rows.length > maxNamedHits ? 'many' : rows.map(({ id }) => id) };
}

/**
 * The department's share of all members. One that holds all members is no condition: the console's list
 * begins with the whole enterprise. The departments below are listed for a small one, and where a text is
 * looked for.
 */
async function measureDepartment(
  dependencies: SearchDependencies,
  corp: CurrentCorp,
  query: MemberQuery,
): Promise<{ query: MemberQuery; selectivity: number }> {
  const { department, recursive, presence } = query;
  if (department === undefined || !recursive) return { query, selectivity: 1 };
  const all = await countMembers(dependencies, corp, allPresent);
  if (department.totalMemberCount === all && presence === 'present')
    return { query: { ...query, department: undefined }, selectivity: 1 };
  const selectivity = department.totalMemberCount / Math.max(1, all);
  const isSmall = selectivity <= maxListedSelectivity;
  if (!isSmall && !query.q) return { query, selectivity };
  const idsBelow = isSmall
    ? await listDepartmentIdsBelow(dependencies.prisma, department.id)
    : await listManyIdsBelow(dependencies, corp, department);
  return { query: { ...query, department: { ...department, idsBelow, isSmall } }, selectivity };
}

/** Cached, since there are only a few departments so large. */
function listManyIdsBelow(
  { prisma, getCachedQuery }: SearchDependencies,
  corp: CurrentCorp,
  department: DepartmentFilter,
): Promise<number[]> {
  const cached = getCachedQuery(corp, { ...allPresent, department, recursive: true });
  cached.idsBelow ??= listDepartmentIdsByPath(prisma, corp.id, department.path).catch((error: unknown) => {
    delete cached.idsBelow; // a failure is not cached
    throw error;
  });
  return cached.idsBelow;
}
