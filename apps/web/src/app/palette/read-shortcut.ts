export type Shortcut = 'palette' | 'search' | 'shortcuts' | 'back';

const keys: Readonly<Record<string, Shortcut>> = { '/': 'search', '?': 'shortcuts', Escape: 'back' };

/**
 * What a key pressed in the page asks for. Null for every key that is part of a text: pressed in a field or
 * while an input method composes.
 */
export function readShortcut(event: KeyboardEvent): Shortcut | null {
  if (event.isComposing || event.repeat || isTyping(event.target)) return null;
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey)
    return event.ctrlKey !== event.metaKey && !event.shiftKey && event.key.toLowerCase() === 'k'
      ? 'palette'
      : null;
  return keys[event.key] ?? null;
}

const untypable = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file']);

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !untypable.has(target.type);
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('textarea, select, [role="combobox"]') !== null)
  );
}
