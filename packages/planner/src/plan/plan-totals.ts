import type { Change, Digest, DirectoryCounts, Summary } from '../types.ts';
import { createFingerprint } from './fingerprint.ts';
import { countChange, createSummary } from './summary.ts';

/** What a plan comes to, without its changes. */
export interface PlanTotals {
  /** Names the base revision and every change, see `createFingerprint`. */
  readonly fingerprint: string;
  readonly counts: Summary;
  readonly changeCount: number;
  /**
   * Removals of members and departments that wait for approval; held membership removals follow from them.
   */
  readonly held: DirectoryCounts;
  /** Removals of members and departments that do not wait. */
  readonly unheldRemovals: DirectoryCounts;
}

/** Sums up a plan while its changes pass by. */
export interface PlanTotalizer {
  /** Takes the next change in plan order; `isHeld` = it waits for approval. */
  add(change: Change, isHeld: boolean): void;
  /** The totals of what was added; call it once, at the end. */
  finish(): PlanTotals;
}

/**
 * Starts the totals of one plan. Keeps counters and the digest, never the changes.
 *
 * `baseRevision` names the state of the directory that the plan was made from.
 */
export function createPlanTotalizer(options: { digest: Digest; baseRevision: string }): PlanTotalizer {
  const fingerprint = createFingerprint(options);
  const counts = createSummary();
  const held = { members: 0, departments: 0 };
  let changeCount = 0;
  return {
    add(change, isHeld) {
      fingerprint.add(change);
      countChange(counts, change);
      changeCount += 1;
      if (!isHeld || change.entity === 'membership') return;
      held[change.entity === 'member' ? 'members' : 'departments'] += 1;
    },
    finish: () => ({
      fingerprint: fingerprint.finish(),
      counts,
      changeCount,
      held,
      unheldRemovals: {
        members: counts.members.remove - held.members,
        departments: counts.departments.remove - held.departments,
      },
    }),
  };
}
