import type { MouseEvent, ReactNode } from 'react';
import type { SignInSearch } from './use-sign-in-search.ts';

interface SignInLinkProps {
  search: SignInSearch;
  params: Record<string, string>;
  children: ReactNode;
}

/** Another way to sign in, below the first. A link, so that it can be opened in a tab or kept. */
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
