import type { Digest, ReadDepartment, ReadMember, Snapshot } from '../types.ts';

/** Collects WeCom's answers in any order and turns them into one snapshot. */
export interface SnapshotBuilder {
  addDepartments(departments: Iterable<ReadDepartment>): void;
  /** Called once per occurrence in an answer; the same member may come any number of times. */
  addMember(member: ReadMember): void;
  /** Ends the collection; `complete` = everything asked was answered. The builder must not be used afterwards. */
  finish(result: { complete: boolean }): Snapshot;
}
export declare function createSnapshotBuilder(options: { digest: Digest }): SnapshotBuilder;
