import type { Snapshot } from '../types.ts';

/** What tells of a stored member, without loading it, whether the plan must look at it. */
export interface MemberDigest {
  readonly key: string;
  /** Of the answer that was last applied in full; null = compare in full. */
  readonly contentHash: string | null;
  readonly isPresent: boolean;
}

/** The members that a plan must be fed with. */
export interface Candidates {
  /** In the snapshot, never stored; in code unit order. Generated on iteration, not kept in memory. */
  readonly newKeys: Iterable<string>;
  /** In both, and not certainly equal. */
  readonly changedKeys: readonly string[];
  /** Stored as present, known by the snapshot to have left. */
  readonly leavingKeys: readonly string[];
  /** Members stored as present. */
  readonly presentCount: number;
}

/** Finds the candidates while the stored members pass by. */
export interface CandidateFinder {
  /** Takes the digest of one stored member, each once. */
  add(member: MemberDigest): void;
  /** The candidates, once every stored member was added. */
  finish(): Candidates;
}

/**
 * Starts to find the members that differ or may differ; those with an unchanged content hash are left out.
 *
 * `affectedKeys` = members with a membership in a department that the plan removes: they lose it even when
 * WeCom's answer about them is as before. Keeps one byte for each member of the snapshot, and the keys found.
 */
export function createCandidateFinder(
  snapshot: Snapshot,
  affectedKeys: ReadonlySet<string>,
): CandidateFinder {
  const unknown = snapshot.createChecklist();
  const changedKeys: string[] = [];
  const leavingKeys: string[] = [];
  let presentCount = 0;
  return {
    add({ key, contentHash, isPresent }) {
      if (isPresent) presentCount += 1;
      if (!unknown.tick(key)) {
        if (isPresent && snapshot.isGone(key)) leavingKeys.push(key);
        return;
      }
      const isUnchanged = isPresent && !affectedKeys.has(key) && contentHash === snapshot.memberHash(key);
      if (!isUnchanged) changedKeys.push(key);
    },
    finish: () => ({ newKeys: unknown.rest(), changedKeys, leavingKeys, presentCount }),
  };
}
