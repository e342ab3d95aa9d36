import type { GuardLimits, GuardReason, GuardVerdict } from '../guard-types.ts';
import type {
  Change,
  CurrentDepartment,
  CurrentMember,
  DepartmentChange,
  DepartmentPlan,
  Digest,
  DirectoryCounts,
  MemberChange,
  MembershipChange,
  Snapshot,
  SnapshotMember,
} from '../types.ts';
import { planDepartments } from './compare-departments.ts';
import { planMember } from './compare-member.ts';
import { evaluateGuard, isEmptyAnswer } from './guard.ts';
import { getChangeStage } from './order.ts';
import { partitionHeld } from './partition-held.ts';
import { createPlanTotalizer, type PlanTotals } from './plan-totals.ts';

/** What a plan is made from, the members excepted: those are fed one by one. */
export interface PlannerOptions {
  readonly snapshot: Snapshot;
  /** All departments as they are stored, removed ones included. */
  readonly departments: readonly CurrentDepartment[];
  /**
   * `targeted` = the snapshot shows only what was asked for, so an empty one says nothing and no hash is
   * kept.
   */
  readonly scope: 'full' | 'targeted';
  readonly limits: GuardLimits;
  /** Removals applied in the guard's rolling window that nobody approved. */
  readonly recentRemovals: DirectoryCounts;
  readonly digest: Digest;
  /** Names the state of the directory that is planned from; part of the fingerprint. */
  readonly baseRevision: string;
}

/** One member's part of a plan. */
export interface MemberPlan {
  /** The member in the snapshot; null = not there. */
  readonly desired: SnapshotMember | null;
  /**
   * The member's changes in order. The removals among them come again, judged, from {@link Planner.finish}.
   */
  readonly changes: readonly (MemberChange | MembershipChange)[];
  /**
   * The content hash to store once these changes are applied, or at once when there are none; null = none is
   * valid, and the next run compares the member in full.
   */
  readonly contentHash: string | null;
}

/** A removal, judged. */
export interface PlannedRemoval {
  readonly change: Change;
  /** Whether it waits for approval. */
  readonly isHeld: boolean;
}

/** The end of a plan: its removals, and what the whole comes to. */
export interface PlanResult extends PlanTotals {
  /** The last changes of the plan, in order: memberships, members, departments with children first. */
  readonly removals: readonly PlannedRemoval[];
  /** Why removals are held; empty when none is. */
  readonly heldReasons: readonly GuardReason[];
}

/**
 * Makes a plan while the members pass by.
 *
 * Its changes in order are: `departmentChanges`, the changes of each member added that are no removals, and
 * the removals that `finish` returns. Keeps those removals and the departments in memory, no other member.
 */
export interface Planner {
  /** Creates, updates, moves and restores of departments, parents before children. */
  readonly departmentChanges: readonly DepartmentChange[];
  /**
   * Departments that the plan removes: their members must be added even when their content hashes are
   * unchanged.
   */
  readonly removedDepartmentIds: ReadonlySet<number>;
  /**
   * Plans one member; `current` null = never stored. Each member at most once, known to be unchanged ones
   * never.
   */
  addMember(key: string, current: CurrentMember | null): MemberPlan;
  /** Judges the removals; `presentMembers` = members present before the run. Call it once, at the end. */
  finish(presentMembers: number): PlanResult;
}

/** Starts a plan of the difference between the stored directory and a snapshot. */
export function createPlanner(options: PlannerOptions): Planner {
  const { snapshot } = options;
  const departmentPlan = planDepartments(options.departments, snapshot);
  const names = new Map(options.departments.map(({ id, name }) => [id, name]));
  const context = {
    complete: snapshot.complete,
    isGone: snapshot.isGone,
    removedDepartmentIds: departmentPlan.removedDepartmentIds,
    departmentName: (id: number) => snapshot.departments.get(id)?.name ?? names.get(id),
  };
  const totals = createPlanTotalizer(options);
  for (const change of departmentPlan.upserts) totals.add(change, false);
  const removals: Change[] = [];
  const leavingAdminKeys: string[] = [];

  return {
    departmentChanges: departmentPlan.upserts,
    removedDepartmentIds: departmentPlan.removedDepartmentIds,
    addMember(key, current) {
      const desired = snapshot.getMember(key) ?? null;
      const changes = planMember(current, desired, context);
      for (const change of changes) {
        if (change.kind === 'remove') removals.push(change);
        else totals.add(change, false);
        if (current?.isAdmin === true && change.entity === 'member' && change.kind === 'remove')
          leavingAdminKeys.push(change.memberKey);
      }
      const contentHash = computeContentHash(options, departmentPlan, current, desired);
      return { desired, changes, contentHash };
    },
    finish(presentMembers) {
      removals.push(...departmentPlan.removals);
      const verdict = judge(options, departmentPlan, presentMembers, { removals, leavingAdminKeys });
      const planned = markHeld(options, removals, verdict);
      for (const { change, isHeld } of planned) totals.add(change, isHeld);
      return { ...totals.finish(), removals: planned, heldReasons: verdict.reasons };
    },
  };
}

/**
 * After a partial read the same answer may later remove something, after a targeted one the fields that the
 * app may see are not known, and a member who loses every place may keep held ones: no hash then.
 */
function computeContentHash(
  { snapshot, scope }: PlannerOptions,
  { removedDepartmentIds }: DepartmentPlan,
  current: CurrentMember | null,
  desired: SnapshotMember | null,
): string | null {
  if (desired === null || !snapshot.complete || scope === 'targeted') return null;
  const losesAll = desired.memberships?.length === 0;
  const mayKeepPlaces =
    losesAll && current?.memberships.some(({ departmentId }) => removedDepartmentIds.has(departmentId));
  return mayKeepPlaces === true ? null : snapshot.hashMember(desired);
}

function judge(
  { snapshot, scope, limits, recentRemovals }: PlannerOptions,
  departmentPlan: DepartmentPlan,
  presentMembers: number,
  { removals, leavingAdminKeys }: { removals: readonly Change[]; leavingAdminKeys: readonly string[] },
): GuardVerdict {
  const present = { members: presentMembers, departments: departmentPlan.presentCount };
  return evaluateGuard({
    limits,
    present,
    removals: {
      members: removals.filter(({ entity }) => entity === 'member').length,
      departments: departmentPlan.removals.length,
    },
    recentRemovals,
    rootsChanged: departmentPlan.rootsChanged,
    emptyAnswer: scope === 'full' && isEmptyAnswer(snapshot, present),
    leavingAdminKeys,
  });
}

function markHeld(
  { snapshot, departments }: PlannerOptions,
  removals: readonly Change[],
  verdict: GuardVerdict,
): PlannedRemoval[] {
  const held = partitionHeld({
    removals,
    verdict,
    departments,
    keepsDepartment: (key) => snapshot.getMember(key)?.memberships?.length !== 0,
  });
  return removals
    .toSorted((a, b) => getChangeStage(a) - getChangeStage(b))
    .map((change) => ({ change, isHeld: held.isHeld(change) }));
}
