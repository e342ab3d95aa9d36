import { useQueryClient } from '@tanstack/react-query';
import { useLocation, useSearchParams } from 'react-router-dom';
import { membersQuery } from './members-query.ts';
import { formatOrgParams, type OrgParams, readOrgParams } from './org-params.ts';

/** The parameters in the address of the org page, and functions to change them. */
export interface OrgNavigation {
  readonly params: OrgParams;
  /** False when the previous cursor is unknown, after opening a shared link to a later page. */
  readonly hasPrevious: boolean;
  /** Changes what is listed; starts again at the first page. */
  filter(change: Partial<Omit<OrgParams, 'cursor' | 'page' | 'openMember'>>): void;
  openMember(wecomUserId: string | null): void;
  goFirst(): void;
  goPrevious(): void;
  goNext(cursor: string): void;
}

/** Earlier pages' cursors, kept beside the history entry: they would make the address itself too long. */
const readCursors = (state: unknown): readonly string[] =>
  typeof state === 'object' && state !== null && 'cursors' in state && Array.isArray(state.cursors)
    ? state.cursors.filter((cursor) => typeof cursor === 'string')
    : [];

export function useOrgParams(): OrgNavigation {
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const { state } = useLocation();
  const params = readOrgParams(search);
  const cursors = readCursors(state);

  const go = (change: Partial<OrgParams>, nextCursors: readonly string[], replace = false) => {
    const next = { ...params, ...change };
    void client.prefetchQuery(membersQuery(next)); // at once, not after the page has rendered, and before any other
    setSearch(formatOrgParams(next), { state: { cursors: nextCursors }, replace });
  };
  const goTo = (nextCursors: readonly string[]) =>
    go({ cursor: nextCursors.at(-1) ?? null, page: nextCursors.length + 1 }, nextCursors);

  return {
    params,
    hasPrevious: params.page > 1 && cursors.length === params.page - 1,
    filter: (change) => go({ ...change, cursor: null, page: 1 }, [], 'q' in change),
    openMember: (openMember) => go({ openMember }, cursors),
    goFirst: () => goTo([]),
    goPrevious: () => goTo(cursors.slice(0, -1)),
    goNext: (cursor) =>
      cursors.length === params.page - 1
        ? goTo([...cursors, cursor])
        : go({ cursor, page: params.page + 1 }, []),
  };
}
