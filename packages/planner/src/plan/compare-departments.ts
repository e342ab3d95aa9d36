import { orderParentsFirst, wouldCloseCycle } from '../forest.ts';
import type {
  CurrentDepartment,
  DepartmentChange,
  DepartmentPlan,
  DepartmentValues,
  Snapshot,
  SnapshotDepartment,
} from '../types.ts';
import { compareValues, pickKnown } from './same-value.ts';

/** The compared values of a department without its parent, whose null means root and not "not visible". */
const DEPARTMENT_FIELDS = ['name', 'nameEn', 'sortOrder', 'leaderUserIds'] as const;

type CurrentById = ReadonlyMap<number, CurrentDepartment>;

/**
 * Plans the departments: parents before their children when they come, children before parents when they go.
 *
 * After every single upsert the departments are a forest, also when two swap places. A removed department
 * that is back is restored. From a partial snapshot nothing is removed, and a department that is a root there
 * keeps its stored parent. Needs all departments of both sides in memory.
 */
export function planDepartments(
  current: Iterable<CurrentDepartment>,
  snapshot: Pick<Snapshot, 'departments' | 'complete'>,
): DepartmentPlan {
  const currentById = new Map<number, CurrentDepartment>();
  for (const department of current) currentById.set(department.id, department);
  const present = [...currentById.values()].filter(({ presence }) => presence === 'present');

  const upserts: DepartmentChange[] = [];
  const movedDepartmentIds = new Set<number>();
  const placed = placeDepartments(currentById, snapshot);
  for (const desired of placed) {
    const change = compareDepartment(currentById.get(desired.id), desired);
    if (change === null) continue;
    upserts.push(change);
    if (change.kind !== 'update') movedDepartmentIds.add(desired.id);
  }
  const removed = snapshot.complete ? present.filter(({ id }) => !snapshot.departments.has(id)) : [];
  const removals = orderParentsFirst(removed).reverse().map(removeDepartment);
  return {
    upserts,
    removals,
    removedDepartmentIds: new Set(removed.map(({ id }) => id)),
    movedDepartmentIds,
    presentCount: present.length,
    rootsChanged: snapshot.complete && haveRootsChanged(present, placed),
  };
}

/** The snapshot's departments in apply order, each with its parent after the plan. */
function placeDepartments(
  currentById: CurrentById,
  snapshot: Pick<Snapshot, 'departments' | 'complete'>,
): SnapshotDepartment[] {
  const ordered = orderParentsFirst(snapshot.departments.values());
  if (snapshot.complete) return orderParentsFirst(keepUnplaced(ordered, currentById));

  // A partial answer may lack the parent, so the stored departments stay part of the tree. Where the two
  // trees contradict each other, the stored one holds until a complete answer comes.
  const parentOf = new Map([...currentById.values()].map(({ id, parentId }) => [id, parentId]));
  return ordered.map((desired) => {
    const isPlaced = desired.parentId !== null && !wouldCloseCycle(desired.id, desired.parentId, parentOf);
    const parentId = isPlaced ? desired.parentId : findPresentParent(desired.id, currentById);
    parentOf.set(desired.id, parentId);
    return { ...desired, parentId };
  });
}

/** A department whose parent no answer named keeps its stored parent, as long as that one still exists. */
function keepUnplaced(
  departments: readonly SnapshotDepartment[],
  currentById: CurrentById,
): SnapshotDepartment[] {
  const parentOf = new Map(departments.map(({ id, parentId }) => [id, parentId]));
  return departments.map((desired) => {
    const storedParentId = currentById.get(desired.id)?.parentId ?? null;
    const stays = !desired.isPlaced && storedParentId !== null && parentOf.has(storedParentId);
    if (!stays || wouldCloseCycle(desired.id, storedParentId, parentOf)) return desired;
    parentOf.set(desired.id, storedParentId);
    return { ...desired, parentId: storedParentId };
  });
}

function findPresentParent(id: number, currentById: CurrentById): number | null {
  const parentId = currentById.get(id)?.parentId ?? null;
  return parentId !== null && currentById.get(parentId)?.presence === 'present' ? parentId : null;
}

function compareDepartment(
  current: CurrentDepartment | undefined,
  desired: SnapshotDepartment,
): DepartmentChange | null {
  const name = desired.name ?? current?.name ?? String(desired.id);
  const identity = describeDepartment({ id: desired.id, name });
  if (current === undefined) {
    const known: Partial<DepartmentValues> = pickKnown(DEPARTMENT_FIELDS, desired);
    return {
      ...identity,
      kind: 'create',
      before: null,
      after: { ...known, name, parentId: desired.parentId },
    };
  }
  const { before, after, isEmpty } = compareValues(DEPARTMENT_FIELDS, current, desired);
  const isMoved = current.parentId !== desired.parentId;
  if (isMoved) {
    before.parentId = current.parentId;
    after.parentId = desired.parentId;
  }
  if (current.presence === 'removed') {
    const restored = {
      before: { ...before, presence: 'removed' },
      after: { ...after, presence: 'present' },
    } as const;
    return { ...identity, kind: 'restore', ...restored };
  }
  if (isMoved) return { ...identity, kind: 'move', before, after };
  return isEmpty ? null : { ...identity, kind: 'update', before, after };
}

function removeDepartment(current: CurrentDepartment): DepartmentChange {
  return {
    ...describeDepartment(current),
    kind: 'remove',
    before: { presence: 'present' },
    after: { presence: 'removed' },
  };
}

function describeDepartment({ id, name }: Pick<CurrentDepartment, 'id' | 'name'>) {
  return { entity: 'department', key: String(id), departmentId: id, name } as const;
}

function haveRootsChanged(
  present: readonly CurrentDepartment[],
  desired: readonly SnapshotDepartment[],
): boolean {
  if (present.length === 0) return false;
  const presentIds = new Set(present.map(({ id }) => id));
  const currentRoots = present.filter(({ parentId }) => parentId === null || !presentIds.has(parentId));
  const desiredRoots = new Set(desired.filter(({ parentId }) => parentId === null).map(({ id }) => id));
  return currentRoots.length !== desiredRoots.size || currentRoots.some(({ id }) => !desiredRoots.has(id));
}
