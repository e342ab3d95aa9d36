import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

export interface ColumnResize {
  /** Pixels. */
  readonly width: number;
  /** Accessible name of the handle. */
  readonly label: string;
  readonly onResize: (width: number) => void;
}

const minWidth = 60;
const maxWidth = 800;
const keyStep = 16;
const clamp = (width: number) => Math.round(Math.min(maxWidth, Math.max(minWidth, width)));

/** The edge of a column's head: drag it, or press the arrows on it. The new width is told once, at the end. */
export function ResizeHandle({ width, label, onResize }: ColumnResize) {
  const dragged = useRef<{ fromX: number; head: HTMLElement; startWidth: number }>(undefined);
  const begin = (event: PointerEvent<HTMLElement>) => {
    const head = event.currentTarget.parentElement;
    if (head === null) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = { fromX: event.clientX, head, startWidth: head.offsetWidth };
  };
  const widthAt = ({ clientX }: PointerEvent<HTMLElement>): number | undefined =>
    dragged.current && clamp(dragged.current.startWidth + clientX - dragged.current.fromX);
  const move = (event: PointerEvent<HTMLElement>) => {
    const next = widthAt(event);
    // Straight to the head: rendering 200 rows at each move would lag behind the pointer.
    if (dragged.current && next !== undefined) dragged.current.head.style.width = `${next}px`;
  };
  const end = (event: PointerEvent<HTMLElement>) => {
    const next = widthAt(event);
    dragged.current = undefined;
    if (next !== undefined && next !== width) onResize(next);
  };
  const press = ({ key }: KeyboardEvent) => {
    const step = { ArrowLeft: -keyStep, ArrowRight: keyStep }[key];
    if (step !== undefined) onResize(clamp(width + step));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that is moved, for which HTML has no element
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={minWidth}
      aria-valuemax={maxWidth}
      tabIndex={0}
      className="om-resize-handle"
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={press}
    />
  );
}
