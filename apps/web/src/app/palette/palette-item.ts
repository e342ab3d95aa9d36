import type { RecentTarget } from '@orgmirror/contracts';
import type { ReactNode } from 'react';

/** Something that the palette leads to or does. */
export interface PaletteItem {
  readonly kind: RecentTarget['kind'];
  /** See {@link RecentTarget}. */
  readonly key: string;
  readonly name: string;
  /** Effect of a command, path of a department, userid and department of a member. */
  readonly detail?: string | undefined;
  readonly icon: ReactNode;
  /** Further words that find a page or a command, divided by spaces. */
  readonly words?: string;
  readonly choose: () => void;
}

/** Where the items are listed. */
export type PaletteGroup = 'recent' | PaletteItem['kind'];

/** Unique among everything in the palette. */
export const idOf = ({ kind, key }: RecentTarget): string => `${kind}:${key}`;

/** Whether a text finds the item by its name, or begins one of its words. */
export function isFoundBy(item: PaletteItem, text: string): boolean {
  const wanted = squeeze(text);
  return (
    squeeze(item.name).includes(wanted) ||
    (item.words ?? '').split(' ').some((word) => word.startsWith(wanted))
  );
}

const squeeze = (text: string) => text.toLowerCase().replaceAll(/\s/g, '');

const maxRecent = 12;

/** What was chosen before, the latest first, after one more choice. */
export const addRecent = (recent: readonly RecentTarget[], { kind, key }: RecentTarget): RecentTarget[] =>
  [{ kind, key }, ...recent.filter((one) => idOf(one) !== idOf({ kind, key }))].slice(0, maxRecent);

/** Items chosen before come first, the latest at the top; the others keep their order. */
export function putRecentFirst(
  items: readonly PaletteItem[],
  recent: readonly RecentTarget[],
): PaletteItem[] {
  const ranks = new Map(recent.map((target, index) => [idOf(target), index]));
  const rankOf = (item: PaletteItem) => ranks.get(idOf(item)) ?? ranks.size;
  return items.toSorted((a, b) => rankOf(a) - rankOf(b));
}
