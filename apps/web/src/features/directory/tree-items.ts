import type { DepartmentNode } from '../../entities/departments/department-forest.ts';

/** A row of the tree; `department` is undefined for "all members". */
export interface TreeItem {
  readonly key: string;
  readonly title: string;
  readonly department?: DepartmentNode;
  readonly children?: TreeItem[];
}

export const allMembersKey = 'all';

const toItem = (department: DepartmentNode, children: TreeItem[]): TreeItem => ({
  key: String(department.id),
  title: department.name,
  department,
  ...(children.length > 0 && { children }),
});

/** Departments as rows of the tree. */
export const buildTreeItems = (departments: readonly DepartmentNode[]): TreeItem[] =>
  departments.map((department) => toItem(department, buildTreeItems(department.children)));

/**
 * The departments whose name contains `text`, whose id it is, or that `alsoFound` names, with their
 * ancestors.
 * A matching department keeps its whole subtree, collapsed; `expandedKeys` has the ancestors only.
 */
export function filterTreeItems(
  items: readonly TreeItem[],
  text: string,
  alsoFound: ReadonlySet<number> = new Set(),
): { items: TreeItem[]; expandedKeys: string[] } {
  const wanted = text.toLowerCase();
  const expandedKeys: string[] = [];
  const filter = (level: readonly TreeItem[]): TreeItem[] =>
    level.flatMap((item) => {
      const children = filter(item.children ?? []);
      if (children.length > 0) {
        expandedKeys.push(item.key);
        return [{ ...item, children }];
      }
      return matches(item, wanted) || alsoFound.has(item.department?.id ?? 0) ? [item] : [];
    });
  return { items: filter(items), expandedKeys };
}

const matches = ({ key, title, department }: TreeItem, wanted: string): boolean =>
  title.toLowerCase().includes(wanted) ||
  key === wanted ||
  (department?.nameEn?.toLowerCase().includes(wanted) ?? false);
