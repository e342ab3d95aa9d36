import type { MemberExportRequest } from '@orgmirror/contracts';
import { toMemberKey } from '@orgmirror/planner';
import { findCurrentCorp, type SearchedCorp } from '../directory/departments/current-corp.ts';
import { findDepartment } from '../directory/departments/department-repository.ts';
import type { MemberHit } from '../directory/search/cached-query.ts';
import type { MemberQuery } from '../directory/search/member-filter.ts';
import { orderBy } from '../directory/search/member-order.ts';
import { createMemberQueryCache } from '../directory/search/member-query-cache.ts';
import { searchMembers } from '../directory/search/search-members.ts';
import type { Database } from '../platform/database/database.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { type ExportedMember, readDepartmentPaths, readExportedMembers } from './exported-member.ts';

interface ReadDependencies {
  database: Pick<Database, 'queryLarge'>;
  prisma: PrismaClient;
  secretBox: SecretBox;
}

const pageSize = 500;
/** No sync changes a userid but for a renamed one: nobody is missed, and nobody comes twice. */
const byUserId = orderBy('userId', 'asc');

/**
 * Members of an export page by page, in the order of their userids; `onTotal` is told once how many there are.
 * @throws AppError `resource.not_found` when the department of the filter is gone
 */
export async function* readMembers(
  dependencies: ReadDependencies,
  request: MemberExportRequest,
  onTotal: (total: number) => void,
): AsyncGenerator<ExportedMember[]> {
  const corp = await findCurrentCorp(dependencies.prisma);
  if (corp === undefined) {
    onTotal(0);
    return;
  }
  const pages = request.userIds
    ? findSelected(dependencies.prisma, corp, request.userIds, onTotal)
    : findFiltered(dependencies.prisma, corp, request.filter, onTotal);
  const form = {
    pathOf: await readDepartmentPaths(dependencies.database, corp.id),
    showsContacts: request.columns.some((column) => column === 'mobile' || column === 'email'),
    isRevealed: request.reveal,
  };
  for await (const ids of pages) yield await readExportedMembers(dependencies, ids, form);
}

async function* findSelected(
  prisma: PrismaClient,
  corp: SearchedCorp,
  userIds: readonly string[],
  onTotal: (total: number) => void,
): AsyncGenerator<number[]> {
  const rows = await prisma.member.findMany({
    where: { corpRowId: corp.id, userKey: { in: userIds.map(toMemberKey) } },
    orderBy: { userKey: 'asc' },
    select: { id: true },
  });
  onTotal(rows.length);
  for (let start = 0; start < rows.length; start += pageSize)
    yield rows.slice(start, start + pageSize).map(({ id }) => id);
}

/** The first page of a filter's members, local ids, with those whose mobile it looks for. */
export async function listFiltered(
  prisma: PrismaClient,
  corp: SearchedCorp,
  filter: MemberExportRequest['filter'],
  owners: readonly { id: number }[],
): Promise<number[]> {
  const asked = await toQuery(prisma, corp, filter);
  const query = owners.length > 0 ? { ...asked, mobileOwners: owners.map(({ id }) => id) } : asked;
  const search = { prisma, getCachedQuery: createMemberQueryCache() };
  const page = { limit: pageSize, after: undefined, order: byUserId };
  return (await searchMembers(search, corp, query, page)).found.slice(0, pageSize).map(({ id }) => id);
}

const toQuery = async (
  prisma: PrismaClient,
  corp: SearchedCorp,
  filter: MemberExportRequest['filter'],
): Promise<MemberQuery> => ({
  department: await findFilteredDepartment(prisma, corp, filter?.departmentId),
  recursive: filter?.recursive ?? false,
  q: filter?.q,
  status: filter?.status,
  presence: filter?.presence ?? 'present',
  seesAttributes: true,
});

async function* findFiltered(
  prisma: PrismaClient,
  corp: SearchedCorp,
  filter: MemberExportRequest['filter'],
  onTotal: (total: number) => void,
): AsyncGenerator<number[]> {
  const query = await toQuery(prisma, corp, filter);
  const search = { prisma, getCachedQuery: createMemberQueryCache() };
  let after: MemberHit | undefined;
  do {
    const page = { limit: pageSize, after, order: byUserId };
    const { found, count } = await searchMembers(search, corp, query, page);
    if (after === undefined) onTotal(await count());
    const hits = found.slice(0, pageSize);
    yield hits.map(({ id }) => id);
    after = found.length > pageSize ? hits.at(-1) : undefined;
  } while (after !== undefined);
}

async function findFilteredDepartment(
  prisma: PrismaClient,
  corp: SearchedCorp,
  departmentId: number | undefined,
) {
  if (departmentId === undefined) return undefined;
  const department = await findDepartment(prisma, corp.id, departmentId);
  if (department === null) throw new AppError('resource.not_found');
  return department;
}
