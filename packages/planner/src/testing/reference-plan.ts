import type { GuardLimits, GuardReason } from '../guard-types.ts';
import { createCandidateFinder } from '../plan/candidates.ts';
import type { PlanTotals } from '../plan/plan-totals.ts';
import { createPlanner, type MemberPlan, type Planner } from '../plan/planner.ts';
import type { Change, Digest, DirectoryCounts, Snapshot } from '../types.ts';
import type { Directory } from './reference-directory.ts';

/** Limits as a corp may have them. */
export const exampleLimits: GuardLimits = { maxCount: 50, maxPercent: 5, windowHours: 24, floor: 3 };

/** A whole plan in memory. */
export interface ReferencePlan extends PlanTotals {
  /** In apply order. */
  readonly changes: readonly Change[];
  readonly heldReasons: readonly GuardReason[];
  /** The content hash that is stored with a change: the first one of a member of the snapshot. */
  readonly storedWith: ReadonlyMap<Change, { readonly key: string; readonly contentHash: string | null }>;
  /** The content hashes to store at once, of members who were compared and have no change. */
  readonly unchangedHashes: ReadonlyMap<string, string>;
  /** Whether the change waits for approval. */
  isHeld(change: Change): boolean;
}

/** Input of a run in addition to the directory and the snapshot. */
export interface ReferencePlanOptions {
  readonly digest: Digest;
  readonly scope?: 'full' | 'targeted';
  readonly limits?: GuardLimits;
  readonly recentRemovals?: DirectoryCounts;
  /**
   * The stored content hashes: members with an unchanged one are left out. Without them every member is
   * compared.
   */
  readonly storedHashes?: ReadonlyMap<string, string | null>;
}

/**
 * Feeds the planner from a directory in memory, as the server feeds it from the database, and collects the
 * plan.
 */
export function planDirectory(
  directory: Directory,
  snapshot: Snapshot,
  options: ReferencePlanOptions,
): ReferencePlan {
  const planner = createPlanner({
    snapshot,
    departments: [...directory.departments.values()],
    scope: options.scope ?? 'full',
    limits: options.limits ?? exampleLimits,
    recentRemovals: options.recentRemovals ?? { members: 0, departments: 0 },
    digest: options.digest,
    baseRevision: 'revision-1',
  });
  const { newKeys, changedKeys, leavingKeys, presentCount } = findCandidates(
    directory,
    snapshot,
    planner,
    options.storedHashes,
  );
  const changes: Change[] = [...planner.departmentChanges];
  const storedWith = new Map<Change, { key: string; contentHash: string | null }>();
  const unchangedHashes = new Map<string, string>();
  const collect = (key: string, { desired, changes: own, contentHash }: MemberPlan) => {
    changes.push(...own.filter(({ kind }) => kind !== 'remove'));
    const [first] = own;
    if (first !== undefined && desired !== null) storedWith.set(first, { key, contentHash });
    if (first === undefined && contentHash !== null) unchangedHashes.set(key, contentHash);
  };
  for (const key of newKeys) collect(key, planner.addMember(key, null));
  for (const key of [...changedKeys, ...leavingKeys])
    collect(key, planner.addMember(key, directory.members.get(key) ?? null));
  const { removals, ...totals } = planner.finish(presentCount);
  const held = new Set(removals.filter(({ isHeld }) => isHeld).map(({ change }) => change));
  return {
    ...totals,
    changes: [...changes, ...removals.map(({ change }) => change)],
    storedWith,
    unchangedHashes,
    isHeld: (change) => held.has(change),
  };
}

function findCandidates(
  directory: Directory,
  snapshot: Snapshot,
  { removedDepartmentIds }: Planner,
  storedHashes: ReadonlyMap<string, string | null> = new Map(),
) {
  const members = [...directory.members.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const isAffected = ({ memberships }: (typeof members)[number]) =>
    memberships.some(({ departmentId }) => removedDepartmentIds.has(departmentId));
  const affectedKeys = new Set(members.filter(isAffected).map(({ key }) => key));
  const finder = createCandidateFinder(snapshot, affectedKeys);
  for (const { key, presence } of members) {
    finder.add({ key, contentHash: storedHashes.get(key) ?? null, isPresent: presence === 'present' });
  }
  return finder.finish();
}
