import {
  type DepartmentForest,
  type DepartmentNode,
  findDepartments,
} from '../../entities/departments/department-forest.ts';

/** A row of the tree; `department` is undefined for "all members". */
export interface TreeItem {
  readonly key: string;
  readonly title: string;
  readonly department?: DepartmentNode;
  /** Undefined while the row is closed. */
  readonly children?: TreeItem[];
  readonly isLeaf: boolean;
}

/** What a search of the tree found. */
export interface TreeHits {
  /** From the top of the trees to their bottom. */
  readonly found: readonly DepartmentNode[];
  /** Keys of the departments above the first ones, which begin open. */
  readonly openKeys: string[];
}

/** Departments that a search shows at once; the others are below closed rows. */
const shownAtOnce = 200;

export const allMembersKey = 'all';

/** The departments whose name contains `text`, whose id it is, or that `alsoFound` names. */
export function findInTree(
  forest: DepartmentForest,
  text: string,
  alsoFound?: ReadonlySet<number>,
): TreeHits {
  const found = findDepartments(forest, text, alsoFound);
  const above = found
    .slice(0, shownAtOnce)
    .flatMap(({ path }) => path.slice(0, -1).map(({ id }) => String(id)));
  return { found, openKeys: [...new Set(above)] };
}

/** Rows that one click opens: the tree looks at each of them at every change. */
const openedAtOnce = 5_000;

/** What opens a tree as far as one click does. */
export interface Expansion {
  readonly keys: string[];
  /** Levels that are in sight then. */
  readonly levels: number;
  /** Whether nothing is closed then. */
  readonly isAll: boolean;
}

/** Opens everything; of a larger tree as many levels as have no more rows than that, and two at least. */
export function expandTree(roots: readonly DepartmentNode[], maxRows = openedAtOnce): Expansion {
  const keys: string[] = [];
  let [rows, levels] = [roots.length, 1];
  let parents = roots.filter(({ children }) => children.length > 0);
  while (parents.length > 0) {
    const below = parents.flatMap(({ children }) => children);
    rows += below.length;
    if (rows > maxRows && levels > 1) return { keys, levels, isAll: false };
    for (const { id } of parents) keys.push(String(id));
    levels += 1;
    parents = below.filter(({ children }) => children.length > 0);
  }
  return { keys, levels, isAll: true };
}

/** How many of a search’s hits come before a row. */
function countBefore(row: number, found: readonly DepartmentNode[]): number {
  let [from, to] = [0, found.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((found[middle]?.row ?? row) < row) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The row after all that are below a department. */
function findEnd(department: DepartmentNode): number {
  const last = department.children.at(-1);
  return last === undefined ? department.row + 1 : findEnd(last);
}

/**
 * Departments as rows of the tree, those below a row only while it is open: the tree component looks at every row
 * that it is given. Of hits, a department that was found keeps all that is below it unless some of that was
 * found as well.
 */
export function buildTreeItems(
  departments: readonly DepartmentNode[],
  openKeys: ReadonlySet<string>,
  hits: TreeHits | null = null,
): TreeItem[] {
  const hasHit = (from: number, department: DepartmentNode) => {
    const next = hits?.found[countBefore(from, hits.found)];
    return next !== undefined && next.row < findEnd(department);
  };
  const isShown = (department: DepartmentNode) => hits === null || hasHit(department.row, department);
  const toItem = (department: DepartmentNode): TreeItem => {
    const { id, children } = department;
    const key = String(id);
    const isLeaf = children.length === 0;
    const isOpen = !isLeaf && openKeys.has(key);
    const isAbove = isOpen && hasHit(department.row + 1, department);
    return {
      key,
      title: department.name,
      department,
      isLeaf,
      ...(isOpen && { children: (isAbove ? children.filter(isShown) : children).map(toItem) }),
    };
  };
  return departments.filter(isShown).map(toItem);
}
