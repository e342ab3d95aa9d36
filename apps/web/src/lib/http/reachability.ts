import { useSyncExternalStore } from 'react';

let isReachable = true;
const listeners = new Set<() => void>();

/** Notes whether the last request got an answer from the server. */
export function setServerReachable(isNow: boolean): void {
  if (isReachable === isNow) return;
  isReachable = isNow;
  for (const listener of listeners) listener();
}

/** Whether the last request got an answer from the server. */
export const useIsServerReachable = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isReachable,
  );
