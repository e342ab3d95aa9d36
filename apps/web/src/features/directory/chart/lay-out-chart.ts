import type { DepartmentNode } from '../../../entities/departments/department-forest.ts';

export const card = { width: 200, height: 84 } as const;
const gap = { x: 24, y: 48 } as const;

/** A department in its place; `x` and `y` are the card's top left corner. */
export interface PlacedDepartment {
  department: DepartmentNode;
  x: number;
  y: number;
  level: number;
  parent: PlacedDepartment | null;
  /** Children that are drawn; none while it is collapsed. */
  children: PlacedDepartment[];
}

export interface Chart {
  /** Parents before their children, left before right. */
  places: PlacedDepartment[];
  width: number;
  height: number;
}

type Forest = readonly DepartmentNode[];

/**
 * Puts departments below their parents: each that has no child in sight takes the next free column, every other
 * stands above the middle of its children. Linear in the departments that are in sight.
 */
export function layOutChart(forest: Forest, isCollapsed: (id: number) => boolean): Chart {
  const places: PlacedDepartment[] = [];
  let columns = 0;
  let levels = 0;
  const place = (department: DepartmentNode, parent: PlacedDepartment | null): PlacedDepartment => {
    const level = parent === null ? 0 : parent.level + 1;
    levels = Math.max(levels, level + 1);
    const y = level * (card.height + gap.y);
    const placed: PlacedDepartment = { department, x: 0, y, level, parent, children: [] };
    places.push(placed);
    if (!isCollapsed(department.id))
      placed.children = department.children.map((child) => place(child, placed));
    const [first, last] = [placed.children[0], placed.children.at(-1)];
    placed.x = first && last ? (first.x + last.x) / 2 : columns++ * (card.width + gap.x);
    return placed;
  };
  for (const root of forest) place(root, null);
  return {
    places,
    width: Math.max(card.width, columns * (card.width + gap.x) - gap.x),
    height: Math.max(card.height, levels * (card.height + gap.y) - gap.y),
  };
}

/** The line from a department down to one of its children. */
export function drawLink({ x: fromX, y: fromY }: PlacedDepartment, to: PlacedDepartment): string {
  const [startX, startY] = [fromX + card.width / 2, fromY + card.height];
  const middle = startY + gap.y / 2;
  return `M${startX} ${startY}V${middle}H${to.x + card.width / 2}V${to.y}`;
}

/** Above this many departments, all but the uppermost levels begin collapsed. */
const maxOpen = 12;
const openLevels = 2;

/** The departments that begin collapsed. */
export function findCollapsed(forest: Forest): Set<number> {
  const all: { id: number; level: number }[] = [];
  const visit = (departments: Forest, level: number) => {
    for (const { id, children } of departments) {
      all.push({ id, level });
      visit(children, level + 1);
    }
  };
  visit(forest, 1);
  if (all.length <= maxOpen) return new Set();
  return new Set(all.filter(({ level }) => level >= openLevels).map(({ id }) => id));
}
