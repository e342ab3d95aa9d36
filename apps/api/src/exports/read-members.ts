import type { MemberExportRequest, MemberSummary } from '@orgmirror/contracts';
import { toMemberKey } from '@orgmirror/planner';
import { type CurrentCorp, findCurrentCorp } from '../directory/departments/current-corp.ts';
import { findDepartment } from '../directory/departments/department-repository.ts';
import { readListedMembers } from '../directory/members/member-repository.ts';
import { readMemberSummaries } from '../directory/members/read-member-summaries.ts';
import type { MemberHit } from '../directory/search/cached-query.ts';
import type { MemberQuery } from '../directory/search/member-filter.ts';
import { orderBy } from '../directory/search/member-order.ts';
import { createMemberQueryCache } from '../directory/search/member-query-cache.ts';
import { searchMembers } from '../directory/search/search-members.ts';
import { readSensitiveValues } from '../directory/sensitive/sensitive-values.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import type { ShownContacts } from './present-member-row.ts';

interface ReadDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
}

export interface ExportedMember {
  member: MemberSummary;
  contacts: ShownContacts;
}

const pageSize = 500;
/** No sync changes a userid but for a renamed one: nobody is missed, and nobody comes twice. */
const byUserId = orderBy('userId', 'asc', []);

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
  for await (const ids of pages) yield await readPage(dependencies, corp.id, ids, request.reveal);
}

async function* findSelected(
  prisma: PrismaClient,
  corp: CurrentCorp,
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

async function* findFiltered(
  prisma: PrismaClient,
  corp: CurrentCorp,
  filter: MemberExportRequest['filter'],
  onTotal: (total: number) => void,
): AsyncGenerator<number[]> {
  const query: MemberQuery = {
    department: await findFilteredDepartment(prisma, corp, filter?.departmentId),
    recursive: filter?.recursive ?? false,
    q: filter?.q,
    status: filter?.status,
    presence: filter?.presence ?? 'present',
    seesAttributes: true,
  };
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
  corp: CurrentCorp,
  departmentId: number | undefined,
) {
  if (departmentId === undefined) return undefined;
  const department = await findDepartment(prisma, corp.id, departmentId);
  if (department === null) throw new AppError('resource.not_found');
  return department;
}

async function readPage(
  dependencies: ReadDependencies,
  corpRowId: number,
  ids: readonly number[],
  isRevealed: boolean,
): Promise<ExportedMember[]> {
  const members = await readMemberSummaries(dependencies, corpRowId, ids);
  const inFull = isRevealed ? await readContacts(dependencies, ids) : undefined;
  return members.map((member) => ({
    member,
    contacts: inFull?.get(member.id) ?? {
      mobile: member.mobileMasked ?? '',
      email: member.emailMasked ?? '',
    },
  }));
}

/** Mobile and e-mail in full, by local id. */
async function readContacts(
  { prisma, secretBox }: ReadDependencies,
  ids: readonly number[],
): Promise<Map<string, ShownContacts>> {
  const rows = await readListedMembers(prisma, ids);
  return new Map(
    rows.map((row) => {
      const { mobile, email, bizMail } = readSensitiveValues(row, secretBox);
      return [String(row.id), { mobile: mobile?.value ?? '', email: (email ?? bizMail)?.value ?? '' }];
    }),
  );
}
