import { type KeyboardEvent, memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStableCallback } from '../../../lib/use-stable-callback.ts';
import { DepartmentCard } from './department-card.tsx';
import { drawLink, type PlacedDepartment } from './lay-out-chart.ts';
import type { useChart } from './use-chart.ts';
import { findVisible, readableScale, snapViewport } from './use-viewport.ts';

/** The picture: only what is in sight is drawn. Arrows walk from card to card, Enter folds and unfolds. */
export function ChartCanvas({ chart }: { chart: ReturnType<typeof useChart> }) {
  const { t } = useTranslation();
  const { canvas, layout, view, collapsed, currentId, goTo, setCurrentId, toggle } = chart;
  const { viewport, size, isFlying, dragging } = view;
  const { x, y, scale } = snapViewport(viewport, size);
  const visible = useMemo(() => findVisible(layout, { x, y, scale }, size), [layout, x, y, scale, size]);
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    document.getElementById(`om-chart-${currentId}`)?.focus({ preventScroll: true });
  }, [currentId]);
  const current = visible.some(({ department }) => department.id === currentId)
    ? currentId
    : visible[0]?.department.id;

  const walk = useStableCallback((event: KeyboardEvent, place: PlacedDepartment) => {
    if (event.key === 'Enter' || event.key === ' ') toggle(place);
    else {
      const next = findNeighbour(event.key, place, layout.places);
      if (next === undefined) return;
      wantsFocus.current = true;
      goTo(next);
    }
    event.preventDefault();
  });
  const toggleUnlessDragged = useStableCallback(
    (place: PlacedDepartment) => !view.wasDragged() && toggle(place),
  );
  const focus = useStableCallback((place: PlacedDepartment) => setCurrentId(place.department.id));
  return (
    <div className="om-chart-canvas" role="tree" aria-label={t('org.chart.title')}>
      <svg ref={canvas} role="none" {...dragging}>
        <g
          className={isFlying ? 'om-chart-flying' : undefined}
          style={{
            transform: `translate(${viewport.x}px, ${viewport.y}px) scale(${viewport.scale})`,
          }}
        >
          <Cards
            visible={visible}
            collapsed={collapsed}
            currentId={current}
            isOutline={viewport.scale < readableScale}
            onToggle={toggleUnlessDragged}
            onKeyDown={walk}
            onFocus={focus}
          />
        </g>
      </svg>
    </div>
  );
}

interface CardsProps {
  visible: readonly PlacedDepartment[];
  collapsed: ReadonlySet<number>;
  currentId: number | undefined;
  isOutline: boolean;
  onToggle: (place: PlacedDepartment) => void;
  onKeyDown: (event: KeyboardEvent, place: PlacedDepartment) => void;
  onFocus: (place: PlacedDepartment) => void;
}

/** Stays as it is while the chart is only moved: a pan changes one transform. */
const Cards = memo(function Cards({ visible, collapsed, currentId, isOutline, ...events }: CardsProps) {
  return (
    <>
      <path className="om-chart-links" d={drawLinks(visible)} />
      {visible.map((place) => (
        <DepartmentCard
          key={place.department.id}
          place={place}
          isCollapsed={collapsed.has(place.department.id)}
          isCurrent={place.department.id === currentId}
          isOutline={isOutline}
          {...events}
        />
      ))}
    </>
  );
});

/** Lines of all that are in sight, to their parents and to their children. */
function drawLinks(visible: readonly PlacedDepartment[]): string {
  const links = new Set<string>();
  for (const place of visible) {
    if (place.parent !== null) links.add(drawLink(place.parent, place));
    const [first, last] = [place.children[0], place.children.at(-1)];
    if (first) links.add(drawLink(place, first));
    if (last) links.add(drawLink(place, last));
  }
  return [...links].join('');
}

function findNeighbour(
  key: string,
  place: PlacedDepartment,
  places: readonly PlacedDepartment[],
): PlacedDepartment | undefined {
  const siblings = place.parent?.children ?? places.filter(({ parent }) => parent === null);
  const index = siblings.indexOf(place);
  switch (key) {
    case 'ArrowUp':
      return place.parent ?? undefined;
    case 'ArrowDown':
      return place.children[0];
    case 'ArrowLeft':
      return siblings[index - 1];
    case 'ArrowRight':
      return siblings[index + 1];
    case 'Home':
      return places[0];
    default:
      return undefined;
  }
}
