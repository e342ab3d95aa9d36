import { useCallback, useSyncExternalStore } from 'react';

/** Whether the window is at most so many pixels wide. */
export function useIsNarrow(maxWidth: number): boolean {
  const media = `(max-width: ${maxWidth}px)`;
  const subscribe = useCallback(
    (listener: () => void) => {
      const query = window.matchMedia(media);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    [media],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(media).matches);
}
