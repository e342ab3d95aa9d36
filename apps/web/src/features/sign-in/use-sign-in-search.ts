import { useCallback, useSyncExternalStore } from 'react';

const subscribe = (listener: () => void) => {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
};

export interface SignInSearch {
  params: URLSearchParams;
  /** Address of the sign-in page with these parameters in place of its present ones; `returnTo` stays. */
  build(params: Record<string, string>): string;
  /** Navigates without a page load, so that the back button works. */
  go(params: Record<string, string>): void;
}

/** The query of the page's address, followed; a router would not fit the entry's size budget. */
export function useSignInSearch(): SignInSearch {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const params = new URLSearchParams(search);
  const build = (wanted: Record<string, string>) => {
    const returnTo = params.get('returnTo');
    const query = new URLSearchParams({ ...wanted, ...(returnTo !== null && { returnTo }) }).toString();
    return query === '' ? '/sign-in' : `/sign-in?${query}`;
  };
  const go = useCallback((address: string) => {
    window.history.pushState(null, '', address);
    window.dispatchEvent(new PopStateEvent('popstate')); // pushState fires no event
  }, []);
  return { params, build, go: (wanted) => go(build(wanted)) };
}
