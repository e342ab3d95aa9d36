import type { MemberSummary, Role } from '@orgmirror/contracts';

/** What is done to all members that are ticked. */
export type SelectionAction = { kind: 'disable' } | { kind: 'enable' } | { kind: 'role'; role: Role };

export interface SelectionEffect {
  /** Who is changed. */
  changed: readonly MemberSummary[];
  /** Who is so already, or was never disabled here. */
  unchanged: number;
  /** Who left: nothing here concerns them. */
  left: number;
}

/** Whom an action would change, by what the list knows; the server applies its own rules to each. */
export function measureEffect(members: readonly MemberSummary[], action: SelectionAction): SelectionEffect {
  const present = members.filter(({ presence }) => presence === 'present');
  const changed = present.filter((member) => isChanged(member, action));
  return { changed, unchanged: present.length - changed.length, left: members.length - present.length };
}

function isChanged({ role, disabledBy }: MemberSummary, action: SelectionAction): boolean {
  if (action.kind === 'role') return role !== action.role;
  return action.kind === 'disable' ? disabledBy !== 'admin' : disabledBy === 'admin';
}
