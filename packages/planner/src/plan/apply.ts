import { createMemberFields, MEMBER_FIELDS } from '../member-fields.ts';
import type {
  Change,
  DepartmentChange,
  Directory,
  DirectoryDepartment,
  DirectoryMember,
  MemberChange,
  MembershipChange,
} from '../types.ts';

interface Draft {
  readonly departments: Map<number, DirectoryDepartment>;
  readonly members: Map<string, DirectoryMember>;
  nextLocalId: number;
}

/** A directory of nothing. */
export function createDirectory(): Directory {
  return { departments: new Map(), members: new Map(), nextLocalId: 1 };
}

/**
 * What applying changes means: the reference that stores are tested against. Returns a new directory.
 *
 * Changes are applied one by one in the order given. Throws when one names a row that is not there, or creates one
 * that is; that is a fault of the caller's.
 */
export function applyChanges(directory: Directory, changes: Iterable<Change>): Directory {
  const draft: Draft = {
    departments: new Map(directory.departments),
    members: new Map(directory.members),
    nextLocalId: directory.nextLocalId,
  };
  for (const change of changes) {
    if (change.entity === 'department') applyToDepartment(draft, change);
    else if (change.entity === 'member') applyToMember(draft, change);
    else applyToMembership(draft, change);
  }
  return draft;
}

function applyToDepartment(draft: Draft, change: DepartmentChange): void {
  const id = change.departmentId;
  const row = draft.departments.get(id);
  if (change.kind !== 'create') {
    draft.departments.set(id, { ...requireRow(row, change), ...change.after });
    return;
  }
  requireNoRow(row, change);
  const unknown = { nameEn: null, sortOrder: null, leaderUserIds: null };
  const localId = draft.nextLocalId++;
  draft.departments.set(id, { ...unknown, presence: 'present', ...change.after, id, localId });
}

function applyToMember(draft: Draft, change: MemberChange): void {
  const key = change.memberKey;
  const row = draft.members.get(key);
  if (change.kind !== 'create') {
    draft.members.set(key, withValues(requireRow(row, change), change.after));
    return;
  }
  requireNoRow(row, change);
  const created: DirectoryMember = {
    key,
    userId: change.after.userId,
    fields: createMemberFields(),
    mainDepartmentId: null,
    presence: 'present',
    disabledBy: null,
    isAdmin: false,
    memberships: [],
    localId: draft.nextLocalId++,
  };
  draft.members.set(key, withValues(created, change.after));
}

function withValues(row: DirectoryMember, values: NonNullable<MemberChange['after']>): DirectoryMember {
  const fields: Record<string, unknown> = { ...row.fields };
  for (const { name } of MEMBER_FIELDS) {
    if (name in values) fields[name] = values[name];
  }
  const { userId, mainDepartmentId, presence, disabledBy } = { ...row, ...values };
  // Every value came from MemberFields by name.
  return {
    ...row,
    userId,
    mainDepartmentId,
    presence,
    disabledBy,
    fields: fields as unknown as DirectoryMember['fields'],
  };
}

function applyToMembership(draft: Draft, change: MembershipChange): void {
  const member = requireRow(draft.members.get(change.memberKey), change);
  const row = member.memberships.find(({ departmentId }) => departmentId === change.departmentId);
  const others = member.memberships.filter((membership) => membership !== row);
  if (change.kind === 'create') {
    requireNoRow(row, change);
    const { userId: _, ...membership } = change.after;
    others.push(membership);
  } else if (change.kind === 'update') {
    others.push({ ...requireRow(row, change), ...change.after });
  } else {
    requireRow(row, change);
  }
  const memberships = others.sort((a, b) => a.departmentId - b.departmentId);
  draft.members.set(member.key, { ...member, memberships });
}

function requireRow<Row>(row: Row | undefined, change: Change): Row {
  if (row === undefined) throw new Error(`${change.entity} ${change.key} is not there to ${change.kind}`);
  return row;
}

function requireNoRow(row: unknown, change: Change): void {
  if (row !== undefined) throw new Error(`${change.entity} ${change.key} is there already`);
}
