import { useSyncExternalStore } from 'react';

/** A preference of this browser, kept in localStorage. */
export interface Preference<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

/**
 * Creates a preference that every component using it follows at once.
 * A stored text that `parse` does not know, or a browser that refuses storage, gives the fallback.
 */
export function createPreference<T>(
  key: string,
  parse: (text: string | null) => T,
  format: (value: T) => string,
): Preference<T> {
  const listeners = new Set<() => void>();
  let current = parse(readStored(key));
  return {
    get: () => current,
    set(value) {
      current = value;
      store(key, format(value));
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The current value, and a re-render when it changes. */
export const usePreference = <T>(preference: Preference<T>): T =>
  useSyncExternalStore(preference.subscribe, preference.get);

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is blocked in some private windows; the choice then lasts until the page is closed
  }
}

function store(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    return; // as above: nothing is lost but the memory of a choice
  }
}
