import { MEMBER_FIELDS } from '../member-fields.ts';
import type { Digest, ReadDepartment, ReadMember, Snapshot } from '../types.ts';
import { ANOMALY } from './anomaly.ts';
import { createArena } from './arena.ts';
import { createDepartmentCollector } from './departments.ts';
import { toMemberKey } from './member-key.ts';
import { createNumberList } from './number-list.ts';
import {
  mergeMembers,
  type PackedMember,
  packMember,
  toPackedMember,
  unpackMember,
} from './packed-member.ts';
import { createSnapshot } from './snapshot.ts';

/** Collects WeCom's answers in any order and makes one snapshot of them. */
export interface SnapshotBuilder {
  /** Adds departments of an answer; the same id may occur any number of times. */
  addDepartments(departments: Iterable<ReadDepartment>): void;
  /** Adds one occurrence of a member in an answer; the same member may occur any number of times. */
  addMember(member: ReadMember): void;
  /** Like `addMember` for a member whom the lists omitted and a single read found; adds a warning. */
  addOverlookedMember(member: ReadMember): void;
  /** Whether the member has been added. */
  hasMember(key: string): boolean;
  /** Number of distinct members added. */
  memberCount(): number;
  /** Ends the collection. The builder must not be used afterwards. */
  finish(result: ReadResult): Snapshot;
  /**
   * Like `finish`, in steps of a few milliseconds, so that the caller can yield to other work between them.
   */
  finishInSteps(result: ReadResult): Generator<void, Snapshot>;
}

/** How a read has ended. */
export interface ReadResult {
  /** Whether every request was answered. */
  readonly complete: boolean;
  /** Members whom WeCom denied by name, as keys; none unless told. */
  readonly goneKeys?: ReadonlySet<string>;
}

/**
 * Starts a snapshot. `digest` makes the members' content hashes.
 *
 * Members are kept packed: about 300 bytes and one map entry each, so 500,000 need about 300 MB.
 */
export function createSnapshotBuilder(options: { digest: Digest }): SnapshotBuilder {
  const departments = createDepartmentCollector();
  const arena = createArena();
  const indexOf = new Map<string, number>();
  const recordOf = createNumberList();
  const anomaliesOf = createNumberList();
  /** Per field: whether any member has a value that is not empty. */
  const hasValue: boolean[] = MEMBER_FIELDS.map(() => false);

  function recordValues(member: PackedMember): void {
    for (const [index, value] of member.values.entries()) {
      if (value !== null && value !== '') hasValue[index] = true;
    }
  }

  function mergeInto(index: number, member: PackedMember, packed: string): number {
    const packedBefore = arena.read(recordOf.get(index));
    if (packedBefore === packed) return 0;
    const known = unpackMember(packedBefore);
    let anomalies = known.userId === member.userId ? 0 : ANOMALY.spelling;
    const merged = mergeMembers(known, member, () => {
      anomalies |= ANOMALY.conflict;
    });
    const repacked = packMember(merged);
    if (repacked !== packedBefore) recordOf.set(index, arena.append(repacked));
    return anomalies;
  }

  function addMember(read: ReadMember, ownAnomalies = 0): void {
    const member = toPackedMember(read);
    recordValues(member);
    const packed = packMember(member);
    const key = toMemberKey(read.userId);
    let anomalies =
      ownAnomalies |
      (member.isMisaligned ? ANOMALY.misaligned : 0) |
      (member.hasDuplicate ? ANOMALY.duplicatePlace : 0) |
      (member.hasBlankName ? ANOMALY.blankName : 0);
    const index = indexOf.get(key);
    if (index === undefined) {
      indexOf.set(key, recordOf.length);
      recordOf.push(arena.append(packed));
      anomaliesOf.push(anomalies);
      return;
    }
    anomalies |= mergeInto(index, member, packed);
    anomaliesOf.set(index, anomaliesOf.get(index) | anomalies);
  }

  const collected = { departments, arena, indexOf, recordOf, anomaliesOf, hasValue, digest: options.digest };
  const finishInSteps = (result: ReadResult) =>
    createSnapshot({ ...collected, goneKeys: new Set(), ...result });

  return {
    addDepartments(list) {
      for (const department of list) departments.add(department);
    },
    addMember: (read) => addMember(read),
    addOverlookedMember: (read) => addMember(read, ANOMALY.overlooked),
    hasMember: (key) => indexOf.has(key),
    memberCount: () => indexOf.size,
    finishInSteps,
    finish: (result) => {
      const steps = finishInSteps(result);
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
      }
    },
  };
}
