import { endpoints, type MemberSummary } from '@orgmirror/contracts';
import type { Router } from 'express';
import * as z from 'zod';
import { AppError } from '../app-error.ts';
import type { RecordAudit } from '../audit/record-audit.ts';
import type { PrismaClient } from '../database/generated/client.ts';
import { cutPage, decodeCursor } from '../http/cursor.ts';
import { route } from '../http/route.ts';
import type { SecretBox } from '../secret-box.ts';
import { findDepartment, listChildren, parsePath, readDepartmentNames } from './department-repository.ts';
import { createDepartmentTreeCache } from './department-tree-cache.ts';
import {
  countMembers,
  findMember,
  listMemberHistory,
  listMemberPage,
  listPlaces,
  type MemberQuery,
  type MemberRow,
  readMemberNames,
} from './member-repository.ts';
import { presentDepartment } from './present-departments.ts';
import { presentMember, presentMemberDetail, readUserIds } from './present-members.ts';
import { setMemberAccess } from './set-member-access.ts';

export interface DirectoryDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  recordAudit: RecordAudit;
}

const largest = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const departmentCursor = z.tuple([largest, largest]);
const memberCursor = z.tuple([z.string(), z.number().int().min(0).max(2_147_483_647)]);
const departmentOrderCursor = z.tuple([z.string().regex(/^\d{1,18}$/), memberCursor.def.items[1]]);
const historyLimit = 100;

/** The corp whose directory is shown: the configured one. */
async function findCorpRowId(prisma: PrismaClient): Promise<number | undefined> {
  const connection = await prisma.wecomConnection.findFirst({ select: { corpRowId: true } });
  return connection?.corpRowId;
}

export function registerDirectoryRoutes(router: Router, dependencies: DirectoryDependencies): void {
  registerDepartmentRoutes(router, dependencies);
  registerMemberRoutes(router, dependencies);
  registerAccessRoute(router, dependencies);
}

function registerDepartmentRoutes(router: Router, { prisma }: DirectoryDependencies): void {
  const readTree = createDepartmentTreeCache(prisma);

  route(router, endpoints.listDepartments, async ({ query }) => {
    const corpRowId = await findCorpRowId(prisma);
    const { parentId, limit } = query;
    if (parentId !== undefined && !(corpRowId && (await findDepartment(prisma, corpRowId, parentId))))
      throw new AppError('resource.not_found');
    if (corpRowId === undefined) return { items: [], nextCursor: null };
    const after = decodeCursor(query.cursor, departmentCursor);
    const rows = await listChildren(prisma, corpRowId, { parentId, limit, after });
    const names = await readDepartmentNames(prisma, corpRowId, [
      ...new Set(rows.flatMap(({ path }) => path)),
    ]);
    return cutPage(
      rows,
      limit,
      ({ sortOrder, id }) => [sortOrder, id],
      (row) => presentDepartment(row, names),
    );
  });

  route(router, endpoints.getDepartmentTree, async () => {
    const corpRowId = await findCorpRowId(prisma);
    return corpRowId === undefined ? { items: [] } : { preparedJson: await readTree(corpRowId) };
  });
}

function registerMemberRoutes(router: Router, dependencies: DirectoryDependencies): void {
  const { prisma, secretBox } = dependencies;

  route(router, endpoints.listMembers, async ({ query }) => {
    const corpRowId = await findCorpRowId(prisma);
    const department = await findAskedDepartment(prisma, corpRowId, query.departmentId);
    if (corpRowId === undefined) return { items: [], nextCursor: null, total: 0 };
    const search: MemberQuery = { ...query, q: query.q, status: query.status, department };
    const ordered = department !== undefined && !query.recursive;
    const after = decodeCursor(query.cursor, ordered ? departmentOrderCursor : memberCursor);
    const found = await listMemberPage(prisma, corpRowId, search, { limit: query.limit, after });
    const page = cutPage(
      found,
      query.limit,
      ({ row, sortValue }) => [sortValue, row.id],
      ({ row }) => row,
    );
    return {
      items: await presentPage(dependencies, corpRowId, page.items),
      nextCursor: page.nextCursor,
      total: await countMembers(prisma, corpRowId, search),
    };
  });

  route(router, endpoints.getMember, async ({ params, session }) => {
    const userKey = params.wecomUserId.toLowerCase();
    const mayRead = session.user.role !== 'member' || session.user.wecomUserId?.toLowerCase() === userKey;
    if (!mayRead) throw new AppError('permission.denied');
    const corpRowId = await findCorpRowId(prisma);
    const row = corpRowId === undefined ? null : await findMember(prisma, corpRowId, userKey);
    if (corpRowId === undefined || row === null) throw new AppError('resource.not_found');
    const [summary] = await presentPage(dependencies, corpRowId, [row]);
    if (summary === undefined) throw new AppError('resource.not_found');
    const leaders = readUserIds(row.directLeaderUserIds);
    const names = await readMemberNames(
      prisma,
      corpRowId,
      leaders.map((userId) => userId.toLowerCase()),
    );
    const history = await listMemberHistory(prisma, corpRowId, userKey, historyLimit);
    return presentMemberDetail(row, summary, secretBox, {
      directLeaders: leaders.map((userId) => ({
        wecomUserId: userId,
        name: names.get(userId.toLowerCase()) ?? null,
      })),
      history: history.map((item) => ({ ...item, at: item.at.toISOString() })),
    });
  });
}

function registerAccessRoute(router: Router, dependencies: DirectoryDependencies): void {
  const { prisma, recordAudit } = dependencies;
  route(router, endpoints.setMemberAccess, async ({ params, body, session, ip }) => {
    const userKey = params.wecomUserId.toLowerCase();
    const corpRowId = await findCorpRowId(prisma);
    if (corpRowId === undefined) throw new AppError('resource.not_found');
    const { before, after } = await setMemberAccess(prisma, { corpRowId, userKey }, body);
    const row = await findMember(prisma, corpRowId, userKey);
    const [summary] = row === null ? [] : await presentPage(dependencies, corpRowId, [row]);
    if (summary === undefined) throw new AppError('resource.not_found');
    await recordAudit(
      { session, ip },
      { action: 'member.access', target: summary.wecomUserId, before: { ...before }, after: { ...after } },
    );
    return summary;
  });
}

/** @throws AppError `resource.not_found` when a department was asked for that is not here */
async function findAskedDepartment(
  prisma: PrismaClient,
  corpRowId: number | undefined,
  departmentId: number | undefined,
) {
  if (departmentId === undefined) return undefined;
  const department = corpRowId === undefined ? null : await findDepartment(prisma, corpRowId, departmentId);
  if (department === null) throw new AppError('resource.not_found');
  return department;
}

async function presentPage(
  { prisma, secretBox }: DirectoryDependencies,
  corpRowId: number,
  rows: readonly MemberRow[],
): Promise<MemberSummary[]> {
  const places = await listPlaces(
    prisma,
    rows.map(({ id }) => id),
  );
  const departmentIds = new Set(places.flatMap(({ path }) => parsePath(path)));
  const names = await readDepartmentNames(prisma, corpRowId, [...departmentIds]);
  return rows.map((row) => {
    const own = places.filter(({ memberId }) => memberId === row.id);
    return presentMember(row, own, names, secretBox);
  });
}
