import { buildMemberFields, createMemberFields } from '../member-fields.ts';
import { invertChange } from '../plan/invert.ts';
import type {
  Change,
  CurrentDepartment,
  CurrentMember,
  DepartmentChange,
  MemberChange,
  MembershipChange,
} from '../types.ts';

/** A department in a directory in memory. */
export interface DirectoryDepartment extends CurrentDepartment {
  /** Given once, never to another row. */
  readonly localId: number;
}

/** A member in a directory in memory. */
export interface DirectoryMember extends CurrentMember {
  /** Given once, never to another row. */
  readonly localId: number;
}

/** A directory in memory: the reference for what applying changes means. */
export interface Directory {
  readonly departments: ReadonlyMap<number, DirectoryDepartment>;
  readonly members: ReadonlyMap<string, DirectoryMember>;
  /** The next free `localId`. */
  readonly nextLocalId: number;
}

interface Draft {
  readonly departments: Map<number, DirectoryDepartment>;
  readonly members: Map<string, DirectoryMember>;
  nextLocalId: number;
}

/** An empty directory. */
export function createDirectory(): Directory {
  return { departments: new Map(), members: new Map(), nextLocalId: 1 };
}

/**
 * Applies changes one by one in the order given and returns a new directory: the reference that stores are
 * tested against. Throws when a change names a row that does not exist, or creates one that does.
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
  const fields = buildMemberFields((name) => (name in values ? values[name] : row.fields[name]) ?? null);
  const { userId, mainDepartmentId, presence, disabledBy } = { ...row, ...values };
  return { ...row, userId, mainDepartmentId, presence, disabledBy, fields };
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
  if (row === undefined)
    throw new Error(`${change.entity} ${change.key} does not exist, cannot ${change.kind}`);
  return row;
}

function requireNoRow(row: unknown, change: Change): void {
  if (row !== undefined) throw new Error(`${change.entity} ${change.key} exists already`);
}

/** The changes that undo these, in the order to apply them: the last first. See {@link invertChange}. */
export function invertChanges(changes: readonly Change[]): Change[] {
  return changes.map(invertChange).reverse();
}
