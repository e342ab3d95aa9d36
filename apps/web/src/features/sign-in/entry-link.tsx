import type { MouseEvent, ReactNode } from 'react';
import type { EntrySearch } from './use-entry-search.ts';

interface EntryLinkProps {
  search: EntrySearch;
  params: Record<string, string>;
  children: ReactNode;
}

/** Another way to sign in, below the first. A link, so that it can be opened in a tab or kept. */
export function EntryLink({ search, params, children }: EntryLinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    search.go(params);
  };
  return (
    <a className="om-entry-link" href={search.build(params)} onClick={follow}>
      {children}
    </a>
  );
}
