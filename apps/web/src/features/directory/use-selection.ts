import type { MemberSummary } from '@orgmirror/contracts';
import { useState } from 'react';
import { type OrgParams, toMemberFilter } from './org-params.ts';

export interface MemberSelection {
  readonly members: readonly MemberSummary[];
  has(member: MemberSummary): boolean;
  toggle(members: readonly MemberSummary[], isSelected: boolean): void;
  clear(): void;
}

/** The members that are ticked, on whichever page of the list; another filter starts again. */
export function useSelection(params: OrgParams): MemberSelection {
  const list = JSON.stringify(toMemberFilter(params));
  const [selected, setSelected] = useState({ list, members: new Map<string, MemberSummary>() });
  const members = selected.list === list ? selected.members : new Map<string, MemberSummary>();
  return {
    members: [...members.values()],
    has: ({ id }) => members.has(id),
    toggle: (changed, isSelected) => {
      const next = new Map(members);
      for (const member of changed) {
        if (isSelected) next.set(member.id, member);
        else next.delete(member.id);
      }
      setSelected({ list, members: next });
    },
    clear: () => setSelected({ list, members: new Map() }),
  };
}
