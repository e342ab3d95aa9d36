import { describe, expect, it } from 'vitest';
import type { GuardVerdict } from '../index.ts';
import { buildSnapshot, type Corp, plan, readDepartment, readMember, sync } from '../test/corp.ts';
import { createDirectory } from '../testing/reference-directory.ts';
import { partitionHeld } from './partition-held.ts';

const nothing: GuardVerdict = { holdMembers: false, holdDepartments: false, heldAdminKeys: [], reasons: [] };
const departments = [readDepartment(1, 0), readDepartment(2, 1), readDepartment(3, 2), readDepartment(4, 1)];

function heldKeys(before: Corp, after: Corp, verdict: Partial<GuardVerdict>) {
  const directory = sync(createDirectory(), buildSnapshot(before));
  const snapshot = buildSnapshot(after);
  const { changes } = plan(directory, snapshot);
  const { isHeld } = partitionHeld({
    removals: changes,
    verdict: { ...nothing, ...verdict },
    departments: directory.departments.values(),
    keepsDepartment: (key) => snapshot.getMember(key)?.memberships?.length !== 0,
  });
  return changes.filter(isHeld).map(({ entity, key }) => `${entity} ${key}`);
}

describe('partitionHeld', () => {
  it('keeps the departments above a held member, and lets others go', () => {
    const before = { departments, members: [readMember('boss', [3]), readMember('b', [4])] };
    const after = { departments: departments.slice(0, 1), members: [] };
    expect(heldKeys(before, after, { heldAdminKeys: ['boss'] })).toEqual([
      'membership boss/3',
      'member boss',
      'department 3',
      'department 2',
    ]);
  });

  it('lets a staying member change departments although the old one is held', () => {
    const before = { departments, members: [readMember('a', [4])] };
    const after = { departments: departments.slice(0, 3), members: [readMember('a', [1])] };
    expect(heldKeys(before, after, { holdDepartments: true })).toEqual(['department 4']);
  });

  it('keeps every place of a staying member who would be left without one', () => {
    const before = { departments, members: [readMember('a', [1, 3, 4])] };
    const after = { departments: departments.slice(0, 1), members: [readMember('a', [])] };
    expect(heldKeys(before, after, { holdDepartments: true })).toEqual([
      'membership a/1',
      'membership a/3',
      'membership a/4',
      'department 3',
      'department 4',
      'department 2',
    ]);
    expect(heldKeys(before, after, {})).toEqual([]);
  });

  it('holds every department of those whom a held one keeps, but nothing that is no removal', () => {
    const stranded = [readMember('a', [3, 4]), readMember('b', [3])];
    const before = { departments, members: [...stranded, readMember('boss', [3])] };
    const renamed = readMember('a', [], { fields: { alias: '新' } });
    const after = { departments: departments.slice(0, 1), members: [renamed, readMember('b', [])] };
    expect(heldKeys(before, after, { heldAdminKeys: ['boss'] })).toEqual([
      'membership a/3',
      'membership a/4',
      'membership b/3',
      'membership boss/3',
      'member boss',
      'department 3',
      'department 4',
      'department 2',
    ]);
  });
});
