import type { CurrentDepartment, CurrentMember, Digest, Plan, Snapshot } from '../types.ts';
export declare function planDirectory(input: {
  current: { departments: Iterable<CurrentDepartment>; members: Iterable<CurrentMember> };
  snapshot: Snapshot;
  digest: Digest;
  baseRevision: string;
}): Plan;
