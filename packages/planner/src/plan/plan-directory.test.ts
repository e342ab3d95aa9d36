import { describe, expect, it } from 'vitest';
import { applyChanges, createDirectory, type Directory, getChangeStage } from '../index.ts';
import { buildSnapshot, plan, readDepartment, readMember, sync } from '../test/corp.ts';

const departments = [readDepartment(1, 0), readDepartment(2, 1)];
const full = { departments, members: [readMember('boss', [2]), readMember('b', [1])] };

function withAdmin(directory: Directory, key: string): Directory {
  const admin = { ...directory.members.get(key)!, isAdmin: true };
  return { ...directory, members: new Map(directory.members).set(key, admin) };
}

describe('planDirectory', () => {
  it('orders departments, members, memberships, then removals the other way round', () => {
    const before = sync(createDirectory(), buildSnapshot(full));
    const after = {
      departments: [readDepartment(1, 0), readDepartment(3, 1)],
      members: [readMember('c', [3])],
    };
    const { changes } = plan(before, buildSnapshot(after));
    expect(changes.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'create 3',
      'create c',
      'create c/3',
      'remove b/1',
      'remove boss/2',
      'remove b',
      'remove boss',
      'remove 2',
    ]);
    expect(changes.map(getChangeStage)).toEqual([0, 1, 2, 3, 3, 4, 4, 5]);
  });

  it('says what the guard must know', () => {
    const before = withAdmin(sync(createDirectory(), buildSnapshot(full)), 'boss');
    expect(plan(before, buildSnapshot({ departments, members: [] }))).toMatchObject({
      present: { members: 2, departments: 2 },
      leavingAdminKeys: ['boss'],
      emptyAnswer: true,
      rootsChanged: false,
      summary: { departments: { remove: 0 }, members: { remove: 2 }, memberships: { remove: 2 } },
    });
  });
});

describe('planDirectory over time', () => {
  const before = sync(createDirectory(), buildSnapshot(full));
  const moved = { departments, members: [readMember('boss', [1]), readMember('a', [1])] };

  it('tells of leaving admins only, not of those who lose a place or of anybody else who leaves', () => {
    const { changes, leavingAdminKeys } = plan(withAdmin(before, 'boss'), buildSnapshot(moved));
    expect(changes.map(({ kind, key }) => `${kind} ${key}`)).toContain('remove boss/2');
    expect(changes.map(({ kind, key }) => `${kind} ${key}`)).toContain('remove b');
    expect(leavingAdminKeys).toEqual([]);
  });

  it('counts who is present, without those who have left', () => {
    const after = sync(before, buildSnapshot(moved));
    expect(after.members.size).toBe(3);
    expect(plan(after, buildSnapshot(moved)).present).toEqual({ members: 2, departments: 2 });
  });

  it('goes through known and new members in one order, and names a department that is gone', () => {
    const { changes } = plan(
      before,
      buildSnapshot({ departments: [readDepartment(1, 0)], members: moved.members }),
    );
    const members = changes.flatMap(({ entity, kind, key }) =>
      entity === 'membership' ? [`${kind} ${key}`] : [],
    );
    expect(members).toEqual(['create a/1', 'create boss/1', 'remove b/1', 'remove boss/2']);
    expect(changes.find(({ key }) => key === 'boss/2')?.name).toBe('成员 boss · 部门 2');
  });
});

describe('applyChanges', () => {
  it('refuses a change of a row that is not there, and a second creation', () => {
    const { changes } = plan(createDirectory(), buildSnapshot(full));
    const directory = applyChanges(createDirectory(), changes);
    expect(() => applyChanges(directory, changes)).toThrow('department 1 is there already');
    const removals = plan(directory, buildSnapshot({ departments: [], members: [] })).changes;
    expect(() => applyChanges(createDirectory(), removals)).toThrow('membership b/1 is not there to remove');
  });
});
