import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { CurrentCorp } from './current-corp.ts';
import { listAllDepartments } from './department-repository.ts';

/** Ids of all departments from top to bottom of the tree; read once per directory revision. */
export function createDepartmentOrder(prisma: PrismaClient): (corp: CurrentCorp) => Promise<number[]> {
  let cached: { key: string; ids: Promise<number[]> } | undefined;
  return async (corp) => {
    const key = `${corp.id}:${corp.revision}`;
    if (cached?.key !== key) cached = { key, ids: readOrder(prisma, corp.id) };
    const current = cached;
    try {
      return await current.ids;
    } catch (error) {
      if (cached === current) cached = undefined; // a failure is not kept
      throw error;
    }
  };
}

async function readOrder(prisma: PrismaClient, corpRowId: number): Promise<number[]> {
  const rows = await listAllDepartments(prisma, corpRowId);
  const childrenOf = Map.groupBy(rows, ({ parentId }) => parentId);
  const ids: number[] = [];
  const waiting = (childrenOf.get(null) ?? []).toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    ids.push(next.id);
    waiting.push(...(childrenOf.get(next.id) ?? []).toReversed());
  }
  return ids;
}
