import type { MouseEvent, ReactNode } from 'react';
import type { SignInSearch } from './use-sign-in-search.ts';

interface SignInLinkProps {
  search: SignInSearch;
  params: Record<string, string>;
  children: ReactNode;
}

/** Link to an alternative sign-in option; a real link, so that it can be opened in a tab or bookmarked. */
export function SignInLink({ search, params, children }: SignInLinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    search.go(params);
  };
  return (
    <a className="om-sign-in-link" href={search.build(params)} onClick={follow}>
      {children}
    </a>
  );
}
