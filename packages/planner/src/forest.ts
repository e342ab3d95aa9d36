interface TreeNode {
  readonly id: number;
  readonly parentId: number | null;
}

/**
 * The same departments with every parent before its children, siblings by id.
 *
 * One whose parent is not among them counts as a root. Departments in a cycle, which a valid directory does
 * not have, come last by id. Linear after one sort; no recursion, so depth does not matter.
 */
export function orderParentsFirst<T extends TreeNode>(departments: Iterable<T>): T[] {
  const sorted = [...departments].sort((a, b) => a.id - b.id);
  const ids = new Set(sorted.map(({ id }) => id));
  const childrenOf = new Map<number, T[]>();
  const ordered: T[] = [];
  for (const department of sorted) {
    const { parentId } = department;
    if (parentId === null || !ids.has(parentId)) {
      ordered.push(department);
      continue;
    }
    const siblings = childrenOf.get(parentId);
    if (siblings === undefined) childrenOf.set(parentId, [department]);
    else siblings.push(department);
  }
  // The list grows during the loop: each department appends its children.
  for (const department of ordered) {
    for (const child of childrenOf.get(department.id) ?? []) ordered.push(child);
  }
  if (ordered.length < sorted.length) {
    const placed = new Set(ordered);
    ordered.push(...sorted.filter((department) => !placed.has(department)));
  }
  return ordered;
}

/** Whether moving `id` under `parentId` would close a cycle, or reach an existing one. */
export function wouldCloseCycle(
  id: number,
  parentId: number,
  parentOf: ReadonlyMap<number, number | null>,
): boolean {
  let stepsLeft = parentOf.size + 1;
  for (let above: number | null = parentId; above !== null; above = parentOf.get(above) ?? null) {
    stepsLeft -= 1;
    if (above === id || stepsLeft < 0) return true;
  }
  return false;
}

/**
 * Finds the cycles among the parents given and names the smallest id of each, ascending.
 *
 * Parents that are not keys of the map end a path. Linear: every department is visited once.
 */
export function findCycleStarts(parentOf: ReadonlyMap<number, number | null>): number[] {
  const starts: number[] = [];
  const pathOf = new Map<number, number>();
  for (const start of parentOf.keys()) {
    let id: number | null = start;
    while (id !== null && parentOf.has(id) && !pathOf.has(id)) {
      pathOf.set(id, start);
      id = parentOf.get(id) ?? null;
    }
    // Meeting the current path again is a cycle; meeting an earlier one is a branch.
    if (id !== null && pathOf.get(id) === start) starts.push(findSmallestInCycle(id, parentOf));
  }
  return starts.sort((a, b) => a - b);
}

function findSmallestInCycle(member: number, parentOf: ReadonlyMap<number, number | null>): number {
  let smallest = member;
  let id = parentOf.get(member) ?? member;
  while (id !== member) {
    smallest = Math.min(smallest, id);
    id = parentOf.get(id) ?? member;
  }
  return smallest;
}
