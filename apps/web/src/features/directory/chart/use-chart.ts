import { useMemo, useRef, useState } from 'react';
import type { DepartmentNode } from '../../../entities/departments/department-forest.ts';
import { findCollapsed, layOutChart, type PlacedDepartment } from './lay-out-chart.ts';
import { useViewport } from './use-viewport.ts';

/** What is folded, where everything stands, what is in sight and which department is the current one. */
export function useChart(roots: readonly DepartmentNode[]) {
  const canvas = useRef<SVGSVGElement>(null);
  const [collapsed, setCollapsed] = useState(() => findCollapsed(roots));
  const [currentId, setCurrentId] = useState(roots[0]?.id);
  const layout = useMemo(() => layOutChart(roots, (id) => collapsed.has(id)), [roots, collapsed]);
  const view = useViewport(canvas, layout);
  /** Folds and unfolds; one department stays where it is on the canvas while the others make room. */
  const fold = (next: Set<number>, fixedId: number | undefined) => {
    const isFixed = ({ department }: PlacedDepartment) => department.id === fixedId;
    const from = layout.places.find(isFixed);
    const to = layOutChart(roots, (id) => next.has(id)).places.find(isFixed);
    setCollapsed(next);
    if (from && to) view.follow(from, to);
  };
  return {
    canvas,
    layout,
    view,
    collapsed,
    currentId,
    /** Makes a department the current one, and brings it into sight. */
    goTo: (place: PlacedDepartment) => {
      setCurrentId(place.department.id);
      view.flyTo(place);
    },
    setCurrentId,
    toggle: ({ department: { id, children } }: PlacedDepartment) => {
      if (children.length === 0) return;
      const next = new Set(collapsed);
      if (!next.delete(id)) next.add(id);
      fold(next, id);
    },
    /** Unfolds everything above a department and flies to it. */
    showDepartment: ({ id, path }: DepartmentNode) => {
      const next = new Set(collapsed);
      for (const step of path) if (step.id !== id) next.delete(step.id);
      setCollapsed(next);
      setCurrentId(id);
      const place = layOutChart(roots, (folded) => next.has(folded)).places.find(
        ({ department }) => department.id === id,
      );
      if (place) view.flyTo(place);
    },
    expandAll: () => fold(new Set(), currentId),
    collapseAll: () => {
      const [top] = roots;
      setCurrentId(top?.id);
      fold(new Set(layout.places.map(({ department }) => department.id)), top?.id);
    },
  };
}
