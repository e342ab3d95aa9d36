import type { MemberSummary } from '@orgmirror/contracts';
import { useMemo, useState } from 'react';
import { useStableCallback } from '../../lib/use-stable-callback.ts';
import { type OrgParams, toMemberFilter } from './org-params.ts';

export interface MemberSelection {
  readonly members: readonly MemberSummary[];
  has(member: MemberSummary): boolean;
  toggle(members: readonly MemberSummary[], isSelected: boolean): void;
  clear(): void;
}

const nobody: ReadonlyMap<string, MemberSummary> = new Map();

/** The members that are ticked, on whichever page of the list; another filter starts again. */
export function useSelection(params: OrgParams): MemberSelection {
  const list = JSON.stringify(toMemberFilter(params));
  const [selected, setSelected] = useState({ list, members: nobody });
  const members = selected.list === list ? selected.members : nobody;
  const toggle = useStableCallback((changed: readonly MemberSummary[], isSelected: boolean) => {
    const next = new Map(members);
    for (const member of changed) {
      if (isSelected) next.set(member.id, member);
      else next.delete(member.id);
    }
    setSelected({ list, members: next });
  });
  const clear = useStableCallback(() => setSelected({ list, members: nobody }));
  return useMemo(
    () => ({ members: [...members.values()], has: ({ id }) => members.has(id), toggle, clear }),
    [members, toggle, clear],
  );
}
