import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DepartmentOutline, DepartmentTreeNode } from '@orgmirror/contracts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { cachePerRevision, nameRevision } from './cache-per-revision.ts';
import type { CurrentCorp } from './current-corp.ts';
import { type DepartmentRow, listAllDepartments } from './department-repository.ts';
import { buildDepartmentTree, presentOutline } from './present-departments.ts';

const pack = promisify(gzip);

type ReadPacked = (corp: CurrentCorp) => Promise<Buffer>;

/**
 * All departments as compressed JSON: at 30,000 they are megabytes that every console asks for. Packed as small
 * as can be, since that is done once and what is sent waits for the network each time.
 */
const createPacked = (
  prisma: PrismaClient,
  present: (
    rows: readonly DepartmentRow[],
    revision: string,
  ) => { items: DepartmentTreeNode[] } | DepartmentOutline,
): ReadPacked =>
  cachePerRevision(async (corp) => {
    const rows = await listAllDepartments(prisma, corp.id);
    return pack(JSON.stringify(present(rows, nameRevision(corp))), { level: 9 });
  });

/** The whole forest, nested. */
export const createPackedTree = (prisma: PrismaClient): ReadPacked =>
  createPacked(prisma, (rows) => ({ items: buildDepartmentTree(rows) }));

/** The whole forest as columns. */
export const createPackedOutline = (prisma: PrismaClient): ReadPacked => createPacked(prisma, presentOutline);
