import { findCycleStarts } from '../forest.ts';
import type { ReadDepartment, SnapshotDepartment } from '../types.ts';
import { mergeAnswers } from './merge.ts';
import type { WarningLog } from './warning-log.ts';

/** Collects departments by id; answers about the same id are merged. */
export interface DepartmentCollector {
  add(department: ReadDepartment): void;
  /** The departments by id, ascending, as a sound forest: orphans and the cut ends of cycles become roots. */
  finish(log: WarningLog): Map<number, SnapshotDepartment>;
}

/** An empty collector. */
export function createDepartmentCollector(): DepartmentCollector {
  const departments = new Map<number, SnapshotDepartment>();
  const duplicates = new Set<number>();
  const blankNames = new Set<number>();
  return {
    add(read) {
      const department = toSnapshotDepartment(read);
      const known = departments.get(read.id);
      if (read.name === '') blankNames.add(read.id);
      if (known !== undefined) duplicates.add(read.id);
      departments.set(read.id, known === undefined ? department : mergeDepartments(known, department));
    },
    finish(log) {
      for (const id of [...duplicates].sort((a, b) => a - b)) log.add('department.duplicate', String(id));
      const sorted = [...departments.values()].sort((a, b) => a.id - b.id);
      for (const { id, name } of sorted)
        if (name === null && blankNames.has(id)) log.add('department.blank_name', String(id));
      const parentOf = resolveParents(sorted, log);
      return new Map(
        sorted.map((department) => [
          department.id,
          { ...department, parentId: parentOf.get(department.id) ?? null },
        ]),
      );
    },
  };
}

function toSnapshotDepartment(read: ReadDepartment): SnapshotDepartment {
  return {
    id: read.id,
    // WeCom has no empty names: '' says that the app is not given it.
    name: read.name === '' ? null : read.name,
    nameEn: read.nameEn,
    // The root department's own parent is 0 (WeCom: department/list).
    parentId: read.parentId === 0 ? null : read.parentId,
    isPlaced: read.parentId !== null,
    sortOrder: read.sortOrder,
    leaderUserIds: read.leaderUserIds === null ? null : [...read.leaderUserIds],
  };
}

function mergeDepartments(a: SnapshotDepartment, b: SnapshotDepartment): SnapshotDepartment {
  // A duplicate id gets a warning of its own, whether or not the answers agree.
  const ignoreConflict = () => undefined;
  return {
    id: a.id,
    name: mergeAnswers(a.name, b.name, ignoreConflict),
    nameEn: mergeAnswers(a.nameEn, b.nameEn, ignoreConflict),
    parentId: mergeAnswers(a.parentId, b.parentId, ignoreConflict),
    isPlaced: a.isPlaced || b.isPlaced,
    sortOrder: mergeAnswers(a.sortOrder, b.sortOrder, ignoreConflict),
    leaderUserIds: mergeAnswers(a.leaderUserIds, b.leaderUserIds, ignoreConflict),
  };
}

function resolveParents(
  departments: readonly SnapshotDepartment[],
  log: WarningLog,
): Map<number, number | null> {
  const parentOf = new Map(departments.map(({ id, parentId }) => [id, parentId]));
  for (const { id, parentId, isPlaced } of departments) {
    if (!isPlaced) log.add('department.orphan', String(id), 'its parent was not returned');
    if (parentId === null || parentOf.has(parentId)) continue;
    parentOf.set(id, null);
    log.add('department.orphan', String(id), `parent ${parentId} is not visible`);
  }
  for (const id of findCycleStarts(parentOf)) {
    log.add('department.cycle', String(id), `parent ${parentOf.get(id)} is below it`);
    parentOf.set(id, null);
  }
  return parentOf;
}
