import { createHash } from 'node:crypto';
import {
  applyChanges,
  createMemberFields,
  createSnapshotBuilder,
  type Directory,
  type MemberFields,
  type Plan,
  planDirectory,
  type ReadDepartment,
  type ReadMember,
  type Snapshot,
} from '../index.ts';

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

/** Builds the snapshot of a corp, complete unless told. */
export function buildSnapshot(corp: Corp, complete = true): Snapshot {
  const builder = createSnapshotBuilder({ digest });
  builder.addDepartments(corp.departments);
  for (const member of corp.members) builder.addMember(member);
  return builder.finish({ complete });
}

/** Plans a directory against a snapshot. */
export function plan(directory: Directory, snapshot: Snapshot): Plan {
  const current = { departments: directory.departments.values(), members: directory.members.values() };
  return planDirectory({ current, snapshot, digest, baseRevision: 'revision-1' });
}

/** The directory after one sync. */
export function sync(directory: Directory, snapshot: Snapshot): Directory {
  return applyChanges(directory, plan(directory, snapshot).changes);
}
