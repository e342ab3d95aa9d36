import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Chart, card, type PlacedDepartment } from './lay-out-chart.ts';

export interface Viewport {
  /** Where the chart's origin is on the canvas, in px. */
  x: number;
  y: number;
  scale: number;
}

const scales = { min: 0.05, max: 2 } as const;
/** Below this cards cannot be read. */
export const readableScale = 0.35;
/** Of what is flown to, and of the beginning. */
const comfortableScale = 0.8;
const margin = 24;
const flightMs = 300;
const dragThresholdPx = 5;

const limitScale = (scale: number) => Math.min(scales.max, Math.max(scales.min, scale));

/** Zooms by a factor; what is at a point of the canvas stays there. */
function zoomAt({ x, y, scale }: Viewport, factor: number, at: Point): Viewport {
  const next = limitScale(scale * factor);
  const ratio = next / scale;
  return { x: at.x - (at.x - x) * ratio, y: at.y - (at.y - y) * ratio, scale: next };
}

interface Point {
  x: number;
  y: number;
}

/** Where the fingers on the canvas are: their middle, and how far they are apart; one finger is not. */
interface Fingers {
  middle: Point;
  distance: number;
}

export function readFingers([first, second = first]: readonly Point[]): Fingers {
  const [a, b] = [first ?? { x: 0, y: 0 }, second ?? { x: 0, y: 0 }];
  return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, distance: Math.hypot(a.x - b.x, a.y - b.y) };
}

/** What is under the fingers stays there: one drags the chart, two also zoom it. */
export function followFingers(viewport: Viewport, from: Fingers, to: Fingers): Viewport {
  const factor = from.distance > 0 && to.distance > 0 ? to.distance / from.distance : 1;
  const zoomed = zoomAt(viewport, factor, from.middle);
  return {
    ...zoomed,
    x: zoomed.x + to.middle.x - from.middle.x,
    y: zoomed.y + to.middle.y - from.middle.y,
  };
}

/** The whole chart, or its top where the whole would be smaller than `minScale`. */
function showTop(
  { places: [top], width, height }: Chart,
  size: { width: number; height: number },
  minScale = comfortableScale,
): Viewport {
  const whole = Math.min(1, (size.width - 2 * margin) / width, (size.height - 2 * margin) / height);
  const scale = limitScale(Math.max(minScale, whole));
  const middle = whole < minScale && top ? top.x + card.width / 2 : width / 2;
  return { x: size.width / 2 - middle * scale, y: margin, scale };
}

/** Drags with the mouse or a finger, zooms with two fingers. */
function useDragging(setViewport: (next: (current: Viewport) => Viewport) => void) {
  /** The mouse or the fingers that are down. */
  const pointers = useRef(new Map<number, Point>());
  const draggedPx = useRef(0);
  const toPoint = ({ clientX, clientY, currentTarget }: PointerEvent): Point => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const lift = ({ pointerId }: PointerEvent) => void pointers.current.delete(pointerId);
  return {
    /** Whether the press that just ended moved the chart: then it is no click. */
    wasDragged: () => draggedPx.current > dragThresholdPx,
    dragging: {
      onPointerDown: (event: PointerEvent) => {
        if (event.isPrimary) {
          pointers.current.clear(); // one that was released outside
          draggedPx.current = 0;
        }
        pointers.current.set(event.pointerId, toPoint(event));
      },
      onPointerMove: (event: PointerEvent) => {
        const last = pointers.current.get(event.pointerId);
        if (last === undefined || event.buttons === 0) return;
        const to = toPoint(event);
        const before = readFingers([...pointers.current.values()]);
        pointers.current.set(event.pointerId, to);
        const after = readFingers([...pointers.current.values()]);
        draggedPx.current += Math.abs(to.x - last.x) + Math.abs(to.y - last.y);
        setViewport((current) => followFingers(current, before, after));
      },
      onPointerUp: lift,
      onPointerCancel: lift,
    },
  };
}

/** What of the chart is in sight: dragged, zoomed by the wheel or two fingers, or flown to. */
export function useViewport(canvas: RefObject<SVGSVGElement | null>, chart: Chart) {
  const [size, setSize] = useState({ width: 1_200, height: 700 }); // until it is laid out
  const [viewport, setViewport] = useState<Viewport>({ x: margin, y: margin, scale: 1 });
  const [isFlying, setFlying] = useState(false);
  const beginning = useRef(chart);
  const placedWidth = useRef<number>(undefined);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined || entry.contentRect.width === 0) return;
      const before = placedWidth.current;
      const { width } = entry.contentRect;
      placedWidth.current = width;
      setSize(entry.contentRect);
      if (before === undefined) setViewport(showTop(beginning.current, entry.contentRect));
      // What was in the middle stays there when a phone is turned or a window narrows.
      else setViewport((current) => ({ ...current, x: current.x + (width - before) / 2 }));
    });
    observer.observe(element);
    const zoom = (event: WheelEvent) => {
      event.preventDefault(); // else the page scrolls as well; React's own listener cannot
      const { left, top } = element.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      setViewport((current) => zoomAt(current, Math.exp(-event.deltaY / 400), at));
    };
    element.addEventListener('wheel', zoom, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', zoom);
    };
  }, [canvas]);

  useEffect(() => {
    if (!isFlying) return;
    const timer = setTimeout(() => setFlying(false), flightMs);
    return () => clearTimeout(timer);
  }, [isFlying]);

  const fly = (next: (current: Viewport) => Viewport) => {
    setFlying(true);
    setViewport(next);
  };
  const center = { x: size.width / 2, y: size.height / 2 };
  return {
    viewport,
    size,
    ...useDragging(setViewport),
    isFlying,
    /** Moves along with a department whose place changes. */
    follow: (from: PlacedDepartment, to: PlacedDepartment) => {
      setFlying(false);
      setViewport((current) => ({
        ...current,
        x: current.x + (from.x - to.x) * current.scale,
        y: current.y + (from.y - to.y) * current.scale,
      }));
    },
    zoom: (factor: number) => fly((current) => zoomAt(current, factor, center)),
    flyTo: ({ x, y }: PlacedDepartment, minScale = comfortableScale) =>
      fly((current) => {
        const scale = Math.max(current.scale, minScale);
        return {
          x: center.x - (x + card.width / 2) * scale,
          y: center.y - (y + card.height / 2) * scale,
          scale,
        };
      }),
    fit: () => fly(() => showTop(chart, size, scales.min)),
  };
}

/** Steps of a quarter of the canvas: what is in sight is looked for once a step, not at each move of a pan. */
export function snapViewport({ x, y, scale }: Viewport, size: { width: number; height: number }): Viewport {
  const snap = (place: number, step: number) => Math.round(place / step) * step;
  return { x: snap(x, size.width / 4), y: snap(y, size.height / 4), scale };
}

/** The departments whose cards are in sight, with as much around. */
export function findVisible(
  { places }: Chart,
  { x, y, scale }: Viewport,
  { width, height }: { width: number; height: number },
): PlacedDepartment[] {
  const [left, top] = [(-x - width / 2) / scale, (-y - height / 2) / scale];
  const [right, bottom] = [(-x + width * 1.5) / scale, (-y + height * 1.5) / scale];
  return places.filter(
    (place) =>
      place.x + card.width >= left && place.x <= right && place.y + card.height >= top && place.y <= bottom,
  );
}
