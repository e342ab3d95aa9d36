import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { CurrentCorp } from './current-corp.ts';
import { listAllDepartments } from './department-repository.ts';
import { buildDepartmentTree } from './present-departments.ts';

const pack = promisify(gzip);

/**
 * The whole forest as compressed JSON, made once per directory revision: at 30,000 departments it is
 * megabytes that every console asks for. Every process has its own; the revision in the database says when it
 * is out of date.
 */
export function createDepartmentTreeCache(prisma: PrismaClient): (corp: CurrentCorp) => Promise<Buffer> {
  let cached: { key: string; tree: Promise<Buffer> } | undefined;
  return async ({ id, revision }) => {
    const key = `${id}:${revision}`;
    if (cached?.key !== key) cached = { key, tree: makeTree(prisma, id) };
    const current = cached;
    try {
      return await current.tree;
    } catch (error) {
      if (cached === current) cached = undefined; // a failure is not kept
      throw error;
    }
  };
}

async function makeTree(prisma: PrismaClient, corpRowId: number): Promise<Buffer> {
  return pack(JSON.stringify({ items: buildDepartmentTree(await listAllDepartments(prisma, corpRowId)) }));
}
