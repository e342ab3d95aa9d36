import { useSyncExternalStore } from 'react';

const narrowQuery = '(max-width: 768px)';

const subscribe = (listener: () => void) => {
  const query = window.matchMedia(narrowQuery);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** Whether the page is too narrow for tree and table side by side. */
export const useIsNarrow = (): boolean =>
  useSyncExternalStore(subscribe, () => window.matchMedia(narrowQuery).matches);
