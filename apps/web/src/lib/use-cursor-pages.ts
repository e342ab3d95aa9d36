import { useState } from 'react';

export interface CursorPages {
  readonly cursor: string | undefined;
  /** From 1. */
  readonly page: number;
  goFirst(): void;
  goPrevious(): void;
  goNext(cursor: string): void;
}

/** Cursor paging that can go back; resets to the first page when `scope` changes. */
export function useCursorPages(scope: string): CursorPages {
  const [state, setState] = useState<{ scope: string; cursors: readonly string[] }>({ scope, cursors: [] });
  const cursors = state.scope === scope ? state.cursors : [];
  const go = (next: readonly string[]) => setState({ scope, cursors: next });
  return {
    cursor: cursors.at(-1),
    page: cursors.length + 1,
    goFirst: () => go([]),
    goPrevious: () => go(cursors.slice(0, -1)),
    goNext: (cursor) => go([...cursors, cursor]),
  };
}
