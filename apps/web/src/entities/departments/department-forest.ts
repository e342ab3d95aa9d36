import type { DepartmentOutline } from '@orgmirror/contracts';

/** A department with those below it. */
export interface DepartmentNode {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string | null;
  /** From 0, counted from the top of the trees to their bottom. */
  readonly row: number;
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
  readonly names: NameIndex;
}

/** The names of all departments as one text: looking through it takes a tenth of the time of many short ones. */
interface NameIndex {
  /** In lower case, both names of a department on two lines, departments apart by a NUL. */
  readonly text: string;
  /** Where each department's names begin, then where the text ends. */
  readonly starts: readonly number[];
  readonly departments: readonly DepartmentNode[];
}

export const emptyForest: DepartmentForest = {
  revision: '',
  roots: [],
  byId: new Map(),
  names: { text: '', starts: [0], departments: [] },
};

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
      row,
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
  return { revision: outline.revision, roots, byId, names: indexNames([...byId.values()]) };
}

function indexNames(departments: readonly DepartmentNode[]): NameIndex {
  const starts = [0];
  const texts = departments.map(({ name, nameEn }) => {
    const text = `${name}\n${nameEn ?? ''}\0`.toLowerCase();
    starts.push((starts.at(-1) ?? 0) + text.length);
    return text;
  });
  return { text: texts.join(''), starts, departments };
}

/**
 * The departments that have this text in one of their names or as their id, or that `alsoFound` names, from the top of
 * the trees to their bottom. Nothing has an empty text.
 */
export function findDepartments(
  { byId, names }: DepartmentForest,
  text: string,
  alsoFound: ReadonlySet<number> = new Set(),
): DepartmentNode[] {
  const isId = /^\d+$/.test(text);
  const others = [...(isId ? [Number(text)] : []), ...alsoFound].flatMap((id) => byId.get(id)?.row ?? []);
  const rows = text === '' ? [] : findRows(names, text.toLowerCase());
  const all = others.length === 0 ? rows : mergeRows(rows, others);
  return all.flatMap((row) => names.departments[row] ?? []);
}

function findRows({ text, starts }: NameIndex, wanted: string): number[] {
  const rows: number[] = [];
  let row = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, starts[row])) {
    while ((starts[row + 1] ?? text.length) <= at) row += 1;
    rows.push(row);
    row += 1;
  }
  return rows;
}

/** As numbers in memory: thousands are sorted at each letter. */
function mergeRows(some: readonly number[], others: readonly number[]): number[] {
  const sorted = Uint32Array.from([...some, ...others]).sort();
  return Array.from(sorted).filter((row, index) => row !== sorted[index - 1]);
}
