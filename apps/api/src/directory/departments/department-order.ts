import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { type DepartmentRow, listAllDepartments } from './department-repository.ts';

/** A department with the number of departments above it. */
export interface OutlinedDepartment {
  row: DepartmentRow;
  depth: number;
}

/**
 * All departments as one reads a tree that is unfolded: each is followed by those below it, siblings keep the
 * order in which they come. Linear, no recursion over depth.
 */
export function listInTreeOrder(rows: readonly DepartmentRow[]): OutlinedDepartment[] {
  const ids = new Set(rows.map(({ id }) => id));
  const childrenOf = Map.groupBy(rows, ({ parentId }) =>
    parentId !== null && ids.has(parentId) ? parentId : null,
  );
  const place = (parentId: number | null, depth: number) =>
    (childrenOf.get(parentId) ?? []).toReversed().map((row) => ({ row, depth }));
  const listed: OutlinedDepartment[] = [];
  const waiting = place(null, 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    listed.push(next);
    waiting.push(...place(next.row.id, next.depth + 1));
  }
  return listed;
}

/** Ids of all departments from top to bottom of the tree. */
export async function listIdsInTreeOrder(prisma: PrismaClient, corpRowId: number): Promise<number[]> {
  return listInTreeOrder(await listAllDepartments(prisma, corpRowId)).map(({ row }) => row.id);
}
