import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * The same function at every render, which calls the one of the latest: a memoised component that is given it renders
 * only for what it shows. For events only, never called while rendering.
 */
export function useStableCallback<Args extends unknown[], Result>(
  callback: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(callback);
  useLayoutEffect(() => {
    latest.current = callback;
  });
  return useCallback((...args) => latest.current(...args), []);
}
