import type { CurrentMember, MemberPlanContext, MembershipChange, SnapshotMember } from '../types.ts';
import { nameMember } from './member-name.ts';
import { compareValues } from './same-value.ts';

const MEMBERSHIP_FIELDS = ['sortOrder', 'isLeader', 'isMain'] as const;

/** A membership after the plan; null = not visible. */
interface TargetPlace {
  readonly sortOrder: number | null;
  readonly isLeader: boolean | null;
}

/**
 * Plans the memberships of one member: creations and updates, then removals, each by department id.
 *
 * Memberships that are not visible stay as they are, except in departments that this plan removes. A member
 * who is in any department has exactly one main membership afterwards.
 */
export function planMemberships(
  current: CurrentMember | null,
  desired: SnapshotMember | null,
  context: MemberPlanContext,
): MembershipChange[] {
  const currentById = new Map(
    (current?.memberships ?? []).map((membership) => [membership.departmentId, membership]),
  );
  const targets = findTargets(current, desired, context);
  const mainId = findMainDepartment(current, desired, targets);
  const memberKey = desired?.key ?? current?.key ?? '';
  const userId = desired?.userId ?? current?.userId ?? '';
  const memberName = nameMember(current, desired);
  const describe = (departmentId: number) =>
    ({
      entity: 'membership',
      key: `${memberKey}/${departmentId}`,
      name: `${memberName} · ${context.departmentName(departmentId) ?? departmentId}`,
      memberKey,
      departmentId,
    }) as const;

  const changes: MembershipChange[] = [];
  for (const [departmentId, target] of [...targets].sort(byDepartment)) {
    const isMain = departmentId === mainId;
    const known = currentById.get(departmentId);
    if (known === undefined) {
      const sortOrder = target.sortOrder ?? 0;
      const isLeader = target.isLeader ?? false;
      const after = { userId, departmentId, sortOrder, isLeader, isMain };
      changes.push({ ...describe(departmentId), kind: 'create', before: null, after });
      continue;
    }
    const { before, after, isEmpty } = compareValues(MEMBERSHIP_FIELDS, known, { ...target, isMain });
    if (!isEmpty) changes.push({ ...describe(departmentId), kind: 'update', before, after });
  }
  for (const [departmentId, membership] of [...currentById].sort(byDepartment)) {
    if (targets.has(departmentId)) continue;
    const before = { ...membership, userId: current?.userId ?? userId };
    changes.push({ ...describe(departmentId), kind: 'remove', before, after: null });
  }
  return changes;
}

/** The memberships after the plan: those of the snapshot, and stored ones that no evidence removes. */
function findTargets(
  current: CurrentMember | null,
  desired: SnapshotMember | null,
  context: MemberPlanContext,
): Map<number, TargetPlace> {
  const targets = new Map<number, TargetPlace>();
  const keepsStored =
    desired === null
      ? current !== null && !context.isGone(current.key)
      : !context.complete || desired.memberships === null;
  if (keepsStored) {
    for (const membership of current?.memberships ?? []) {
      if (!context.removedDepartmentIds.has(membership.departmentId)) {
        targets.set(membership.departmentId, membership);
      }
    }
  }
  for (const membership of desired?.memberships ?? []) targets.set(membership.departmentId, membership);
  return targets;
}

/**
 * WeCom's main department if the member is in it, else the stored one if they still are, else the first
 * returned.
 */
function findMainDepartment(
  current: CurrentMember | null,
  desired: SnapshotMember | null,
  targets: ReadonlyMap<number, TargetPlace>,
): number | undefined {
  const storedMainId = current?.memberships.find(({ isMain }) => isMain)?.departmentId;
  const candidates = [desired?.mainDepartmentId, storedMainId, desired?.memberships?.[0]?.departmentId];
  for (const candidate of candidates) {
    if (typeof candidate === 'number' && targets.has(candidate)) return candidate;
  }
  return targets.size === 0 ? undefined : Math.min(...targets.keys());
}

function byDepartment([a]: readonly [number, unknown], [b]: readonly [number, unknown]): number {
  return a - b;
}
