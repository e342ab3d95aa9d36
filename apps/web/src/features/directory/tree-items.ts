import {
  createDepartmentMatcher,
  type DepartmentForest,
  type DepartmentNode,
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

/** What a search of the tree found, by department id. */
export interface TreeHits {
  readonly found: ReadonlySet<number>;
  /** The departments above those, which are shown with them. */
  readonly above: ReadonlySet<number>;
  /** Keys of those above the first ones, which begin open. */
  readonly openKeys: string[];
}

/** Departments that a search shows at once; the others are below closed rows. */
const shownAtOnce = 200;

export const allMembersKey = 'all';

/** The departments whose name contains `text`, whose id it is, or that `alsoFound` names. */
export function findInTree(
  { byId }: DepartmentForest,
  text: string,
  alsoFound: ReadonlySet<number> = new Set(),
): TreeHits {
  const matches = createDepartmentMatcher(text);
  const found = new Set<number>();
  const above = new Set<number>();
  let openKeys: string[] | undefined;
  for (const department of byId.values()) {
    if (!matches(department) && !alsoFound.has(department.id)) continue;
    found.add(department.id);
    for (const { id } of department.path) if (id !== department.id) above.add(id);
    if (found.size === shownAtOnce) openKeys = [...above].map(String);
  }
  return { found, above, openKeys: openKeys ?? [...above].map(String) };
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
  const isShown = ({ id }: DepartmentNode) => hits === null || hits.found.has(id) || hits.above.has(id);
  const listBelow = ({ id, children }: DepartmentNode) =>
    hits?.above.has(id) ? children.filter(isShown) : children;
  const toItem = (department: DepartmentNode): TreeItem => {
    const key = String(department.id);
    const below = listBelow(department);
    const isLeaf = below.length === 0;
    return {
      key,
      title: department.name,
      department,
      isLeaf,
      ...(!isLeaf && openKeys.has(key) && { children: below.map(toItem) }),
    };
  };
  return departments.filter(isShown).map(toItem);
}
