import { createHash } from 'node:crypto';
import {
  createMemberFields,
  createSnapshotBuilder,
  type MemberFields,
  type ReadDepartment,
  type ReadMember,
  type Snapshot,
} from '../index.ts';
import { applyChanges, type Directory } from '../testing/reference-directory.ts';
import { planDirectory, type ReferencePlan } from '../testing/reference-plan.ts';

/** What WeCom answers, in the order it answers. */
export interface Corp {
  readonly departments: readonly ReadDepartment[];
  readonly members: readonly ReadMember[];
}

/** SHA-256 in hex. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A department with everything but its place left out. */
export function readDepartment(
  id: number,
  parentId: number | null,
  known: Partial<ReadDepartment> = {},
): ReadDepartment {
  return { id, name: `部门 ${id}`, nameEn: null, parentId, sortOrder: null, leaderUserIds: null, ...known };
}

/** A member who is named and placed, nothing else known. */
export function readMember(
  userId: string,
  departments: readonly number[] | null,
  known: Partial<Omit<ReadMember, 'fields'>> & { readonly fields?: Partial<MemberFields> } = {},
): ReadMember {
  return {
    listedIn: null,
    sortOrders: null,
    leaderFlags: null,
    mainDepartmentId: null,
    ...known,
    userId,
    departments,
    fields: createMemberFields({ name: `成员 ${userId}`, ...known.fields }),
  };
}

/** Builds the snapshot of a corp, complete unless told; WeCom denied the members `gone` by name. */
export function buildSnapshot(corp: Corp, complete = true, gone: readonly string[] = []): Snapshot {
  const builder = createSnapshotBuilder({ digest });
  builder.addDepartments(corp.departments);
  for (const member of corp.members) builder.addMember(member);
  return builder.finish({ complete, goneKeys: new Set(gone) });
}

/** What one read brought. */
export interface Reading {
  readonly corp: Corp;
  readonly complete: boolean;
  readonly gone: readonly string[];
}

/** Builds the snapshot of a reading. */
export const buildReading = ({ corp, complete, gone }: Reading): Snapshot =>
  buildSnapshot(corp, complete, gone);

/** Plans a directory against a snapshot, every member compared. */
export function plan(directory: Directory, snapshot: Snapshot): ReferencePlan {
  return planDirectory(directory, snapshot, { digest });
}

/** The directory after one sync in which nothing was held. */
export function sync(directory: Directory, snapshot: Snapshot): Directory {
  return applyChanges(directory, plan(directory, snapshot).changes);
}
