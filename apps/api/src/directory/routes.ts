import { endpoints } from '@orgmirror/contracts';
import { toMemberKey } from '@orgmirror/planner';
import type { Router } from 'express';
import * as z from 'zod';
import { type AuditActor, recordAudit, recordWithoutChange } from '../audit/record-audit.ts';
import type { Now } from '../platform/clock.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { cursorInstant, cutPage, decodeCursor } from '../platform/http/cursor.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import type { SignedIn } from '../platform/http/signed-in.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { cachePerRevision } from './departments/cache-per-revision.ts';
import { findCurrentCorp } from './departments/current-corp.ts';
import { listIdsInTreeOrder } from './departments/department-order.ts';
import { findDepartment, listChildren, readPathNames } from './departments/department-repository.ts';
import { createPackedOutline, createPackedTree } from './departments/packed-departments.ts';
import { presentDepartment, presentOutline } from './departments/present-departments.ts';
import { findMember } from './members/member-repository.ts';
import { readMemberDetail } from './members/read-member-detail.ts';
import { readMemberSummaries } from './members/read-member-summaries.ts';
import { type RecordAccess, setMemberAccess } from './members/set-member-access.ts';
import { setMembersAccess } from './members/set-members-access.ts';
import type { MemberHit } from './search/cached-query.ts';
import { isOrderedByDepartment, type MemberQuery, memberListKey } from './search/member-filter.ts';
import { groupByDepartment, type MemberOrder, orderBy } from './search/member-order.ts';
import { createMemberQueryCache } from './search/member-query-cache.ts';
import { createMobileSearch } from './search/mobile-search.ts';
import { createDepartmentSearch } from './search/search-departments.ts';
import { searchMembers } from './search/search-members.ts';
import { revealField } from './sensitive/reveal-field.ts';

export interface DirectoryDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  now: Now;
}

const largest = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const departmentCursor = z.tuple([largest, largest]);
const memberId = z.number().int().min(0).max(2_147_483_647);
const departmentOrder = z.string().regex(/^\d{1,18}$/);
const rank = z.int32();
const sortKey = (order: MemberOrder | undefined) => (order?.type === 'instant' ? cursorInstant : z.string());

const findCorpRowId = async (prisma: PrismaClient): Promise<number | undefined> =>
  (await findCurrentCorp(prisma))?.id;

export function registerDirectoryRoutes(router: Router, dependencies: DirectoryDependencies): void {
  registerDepartmentRoutes(router, dependencies);
  registerMemberRoutes(router, dependencies);
  registerAccessRoute(router, dependencies);
  registerRevealRoute(router, dependencies);
}

function registerDepartmentRoutes(router: Router, { prisma }: DirectoryDependencies): void {
  const readTree = createPackedTree(prisma);
  const readOutline = createPackedOutline(prisma);

  mountEndpoint(router, endpoints.listDepartments, async ({ query }) => {
    const corpRowId = await findCorpRowId(prisma);
    const { parentId, limit } = query;
    if (parentId !== undefined && !(corpRowId && (await findDepartment(prisma, corpRowId, parentId))))
      throw new AppError('resource.not_found');
    if (corpRowId === undefined) return { items: [], nextCursor: null };
    const list = '/departments';
    const after = decodeCursor(list, query.cursor, departmentCursor);
    const rows = await listChildren(prisma, corpRowId, { parentId, limit, after });
    const names = await readPathNames(prisma, corpRowId, rows);
    return cutPage(
      rows,
      { list, limit },
      ({ sortOrder, id }) => [sortOrder, id],
      (row) => presentDepartment(row, names),
    );
  });

  mountEndpoint(router, endpoints.getDepartmentTree, async () => {
    const corp = await findCurrentCorp(prisma);
    return corp === undefined ? { items: [] } : { gzippedJson: await readTree(corp) };
  });

  mountEndpoint(router, endpoints.getDepartmentOutline, async () => {
    const corp = await findCurrentCorp(prisma);
    return corp === undefined ? presentOutline([], 'none') : { gzippedJson: await readOutline(corp) };
  });

  const search = createDepartmentSearch(prisma);
  mountEndpoint(router, endpoints.searchDepartments, async ({ query }) => {
    const corp = await findCurrentCorp(prisma);
    return { ids: corp === undefined ? [] : await search(corp, query.q) };
  });
}

