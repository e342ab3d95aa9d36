import type { Change, DepartmentChange, MemberChange, MembershipChange } from '../types.ts';

/**
 * The change that undoes this one.
 *
 * A row that was created is marked removed or left, since rows and their local ids are kept; every other row
 * gets back exactly the values it had. Undo several changes in reverse order.
 */
export function invertChange(change: Change): Change {
  if (change.entity === 'department') return invertDepartment(change);
  return change.entity === 'member' ? invertMember(change) : invertMembership(change);
}

function invertDepartment(change: DepartmentChange): DepartmentChange {
  if (change.kind === 'create') {
    return { ...change, kind: 'remove', before: { presence: 'present' }, after: { presence: 'removed' } };
  }
  return { ...change, kind: invertKind(change.kind), before: change.after, after: change.before };
}

function invertMember(change: MemberChange): MemberChange {
  if (change.kind === 'create') {
    return { ...change, kind: 'remove', before: { presence: 'present' }, after: { presence: 'left' } };
  }
  return { ...change, kind: invertKind(change.kind), before: change.after, after: change.before };
}

function invertMembership(change: MembershipChange): MembershipChange {
  switch (change.kind) {
    case 'create':
      return { ...change, kind: 'remove', before: change.after, after: null };
    case 'remove':
      return { ...change, kind: 'create', before: null, after: change.before };
    case 'update':
      return { ...change, before: change.after, after: change.before };
  }
}

function invertKind<Kind extends 'update' | 'move' | 'remove' | 'restore'>(
  kind: Kind,
): Kind | 'remove' | 'restore' {
  if (kind === 'remove') return 'restore';
  return kind === 'restore' ? 'remove' : kind;
}
