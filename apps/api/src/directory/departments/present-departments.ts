import type { Department, DepartmentOutline, DepartmentTreeNode } from '@orgmirror/contracts';
import { listInTreeOrder } from './department-order.ts';
import type { DepartmentRow } from './department-repository.ts';

/** Turns WeCom ids from the top down into steps with names. */
export const presentPath = (
  path: readonly number[],
  names: ReadonlyMap<number, string>,
): Department['path'] => path.map((id) => ({ id, name: names.get(id) ?? String(id) }));

export const presentDepartment = (row: DepartmentRow, names: ReadonlyMap<number, string>): Department => ({
  ...row,
  path: presentPath(row.path, names),
});

/**
 * Nests departments under their parents, keeping the order in which they come. Linear, no recursion over
 * depth.
 */
export function buildDepartmentTree(rows: readonly DepartmentRow[]): DepartmentTreeNode[] {
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const nodes = new Map<number, DepartmentTreeNode>();
  for (const row of rows) nodes.set(row.id, { ...presentDepartment(row, names), children: [] });
  const roots: DepartmentTreeNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.parentId === null ? undefined : nodes.get(node.parentId);
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

/** The same forest as columns, each department followed by those below it. */
export function presentOutline(rows: readonly DepartmentRow[], revision: string): DepartmentOutline {
  const listed = listInTreeOrder(rows);
  const column = <Value>(read: (row: DepartmentRow) => Value) => listed.map(({ row }) => read(row));
  return {
    revision,
    ids: column(({ id }) => id),
    depths: listed.map(({ depth }) => depth),
    names: column(({ name }) => name),
    namesEn: column(({ nameEn }) => nameEn),
    leaderUserIds: column(({ leaderUserIds }) => leaderUserIds),
    memberCounts: column(({ memberCount }) => memberCount),
    totalMemberCounts: column(({ totalMemberCount }) => totalMemberCount),
  };
}
