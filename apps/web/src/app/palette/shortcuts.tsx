import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { loadPageTexts } from '../../i18n/language.ts';
import type { Overlay } from './overlay.ts';
import { readShortcut } from './read-shortcut.ts';

// Code and texts come with the first key that asks for them.
const Overlays = lazy(async () => {
  const [{ Overlays }] = await Promise.all([import('./overlays.tsx'), loadPageTexts('palette')]);
  return { default: Overlays };
});

interface ShortcutsProps {
  overlay: Overlay | null;
  onOverlay: (overlay: Overlay | null) => void;
  /** Where Esc leads when nothing is open. */
  parentPath: string | undefined;
}

/** Listens to the keys of the whole console, and shows what they ask for. */
export function Shortcuts({ overlay, onOverlay, parentPath }: ShortcutsProps) {
  const navigate = useNavigate();
  const [wasOpened, setOpened] = useState(false);
  if (overlay !== null && !wasOpened) setOpened(true);
  const obey = useEffectEvent((event: KeyboardEvent) => {
    const shortcut = readShortcut(event);
    if (shortcut === null || isSomethingOpen()) return;
    const search = shortcut === 'search' ? findPageSearch() : null;
    if (shortcut === 'back') {
      if (parentPath !== undefined) void navigate(parentPath);
      return;
    }
    event.preventDefault(); // the browser has a search of its own, and `/` would be typed
    if (search) search.focus();
    else onOverlay(shortcut === 'shortcuts' ? 'shortcuts' : 'palette');
  });
  useEffect(() => {
    // Before anything else hears the key: Esc that closes a dialog must not also leave the page.
    const listen = (event: KeyboardEvent) => obey(event);
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, []);
  return (
    wasOpened && (
      <Suspense>
        <Overlays overlay={overlay} onOverlay={onOverlay} />
      </Suspense>
    )
  );
}

const isShown = (element: Element) => element.getClientRects().length > 0;

/** Dialogs, drawers, menus and lists of choices take the keys themselves. */
const isSomethingOpen = () =>
  [...document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"], .ant-popover')].some(
    isShown,
  );

/** The search box of the page, where it has one. */
const findPageSearch = () =>
  [...document.querySelectorAll<HTMLInputElement>('main input[data-page-search]')].find(isShown);
