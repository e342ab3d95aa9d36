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
export type ColumnKey = OptionalColumn | 'member';

export interface ColumnSetting {
  readonly key: ColumnKey;
  readonly isShown: boolean;
  readonly isPinned: boolean;
  /** Pixels; null: the column's own. */
  readonly width: number | null;
}

const keys: readonly ColumnKey[] = ['member', ...optionalColumns];
const hiddenAtFirst: readonly ColumnKey[] = ['updatedAt'];

/** All columns in the order of the user: the member, pinned ones, the others; those never set as they come. */
export function orderColumns(stored: MemberListPreference['columns'] = []): ColumnSetting[] {
  const known = stored.flatMap((setting) => {
    const key = keys.find((one) => one === setting.key);
    return key === undefined ? [] : [{ ...setting, key }];
  });
  const added = keys
    .filter((key) => known.every((setting) => setting.key !== key))
    .map((key) => ({ key, isShown: !hiddenAtFirst.includes(key), isPinned: false, width: null }));
  const rankOf = ({ key, isPinned }: ColumnSetting) => (key === 'member' ? 0 : isPinned ? 1 : 2);
  return [...known, ...added].toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** The columns with one changed. */
export const changeColumn = (
  columns: readonly ColumnSetting[],
  key: ColumnKey,
  change: Partial<Omit<ColumnSetting, 'key'>>,
): ColumnSetting[] =>
  orderColumns(columns.map((column) => (column.key === key ? { ...column, ...change } : column)));

/** The columns with one a place earlier or later, as far as it can go among pinned or other ones. */
export function moveColumn(columns: readonly ColumnSetting[], key: ColumnKey, step: -1 | 1): ColumnSetting[] {
  const from = columns.findIndex((column) => column.key === key);
  const [moved, passed] = [columns[from], columns[from + step]];
  if (moved === undefined || passed === undefined) return [...columns];
  return orderColumns(columns.with(from, passed).with(from + step, moved));
}
