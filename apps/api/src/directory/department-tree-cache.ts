import type { PrismaClient } from '../database/generated/client.ts';
import { listAllDepartments } from './department-repository.ts';
import { buildDepartmentTree } from './present-departments.ts';
import type { ShownCorp } from './query-memory.ts';

/**
 * The whole forest as JSON, made once per directory revision: at 30,000 departments it is megabytes that every
 * console asks for. Every process has its own; the revision in the database says when it is out of date.
 */
export function createDepartmentTreeCache(prisma: PrismaClient): (corp: ShownCorp) => Promise<string> {
  let cached: { key: string; json: Promise<string> } | undefined;
  return async ({ id, revision }) => {
    const key = `${id}:${revision}`;
    if (cached?.key !== key) cached = { key, json: makeTree(prisma, id) };
    const current = cached;
    try {
      return await current.json;
    } catch (error) {
      if (cached === current) cached = undefined; // a failure is not kept
      throw error;
    }
  };
}

async function makeTree(prisma: PrismaClient, corpRowId: number): Promise<string> {
  return JSON.stringify({ items: buildDepartmentTree(await listAllDepartments(prisma, corpRowId)) });
}
