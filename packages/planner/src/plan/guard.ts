import type { GuardInput, GuardReason, GuardVerdict } from '../guard-types.ts';
import type { DirectoryCounts, Snapshot } from '../types.ts';

/** Whether a complete snapshot has no department, or no member, although some are stored as present. */
export function isEmptyAnswer(
  snapshot: Pick<Snapshot, 'complete' | 'departments' | 'memberCount'>,
  present: DirectoryCounts,
): boolean {
  if (!snapshot.complete) return false;
  const lostDepartments = snapshot.departments.size === 0 && present.departments > 0;
  const lostMembers = snapshot.memberCount === 0 && present.members > 0;
  return lostDepartments || lostMembers;
}

/**
 * Decides which removals wait for approval. Creates, moves and updates never do.
 *
 * Members and departments are judged separately, each against min(maxCount, max(floor, maxPercent % of
 * those present, rounded down)): a plan's removals plus the unapproved ones of the rolling window are held when
 * they exceed it; at the limit they pass. Changed roots or an empty answer hold every removal, an admin's
 * leaving is always held. A plan without removals gives no reason.
 */
export function evaluateGuard(input: GuardInput): GuardVerdict {
  const reasons: GuardReason[] = [];
  const { removals } = input;
  const hasRemovals = removals.members + removals.departments > 0;
  const isSuspect = hasRemovals && (input.rootsChanged || input.emptyAnswer);
  if (hasRemovals && input.emptyAnswer) reasons.push({ code: 'guard.empty_answer' });
  if (hasRemovals && input.rootsChanged) reasons.push({ code: 'guard.roots_changed' });

  const members = judgeCount(input, 'members');
  if (members.isOver)
    reasons.push({ code: 'guard.members_over_limit', count: members.count, limit: members.limit });
  const departments = judgeCount(input, 'departments');
  if (departments.isOver) {
    reasons.push({
      code: 'guard.departments_over_limit',
      count: departments.count,
      limit: departments.limit,
    });
  }
  if (input.leavingAdminKeys.length > 0) {
    reasons.push({ code: 'guard.admin_leaving', keys: [...input.leavingAdminKeys] });
  }
  return {
    holdMembers: isSuspect || members.isOver,
    holdDepartments: isSuspect || departments.isOver,
    heldAdminKeys: [...input.leavingAdminKeys],
    reasons,
  };
}

function judgeCount(input: GuardInput, entity: keyof DirectoryCounts) {
  const { maxCount, maxPercent, floor } = input.limits;
  const share = Math.floor((input.present[entity] * maxPercent) / 100);
  const limit = Math.min(maxCount, Math.max(floor, share));
  const count = input.removals[entity] + input.recentRemovals[entity];
  return { count, limit, isOver: input.removals[entity] > 0 && count > limit };
}
