import type { MemberListPreference } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { attributesQuery } from '../../entities/attributes/attributes-query.ts';
import { useSeesConsole } from '../../entities/session/session.ts';
import { usePreferences } from '../../entities/session/use-preferences.ts';
import { type ColumnSetting, orderColumns } from './column-order.ts';
import { useIsNarrow } from './use-is-narrow.ts';

export interface MemberList {
  readonly columns: readonly ColumnSetting[];
  readonly density: MemberListPreference['density'];
  setColumns(columns: readonly ColumnSetting[]): void;
  setDensity(density: MemberListPreference['density']): void;
  /** Null while nothing differs from what the console has. */
  readonly reset: (() => void) | null;
}

/** Pixels; up to here not all columns of most enterprises fit. */
const fewColumnsBelow = 1_280;

/** How the user wants the list of members, on every device. */
export function useMemberList(): MemberList {
  const { preferences, save } = usePreferences();
  const { memberList } = preferences;
  const { data: attributes } = useQuery({ ...attributesQuery, enabled: useSeesConsole() });
  const stored = memberList?.columns;
  const isNarrow = useIsNarrow(fewColumnsBelow);
  const columns = useMemo(
    () =>
      orderColumns(
        stored,
        attributes?.map(({ key }) => key),
        isNarrow,
      ),
    [stored, attributes, isNarrow],
  );
  const density = memberList?.density ?? 'standard';
  return {
    columns,
    density,
    setColumns: (next) => save({ memberList: { columns: [...next], density } }),
    setDensity: (next) => save({ memberList: { columns, density: next } }),
    reset: memberList === null ? null : () => save({ memberList: null }),
  };
}
