import type { DepartmentTreeNode } from '@orgmirror/contracts';

type Forest = readonly DepartmentTreeNode[];

// A forest is replaced, never changed: its index lives as long as it does.
const indexes = new WeakMap<Forest, ReadonlyMap<number, DepartmentTreeNode>>();

/** Every department of the forest by its id; built once a forest. */
export function indexDepartments(forest: Forest): ReadonlyMap<number, DepartmentTreeNode> {
  const known = indexes.get(forest);
  if (known !== undefined) return known;
  const byId = new Map<number, DepartmentTreeNode>();
  const waiting = [...forest];
  for (let department = waiting.pop(); department !== undefined; department = waiting.pop()) {
    byId.set(department.id, department);
    waiting.push(...department.children);
  }
  indexes.set(forest, byId);
  return byId;
}
