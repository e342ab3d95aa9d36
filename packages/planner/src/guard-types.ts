import type { Change, CurrentDepartment, DirectoryCounts } from './types.ts';

/** The guard's settings. */
export interface GuardLimits {
  /** Maximum removals of one entity, e.g. 50. */
  readonly maxCount: number;
  /** Maximum removals as a percentage of those present, e.g. 5. */
  readonly maxPercent: number;
  /** Removals that are always within the percentage, e.g. 3, so that a small corp is not held at once. */
  readonly floor: number;
  /**
   * Length of the rolling window that `recentRemovals` covers, in hours; the guard itself does not compute
   * with it.
   */
  readonly windowHours: number;
}

/** Input of the guard. */
export interface GuardInput {
  readonly limits: GuardLimits;
  /** Present before the run. */
  readonly present: DirectoryCounts;
  /** Removals of members and departments in this plan. */
  readonly removals: DirectoryCounts;
  /** Removals applied in the rolling window that nobody approved. */
  readonly recentRemovals: DirectoryCounts;
  readonly rootsChanged: boolean;
  /** See `isEmptyAnswer`. */
  readonly emptyAnswer: boolean;
  /** Keys of members with the admin role among the removals. */
  readonly leavingAdminKeys: readonly string[];
}

/** Why removals are held. */
export type GuardReason =
  | {
      readonly code: 'guard.members_over_limit' | 'guard.departments_over_limit';
      /** Removals of the plan plus the recent ones. */
      readonly count: number;
      readonly limit: number;
    }
  | { readonly code: 'guard.roots_changed' | 'guard.empty_answer' }
  | { readonly code: 'guard.admin_leaving'; readonly keys: readonly string[] };

/** Result of the guard; `partitionHeld` applies it to the changes. */
export interface GuardVerdict {
  /** Whether every member's removal is held. */
  readonly holdMembers: boolean;
  /** Whether every department's removal is held. */
  readonly holdDepartments: boolean;
  /** Admins' removals, held one by one even when `holdMembers` is false. */
  readonly heldAdminKeys: readonly string[];
  /** Empty when nothing is held. */
  readonly reasons: readonly GuardReason[];
}

/** Input of `partitionHeld`. */
export interface HeldInput {
  /** The plan's removals in any order: departments, members and memberships; other changes are ignored. */
  readonly removals: Iterable<Change>;
  readonly verdict: GuardVerdict;
  /** The departments as they are stored. */
  readonly departments: Iterable<Pick<CurrentDepartment, 'id' | 'parentId'>>;
  /**
   * Whether a staying member is in at least one department of the snapshot, or its departments are not
   * visible.
   */
  readonly keepsDepartment: (memberKey: string) => boolean;
}

/** Which removals wait for approval. */
export interface HeldRemovals {
  readonly departmentIds: ReadonlySet<number>;
  /** Members whose leaving is held, and with it their memberships' removal. */
  readonly memberKeys: ReadonlySet<string>;
  /** Staying members whose membership removals are held since they would be left without any department. */
  readonly stayingMemberKeys: ReadonlySet<string>;
  /** Whether this change waits for approval; true for removals only. */
  isHeld(change: Change): boolean;
}
