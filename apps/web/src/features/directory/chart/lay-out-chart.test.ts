import { describe, expect, it } from 'vitest';
import { departmentRows, outlineFixture } from '../../../../test/fixtures.ts';
import { buildForest, type DepartmentNode } from '../../../entities/departments/department-forest.ts';
import { buildSvg } from './export-chart.ts';
import { card, findCollapsed, layOutChart } from './lay-out-chart.ts';
import { findVisible, followFingers, readFingers, snapViewport } from './use-viewport.ts';

const open = () => false;
const departmentForest = buildForest(outlineFixture(departmentRows)).roots;
const [root] = departmentForest;

/** `breadth` children each, so many levels deep. */
function grow(levels: number, breadth: number): DepartmentNode[] {
  let serial = 0;
  const make = (level: number): DepartmentNode => {
    serial += 1;
    const id = serial;
    const children = level < levels ? Array.from({ length: breadth }, () => make(level + 1)) : [];
    return { ...root!, id, name: `部门${id}`, children };
  };
  return [make(1)];
}

describe('the layout of the chart', () => {
  it('puts parents above the middle of their children, and no two cards onto each other', () => {
    const { places, width } = layOutChart(departmentForest, open);
    const at = new Map(places.map((place) => [place.department.id, place]));
    expect(at.get(2)!.x).toBe((at.get(3)!.x + at.get(4)!.x) / 2);
    expect(at.get(1)!.x).toBe((at.get(2)!.x + at.get(5)!.x) / 2);
    expect([1, 2, 3].map((id) => at.get(id)!.level)).toEqual([0, 1, 2]);
    for (const a of places)
      for (const b of places)
        if (a !== b && a.y === b.y) expect(Math.abs(a.x - b.x)).toBeGreaterThanOrEqual(card.width);
    expect(Math.max(...places.map(({ x }) => x)) + card.width).toBe(width);
  });

  it('leaves out what is folded', () => {
    const { places } = layOutChart(departmentForest, (id) => id === 2);
    expect(places.map(({ department }) => department.id)).toEqual([1, 2, 5]);
  });

  it('holds thousands of departments, 15 levels deep, and draws only those in sight', () => {
    const deep = [...grow(12, 2), ...grow(15, 1)];
    const chart = layOutChart(deep, open);
    expect(chart.places).toHaveLength(4_095 + 15);
    const visible = findVisible(chart, { x: 0, y: 0, scale: 1 }, { width: 1_200, height: 700 });
    expect(visible.length).toBeLessThan(200);
    const folded = findCollapsed(deep);
    expect(layOutChart(deep, (id) => folded.has(id)).places.length).toBeLessThan(60);
  });

  it('is exported whole, with names that mean something to XML', () => {
    const odd = [{ ...root!, name: 'R&D <1>', children: [] }];
    const svg = buildSvg(layOutChart(odd, open), () => '3 人');
    expect(svg).toContain('R&amp;D &lt;1&gt;');
    expect(new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')).toBeNull();
  });
});

describe('fingers on the chart', () => {
  const viewport = { x: 100, y: 50, scale: 0.5 };
  /** The place of the chart that is at a point of the canvas. */
  const placeAt = ({ x, y, scale }: typeof viewport, at: { x: number; y: number }) => [
    (at.x - x) / scale,
    (at.y - y) / scale,
  ];

  it('drag it when there is one', () => {
    const moved = followFingers(viewport, readFingers([{ x: 10, y: 10 }]), readFingers([{ x: 30, y: 5 }]));
    expect(moved).toEqual({ x: 120, y: 45, scale: 0.5 });
  });

  it('zoom it when there are two, which stay on what they touch', () => {
    const from = [
      { x: 200, y: 100 },
      { x: 300, y: 100 },
    ];
    const to = [
      { x: 150, y: 140 },
      { x: 350, y: 140 },
    ];
    const zoomed = followFingers(viewport, readFingers(from), readFingers(to));
    expect(zoomed.scale).toBe(1);
    for (const finger of [0, 1] as const)
      expect(placeAt(zoomed, to[finger]!)).toEqual(placeAt(viewport, from[finger]!));
  });

  it('zoom no further than the limits', () => {
    const from = readFingers([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
    ]);
    const to = readFingers([
      { x: 0, y: 0 },
      { x: 900, y: 0 },
    ]);
    expect(followFingers(viewport, from, to).scale).toBe(2);
  });

  it('make nothing be drawn again until the chart has moved by a quarter of the canvas', () => {
    const size = { width: 1_000, height: 800 };
    const chart = layOutChart(grow(12, 2), open);
    const [near, far] = [
      snapViewport({ ...viewport, x: 120 }, size),
      snapViewport({ ...viewport, x: 400 }, size),
    ];
    expect(near).toEqual(snapViewport(viewport, size));
    expect(far).not.toEqual(near);
    const ids = (at: typeof viewport) => findVisible(chart, at, size).map(({ department }) => department.id);
    // What is drawn for a step holds all that its farthest viewport shows.
    const inSight = (at: typeof viewport) =>
      chart.places.filter(
        ({ x, y }) =>
          x * at.scale + at.x < size.width &&
          (x + card.width) * at.scale + at.x > 0 &&
          y * at.scale + at.y < size.height &&
          (y + card.height) * at.scale + at.y > 0,
      );
    for (const x of [-124, 0, 124]) {
      const at = { ...viewport, x };
      expect(ids(snapViewport(at, size))).toEqual(
        expect.arrayContaining(inSight(at).map(({ department }) => department.id)),
      );
    }
  });
});
