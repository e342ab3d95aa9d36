import type { MemberListPreference } from '@orgmirror/contracts';

/** All columns of the members table but the member's own, which is first and always there. */
export const optionalColumns = [
  'leftAt',
  'wecomUserId',
  'departments',
  'position',
  'status',
  'mobile',
  'email',
  'updatedAt',
] as const;
export type OptionalColumn = (typeof optionalColumns)[number];
/** The column of an attribute of the enterprise's own; the prefix keeps it apart from those above. */
export type AttributeColumn = `attr:${string}`;
export type ColumnKey = OptionalColumn | 'member' | AttributeColumn;

export const toAttributeColumn = (attributeKey: string): AttributeColumn => `attr:${attributeKey}`;
export const isAttributeColumn = (key: string): key is AttributeColumn => key.startsWith('attr:');

export interface ColumnSetting {
  readonly key: ColumnKey;
  readonly isShown: boolean;
  readonly isPinned: boolean;
  /** Pixels; null: the column's own. */
  readonly width: number | null;
}

const keys: readonly ColumnKey[] = ['member', ...optionalColumns];
/** With room for few the status comes before what takes most of it. */
const keysWhereNarrow = keys
  .filter((key) => key !== 'status')
  .flatMap((key): ColumnKey[] => (key === 'departments' ? ['status', key] : [key]));
const hiddenAtFirst: readonly ColumnKey[] = ['updatedAt'];

/**
 * All columns in the order of the user: the member, pinned ones, the others; those never set as they come.
 * Until the attributes are known, what is stored of their columns stays.
 */
export function orderColumns(
  stored: MemberListPreference['columns'] = [],
  attributeKeys?: readonly string[],
  isNarrow = false,
): ColumnSetting[] {
  const all = [...(isNarrow ? keysWhereNarrow : keys), ...(attributeKeys ?? []).map(toAttributeColumn)];
  const isUnjudged = (key: string) => attributeKeys === undefined && isAttributeColumn(key);
  const isKnown = (key: string): key is ColumnKey => all.some((one) => one === key) || isUnjudged(key);
  const known = stored.flatMap(({ key, ...setting }) => (isKnown(key) ? [{ key, ...setting }] : []));
  const added = all
    .filter((key) => known.every((setting) => setting.key !== key))
    .map((key) => ({ key, isShown: isShownAtFirst(key), isPinned: false, width: null }));
  return sortColumns([...known, ...added]);
}

const isShownAtFirst = (key: ColumnKey): boolean => !hiddenAtFirst.includes(key) && !isAttributeColumn(key);

function sortColumns(columns: readonly ColumnSetting[]): ColumnSetting[] {
  const rankOf = ({ key, isPinned }: ColumnSetting) => (key === 'member' ? 0 : isPinned ? 1 : 2);
  return columns.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** The columns with one changed. */
export const changeColumn = (
  columns: readonly ColumnSetting[],
  key: ColumnKey,
  change: Partial<Omit<ColumnSetting, 'key'>>,
): ColumnSetting[] =>
  sortColumns(columns.map((column) => (column.key === key ? { ...column, ...change } : column)));

/** The columns with one a place earlier or later, as far as it can go among pinned or other ones. */
export function moveColumn(columns: readonly ColumnSetting[], key: ColumnKey, step: -1 | 1): ColumnSetting[] {
  const from = columns.findIndex((column) => column.key === key);
  const [moved, passed] = [columns[from], columns[from + step]];
  if (moved === undefined || passed === undefined) return [...columns];
  return sortColumns(columns.with(from, passed).with(from + step, moved));
}
