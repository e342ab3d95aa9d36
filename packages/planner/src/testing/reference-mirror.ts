import type { GuardLimits } from '../guard-types.ts';
import type { Change, Digest, Snapshot } from '../types.ts';
import { applyChanges, createDirectory, type Directory, invertChanges } from './reference-directory.ts';
import { planDirectory, type ReferencePlan } from './reference-plan.ts';

/** A directory in memory with the content hashes that the server stores with its members. */
export interface Mirror {
  readonly directory: Directory;
  readonly hashes: ReadonlyMap<string, string | null>;
}

/** What follows a run: its held removals keep waiting, or are approved, or the run is undone. */
export type Sequel = 'wait' | 'approve' | 'undo';

/** A mirror that has never been synced. */
export function createMirror(): Mirror {
  return { directory: createDirectory(), hashes: new Map() };
}

/** Plans as the server does: members with an unchanged stored hash are left out. */
export function planRun(
  mirror: Mirror,
  snapshot: Snapshot,
  options: { readonly digest: Digest; readonly limits: GuardLimits },
): ReferencePlan {
  return planDirectory(mirror.directory, snapshot, { ...options, storedHashes: mirror.hashes });
}

/** Applies a run and what follows it, the stored hashes included. */
export function applyRun(mirror: Mirror, plan: ReferencePlan, sequel: Sequel): Mirror {
  const unheld = plan.changes.filter((change) => !plan.isHeld(change));
  const held = plan.changes.filter(plan.isHeld);
  const hashes = new Map([...mirror.hashes, ...plan.unchangedHashes]);
  const applied = applyPart({ directory: mirror.directory, hashes }, plan, unheld);
  if (sequel === 'undo') return undo(applied, unheld);
  return sequel === 'approve' ? applyPart(applied, plan, held) : applied;
}

function applyPart(mirror: Mirror, plan: ReferencePlan, changes: readonly Change[]): Mirror {
  const hashes = new Map(mirror.hashes);
  for (const change of changes) {
    const stored = plan.storedWith.get(change);
    if (stored !== undefined) hashes.set(stored.key, stored.contentHash);
  }
  return { directory: applyChanges(mirror.directory, changes), hashes };
}

/** Every member that the run changed is compared in full by the next one. */
function undo(mirror: Mirror, changes: readonly Change[]): Mirror {
  const hashes = new Map(mirror.hashes);
  for (const change of changes) if (change.entity !== 'department') hashes.set(change.memberKey, null);
  return { directory: applyChanges(mirror.directory, invertChanges(changes)), hashes };
}
