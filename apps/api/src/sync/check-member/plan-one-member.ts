import {
  type CurrentMember,
  createPlanner,
  createSnapshotBuilder,
  type Digest,
  type GuardReason,
  type PlannerOptions,
  planMember,
  type ReadMember,
  type Snapshot,
  toMemberKey,
} from '@orgmirror/planner';
import type { MadePlan } from '../plan/make-plan.ts';
import { openPlanRecorder, type PlanRecorderOptions } from '../plan/plan-recorder.ts';
import type { PlannedChange } from '../plan/plan-writer.ts';
import { toPlannedChanges } from '../plan/planned-member.ts';

export interface OneMemberPlan {
  changes: PlannedChange[];
  /** Why the removal guard holds the member's leaving; empty when it does not. */
  heldReasons: readonly GuardReason[];
  /** Where the member is here and the answer does not name: a sync decides. */
  keptDepartmentIds: number[];
  /** What was odd about the answer. */
  warnings: Snapshot['warnings'];
}

/**
 * Plans one member from an answer about them alone. Such an answer is evidence of what it shows and of
 * nothing else: no place is taken away, a field that came empty although the app may not see it counts as not
 * visible, and places in departments that we do not have are dropped with a warning. Reads and writes
 * nothing.
 */
export function planOneMember(
  current: CurrentMember | null,
  read: ReadMember,
  options: { departmentNames: ReadonlyMap<number, string>; digest: Digest },
): OneMemberPlan {
  const { departmentNames, digest } = options;
  const builder = createSnapshotBuilder({ digest });
  const unknown = { nameEn: null, parentId: 0, sortOrder: null, leaderUserIds: null };
  builder.addDepartments([...departmentNames].map(([id, name]) => ({ ...unknown, id, name })));
  builder.addMember(read);
  const snapshot = builder.finish({ complete: false });
  const desired = snapshot.getMember(toMemberKey(read.userId)) ?? null;
  const context = {
    complete: false,
    isGone: () => false,
    removedDepartmentIds: new Set<number>(),
    departmentName: (id: number) => departmentNames.get(id),
  };
  // Without a content hash the next sync compares in full.
  const plan = { desired, changes: planMember(current, desired, context), contentHash: null };
  const named = new Set(read.departments);
  const keptDepartmentIds =
    read.departments === null
      ? []
      : (current?.memberships ?? []).map(({ departmentId }) => departmentId).filter((id) => !named.has(id));
  const changes = toPlannedChanges(plan, current);
  return { changes, heldReasons: [], keptDepartmentIds, warnings: snapshot.warnings };
}

/** Plans the leaving of one member whom WeCom denied by name, judged by the guard like any removal. */
export function planLeaving(
  current: CurrentMember,
  options: Omit<PlannerOptions, 'snapshot' | 'scope'> & { presentMembers: number },
): OneMemberPlan {
  const { presentMembers, ...rest } = options;
  const goneKeys = new Set([current.key]);
  const snapshot = createSnapshotBuilder({ digest: rest.digest }).finish({ complete: false, goneKeys });
  const planner = createPlanner({ ...rest, snapshot, scope: 'targeted' });
  planner.addMember(current.key, current);
  const { removals, heldReasons } = planner.finish(presentMembers);
  const changes = removals.map(({ change, isHeld }) => ({ change, held: isHeld }));
  return { changes, heldReasons, keptDepartmentIds: [], warnings: [] };
}

/**
 * Writes such a plan into its run's history, ready to be applied to the directory as it was at `revision`.
 */
export async function recordMemberPlan(
  options: PlanRecorderOptions,
  revision: bigint,
  { changes, heldReasons }: OneMemberPlan,
): Promise<MadePlan> {
  const recorder = openPlanRecorder(options, revision);
  for (const change of changes) await recorder.add(change);
  return { ...(await recorder.finish()), heldReasons };
}
