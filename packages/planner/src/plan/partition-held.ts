import type { HeldInput, HeldRemovals } from '../guard-types.ts';
import type { Change } from '../types.ts';

/**
 * Determines which removals of a plan wait for approval, so that the other changes are consistent by
 * themselves.
 *
 * - A member whose leaving is held keeps all memberships.
 * - A department stays when its removal is held, when a kept membership is in it, or when a department below
 *   it stays.
 * - A staying member loses a membership in a held department like any other, except when no department would
 *   be left: then the member keeps all of them, since no member leaves the tree unapproved.
 *
 * Linear in the removals; keeps the removals' keys in memory. Creates, updates, moves and restores are never
 * held.
 */
export function partitionHeld(input: HeldInput): HeldRemovals {
  const removals = indexRemovals(input.removals);
  const { verdict } = input;
  const adminKeys = new Set(verdict.heldAdminKeys);
  const memberKeys = new Set(
    [...removals.memberKeys].filter((key) => verdict.holdMembers || adminKeys.has(key)),
  );
  const stayingMemberKeys = new Set<string>();
  const departmentIds = holdDepartments(input, removals, memberKeys, stayingMemberKeys);
  return {
    departmentIds,
    memberKeys,
    stayingMemberKeys,
    isHeld(change) {
      if (change.kind !== 'remove') return false;
      if (change.entity === 'department') return departmentIds.has(change.departmentId);
      return memberKeys.has(change.memberKey) || stayingMemberKeys.has(change.memberKey);
    },
  };
}

interface RemovalIndex {
  readonly departmentIds: Set<number>;
  readonly memberKeys: Set<string>;
  readonly membersOf: Map<number, string[]>;
  readonly departmentsOf: Map<string, number[]>;
}

function indexRemovals(removals: Iterable<Change>): RemovalIndex {
  const index: RemovalIndex = {
    departmentIds: new Set(),
    memberKeys: new Set(),
    membersOf: new Map(),
    departmentsOf: new Map(),
  };
  for (const change of removals) {
    if (change.kind !== 'remove') continue;
    if (change.entity === 'department') index.departmentIds.add(change.departmentId);
    else if (change.entity === 'member') index.memberKeys.add(change.memberKey);
    else {
      append(index.membersOf, change.departmentId, change.memberKey);
      append(index.departmentsOf, change.memberKey, change.departmentId);
    }
  }
  return index;
}

/**
 * Holds departments until a fixed point is reached; adds the staying members that must keep their
 * memberships.
 */
function holdDepartments(
  input: HeldInput,
  removals: RemovalIndex,
  heldMemberKeys: ReadonlySet<string>,
  stayingMemberKeys: Set<string>,
): Set<number> {
  const parentOf = new Map<number, number | null>();
  for (const { id, parentId } of input.departments) parentOf.set(id, parentId);

  const held = new Set<number>();
  const queue: number[] = [];
  const hold = (id: number) => {
    if (held.has(id) || !removals.departmentIds.has(id)) return;
    held.add(id);
    queue.push(id);
  };
  if (input.verdict.holdDepartments) for (const id of removals.departmentIds) hold(id);
  for (const key of heldMemberKeys) for (const id of removals.departmentsOf.get(key) ?? []) hold(id);

  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    hold(parentOf.get(id) ?? id); // a root is held already and has nothing above it
    for (const key of removals.membersOf.get(id) ?? []) {
      const isStranded = !removals.memberKeys.has(key) && !input.keepsDepartment(key);
      if (!isStranded || stayingMemberKeys.has(key)) continue;
      stayingMemberKeys.add(key);
      for (const departmentId of removals.departmentsOf.get(key) ?? []) hold(departmentId);
    }
  }
  return held;
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
