import type { CurrentCorp } from '../departments/current-corp.ts';
import { listDepartmentIdsBelow, listDepartmentIdsByPath } from '../departments/department-repository.ts';
import { countMembers, type SearchDependencies } from './count-members.ts';
import { findMemberPage } from './find-member-page.ts';
import type { AskedDepartment, MemberQuery } from './member-filter.ts';
import type { MemberCursor } from './member-query.ts';
import type { FoundMember } from './sorted-search.ts';

const everyone: MemberQuery = {
  department: undefined,
  recursive: false,
  q: undefined,
  status: undefined,
  presence: 'present',
};

/** Below a department with a larger share of all members its path finds them: most of whoever is looked at fits. */
const largestListedShare = 0.05;

/** One page of members, one more than `limit` if there are; `count` tells how many there are altogether. */
export async function searchMembers(
  dependencies: SearchDependencies,
  corp: CurrentCorp,
  asked: MemberQuery,
  page: { limit: number; after: MemberCursor | undefined },
): Promise<{ found: FoundMember[]; count: () => Promise<number> }> {
  const { query, share } = await measureDepartment(dependencies, corp, asked);
  const found = await findMemberPage(dependencies, corp, query, page, share);
  return { found, count: () => countMembers(dependencies, corp, query) };
}

/**
 * The department's share of all members. One that holds everyone is no condition: the console's list begins with the
 * whole enterprise. The departments below are listed for a small one, and where a text is looked for.
 */
async function measureDepartment(
  dependencies: SearchDependencies,
  corp: CurrentCorp,
  query: MemberQuery,
): Promise<{ query: MemberQuery; share: number }> {
  const { department, recursive, presence } = query;
  if (department === undefined || !recursive) return { query, share: 1 };
  const all = await countMembers(dependencies, corp, everyone);
  if (department.totalMemberCount === all && presence === 'present')
    return { query: { ...query, department: undefined }, share: 1 };
  const share = department.totalMemberCount / Math.max(1, all);
  const isSmall = share <= largestListedShare;
  if (!isSmall && !query.q) return { query, share };
  const idsBelow = isSmall
    ? await listDepartmentIdsBelow(dependencies.prisma, department.id)
    : await listManyIdsBelow(dependencies, corp, department);
  return { query: { ...query, department: { ...department, idsBelow, isSmall } }, share };
}

/** Kept, since there are only a few departments so large. */
function listManyIdsBelow(
  { prisma, recall }: SearchDependencies,
  corp: CurrentCorp,
  department: AskedDepartment,
): Promise<number[]> {
  const facts = recall(corp, { ...everyone, department, recursive: true });
  facts.idsBelow ??= listDepartmentIdsByPath(prisma, corp.id, department.path).catch((error: unknown) => {
    delete facts.idsBelow; // a failure is not kept
    throw error;
  });
  return facts.idsBelow;
}
