import type { DepartmentOutline } from '@orgmirror/contracts';

/** A department with those below it. */
export interface DepartmentNode {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string | null;
  /** Both names in lower case: a search looks at all departments at each letter. */
  readonly searchText: string;
  /** From the top department down to this one. */
  readonly path: readonly { readonly id: number; readonly name: string }[];
  readonly leaderUserIds: readonly string[];
  /** Present members directly in it. */
  readonly memberCount: number;
  /** Present members in it or below, each counted once. */
  readonly totalMemberCount: number;
  /** In their order. */
  readonly children: readonly DepartmentNode[];
}

/** All departments: several trees where the visible scope of the app has gaps. */
export interface DepartmentForest {
  /** Another one whenever a department or its counts are. */
  readonly revision: string;
  readonly roots: readonly DepartmentNode[];
  /** From the top of the trees to their bottom. */
  readonly byId: ReadonlyMap<number, DepartmentNode>;
}

export const emptyForest: DepartmentForest = { revision: '', roots: [], byId: new Map() };

/** The trees that an outline describes. */
export function buildForest(outline: DepartmentOutline): DepartmentForest {
  const roots: DepartmentNode[] = [];
  const byId = new Map<number, DepartmentNode>();
  /** From a top department down to the one before this row. */
  const open: { path: DepartmentNode['path']; children: DepartmentNode[] }[] = [];
  for (const [row, id] of outline.ids.entries()) {
    open.length = outline.depths[row] ?? 0;
    const parent = open.at(-1);
    const name = outline.names[row] ?? '';
    const nameEn = outline.namesEn[row] ?? null;
    const children: DepartmentNode[] = [];
    const department: DepartmentNode = {
      id,
      name,
      nameEn,
      searchText: `${name}\n${nameEn ?? ''}`.toLowerCase(),
      path: [...(parent?.path ?? []), { id, name }],
      leaderUserIds: outline.leaderUserIds[row] ?? [],
      memberCount: outline.memberCounts[row] ?? 0,
      totalMemberCount: outline.totalMemberCounts[row] ?? 0,
      children,
    };
    (parent?.children ?? roots).push(department);
    byId.set(id, department);
    open.push({ path: department.path, children });
  }
  return { revision: outline.revision, roots, byId };
}

/** Whether a department has this text in one of its names, or as its id. */
export function createDepartmentMatcher(text: string): (department: DepartmentNode) => boolean {
  const wanted = text.toLowerCase();
  const wantedId = /^\d+$/.test(text) ? Number(text) : null;
  return ({ id, searchText }) => searchText.includes(wanted) || id === wantedId;
}
