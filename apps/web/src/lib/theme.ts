import { useSyncExternalStore } from 'react';
import { usePreference } from '../config/preference.ts';
import { type ThemeChoice, themePreference } from '../config/preferences.ts';

const darkQuery = '(prefers-color-scheme: dark)';

const subscribeToSystem = (listener: () => void) => {
  const query = window.matchMedia(darkQuery);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** Marks the document, so that the style sheet follows the choice before any component renders. */
export function applyThemeChoice(choice: ThemeChoice): void {
  if (choice === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', choice);
}

/** Whether the console is dark now: as chosen, or as the system says. */
export function useIsDark(): boolean {
  const choice = usePreference(themePreference);
  const systemIsDark = useSyncExternalStore(subscribeToSystem, () => window.matchMedia(darkQuery).matches);
  return choice === 'system' ? systemIsDark : choice === 'dark';
}

export function chooseTheme(choice: ThemeChoice): void {
  themePreference.set(choice);
  applyThemeChoice(choice);
}