function registerMemberRoutes(router: Router, dependencies: DirectoryDependencies): void {
  const { prisma } = dependencies;
  const search = { prisma, getCachedQuery: createMemberQueryCache() };
  const mobiles = createMobileSearch(dependencies);
  const groupDepartments = cachePerRevision(async (corp) =>
    groupByDepartment(await listIdsInTreeOrder(prisma, corp.id)),
  );

  mountEndpoint(router, endpoints.listMembers, async ({ query: given, session, actor, req }) => {
    const query = limitToColleagues(given, session);
    const searcher = { actor, limitRate: req.limitRate };
    const corp = await findCurrentCorp(prisma);
    const department = await findFilteredDepartment(prisma, corp?.id, query.departmentId);
    if (corp === undefined) return { items: [], nextCursor: null, total: 0 };
    const seesAttributes = session.user.role !== 'member';
    const owners = await mobiles.find(corp.id, query.q, searcher);
    const mobileOwners = owners.length > 0 ? owners.map(({ id }) => id) : undefined;
    const { q, status } = query;
    const asked: MemberQuery = { ...query, q, status, department, seesAttributes, mobileOwners };
    const list = memberListKey(query);
    const order =
      query.sort &&
      orderBy(
        query.sort,
        query.order,
        query.sort === 'department' ? await groupDepartments(corp) : undefined,
      );
    const after = decodeCursor(list, query.cursor, memberCursor(asked, order));
    const { found, count } = await searchMembers(search, corp, asked, { limit: query.limit, after, order });
    const page = cutPage(
      found,
      { list, limit: query.limit },
      ({ rank, sortValue, id }) => (hasLead(asked, order) ? [sortValue, id, rank] : [sortValue, id]),
      ({ id }) => id,
    );
    const [items, total] = await Promise.all([
      readMemberSummaries(dependencies, corp.id, page.items),
      count(),
    ]);
    const foundOwners = owners.filter(({ id }) => page.items.includes(id));
    await mobiles.record(query.q, foundOwners, searcher);
    const shown = seesAttributes ? items : items.map((item) => ({ ...item, attributeValues: {} }));
    return { items: shown, nextCursor: page.nextCursor, total };
  });

  mountEndpoint(router, endpoints.getMember, async ({ params, session }) => {
    const userKey = toMemberKey(params.wecomUserId);
    const mayRead = session.user.role !== 'member' || session.user.wecomUserId?.toLowerCase() === userKey;
    if (!mayRead) throw new AppError('permission.denied');
    const corpRowId = await findCorpRowId(prisma);
    const detail = corpRowId === undefined ? null : await readMemberDetail(dependencies, corpRowId, userKey);
    if (detail === null) throw new AppError('resource.not_found');
    return detail;
  });
}

function registerAccessRoute(router: Router, dependencies: DirectoryDependencies): void {
  const { prisma } = dependencies;
  const recordBy =
    (actor: AuditActor): RecordAccess =>
    (transaction, { userId, before, after }) =>
      recordAudit(transaction, actor, {
        action: 'member.access',
        target: userId,
        before: { ...before },
        after: { ...after },
      });

  mountEndpoint(router, endpoints.setMemberAccess, async ({ params, body, actor }) => {
    const userKey = toMemberKey(params.wecomUserId);
    const corpRowId = await findCorpRowId(prisma);
    if (corpRowId === undefined) throw new AppError('resource.not_found');
    await setMemberAccess(prisma, { corpRowId, userKey }, body, recordBy(actor));
    const row = await findMember(prisma, corpRowId, userKey);
    const [summary] = row === null ? [] : await readMemberSummaries(dependencies, corpRowId, [row.id]);
    if (summary === undefined) throw new AppError('resource.not_found');
    return summary;
  });

  mountEndpoint(router, endpoints.setMembersAccess, async ({ body: { userIds, ...change }, actor }) => {
    const corpRowId = await findCorpRowId(prisma);
    const results = await setMembersAccess(prisma, corpRowId, userIds, change, recordBy(actor));
    return { results };
  });
}

function registerRevealRoute(router: Router, { prisma, secretBox }: DirectoryDependencies): void {
  mountEndpoint(router, endpoints.revealMember, async ({ params, body: { field }, actor }) => {
    const userKey = toMemberKey(params.wecomUserId);
    const corpRowId = await findCorpRowId(prisma);
    const row = corpRowId === undefined ? null : await findMember(prisma, corpRowId, userKey);
    if (row === null) throw new AppError('resource.not_found');
    const value = revealField(row, field, secretBox);
    // Before the answer: what was shown is in the log for certain.
    const facts = { action: 'member.reveal', target: row.userId, after: { field } } as const;
    await recordWithoutChange(prisma, actor, facts);
    return { value };
  });
}

/** Only a list of what was looked for, or one of groups, has something before the sort value. */
const hasLead = ({ q }: MemberQuery, order: MemberOrder | undefined): boolean =>
  order === undefined ? Boolean(q) : order.lead !== undefined;

function memberCursor(query: MemberQuery, order: MemberOrder | undefined): z.ZodType<MemberHit> {
  const sortValue = order === undefined && isOrderedByDepartment(query) ? departmentOrder : sortKey(order);
  return hasLead(query, order)
    ? z.tuple([sortValue, memberId, rank]).transform(([sortValue, id, rank]) => ({ sortValue, id, rank }))
    : z.tuple([sortValue, memberId]).transform(([sortValue, id]) => ({ sortValue, id, rank: 0 }));
}

type GivenQuery = z.output<typeof endpoints.listMembers.query>;

/** Who left, who is disabled and what the enterprise adds is none of a colleague's business. */
const limitToColleagues = (query: GivenQuery, { user }: SignedIn): GivenQuery =>
  user.role === 'member' ? { ...query, presence: 'present', status: undefined } : query;

/** @throws AppError `resource.not_found` when a department was asked for that is not here */
async function findFilteredDepartment(
  prisma: PrismaClient,
  corpRowId: number | undefined,
  departmentId: number | undefined,
) {
  if (departmentId === undefined) return undefined;
  const department = corpRowId === undefined ? null : await findDepartment(prisma, corpRowId, departmentId);
  if (department === null) throw new AppError('resource.not_found');
  return department;
}
