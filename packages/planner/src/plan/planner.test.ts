import { describe, expect, it } from 'vitest';
import { buildSnapshot, type Corp, digest, plan, readDepartment, readMember, sync } from '../test/corp.ts';
import { applyChanges, createDirectory, type Directory } from '../testing/reference-directory.ts';
import { planDirectory, type ReferencePlanOptions } from '../testing/reference-plan.ts';
import { getChangeStage } from './order.ts';

const departments = [readDepartment(1, 0), readDepartment(2, 1)];
const full = { departments, members: [readMember('boss', [2]), readMember('b', [1])] };
const before = sync(createDirectory(), buildSnapshot(full));

function withAdmin(directory: Directory, key: string): Directory {
  const admin = { ...directory.members.get(key)!, isAdmin: true };
  return { ...directory, members: new Map(directory.members).set(key, admin) };
}

const describeChange = ({ kind, key }: { kind: string; key: string }) => `${kind} ${key}`;

describe('createPlanner', () => {
  it('orders departments, members with their memberships, then removals the other way round', () => {
    const after = {
      departments: [readDepartment(1, 0), readDepartment(3, 1)],
      members: [readMember('c', [3]), readMember('a', [1])],
    };
    const { changes } = plan(before, buildSnapshot(after));
    expect(changes.map(describeChange)).toEqual([
      'create 3',
      'create a',
      'create a/1',
      'create c',
      'create c/3',
      'remove b/1',
      'remove boss/2',
      'remove b',
      'remove boss',
      'remove 2',
    ]);
    expect(changes.map(getChangeStage)).toEqual([0, 1, 2, 1, 2, 3, 3, 4, 4, 5]);
  });

  it('holds an admin who leaves, and with them their memberships and departments', () => {
    const onlyB = { departments: departments.slice(0, 1), members: [readMember('b', [1])] };
    const held = plan(withAdmin(before, 'boss'), buildSnapshot(onlyB));
    expect(held.changes.filter(held.isHeld).map(describeChange)).toEqual([
      'remove boss/2',
      'remove boss',
      'remove 2',
    ]);
    expect(held).toMatchObject({
      heldReasons: [{ code: 'guard.admin_leaving', keys: ['boss'] }],
      held: { members: 1, departments: 1 },
      unheldRemovals: { members: 0, departments: 0 },
      changeCount: 3,
      counts: { departments: { remove: 1 }, members: { remove: 1 }, memberships: { remove: 1 } },
    });
  });

  it('holds no admin who only loses a membership, and no other member who leaves', () => {
    const renamed = readMember('boss', [1], { fields: { alias: '新' } });
    const moved = { departments, members: [renamed, readMember('a', [1])] };
    const { changes, heldReasons, unheldRemovals } = plan(withAdmin(before, 'boss'), buildSnapshot(moved));
    expect(changes.map(describeChange)).toEqual(
      expect.arrayContaining(['update boss', 'remove boss/2', 'remove b']),
    );
    expect(heldReasons).toEqual([]);
    expect(unheldRemovals).toEqual({ members: 1, departments: 0 });
  });

  it('keeps every membership of a member who would lose the last one to a held department', () => {
    const stored = { departments, members: [...full.members, readMember('c', [2]), readMember('d', [2])] };
    const answer = {
      departments: departments.slice(0, 1),
      members: [readMember('b', [1]), readMember('c', []), readMember('d', null)],
    };
    const directory = withAdmin(sync(createDirectory(), buildSnapshot(stored)), 'boss');
    const held = plan(directory, buildSnapshot(answer));
    expect(held.changes.map(describeChange)).toContain('remove d/2');
    expect(held.changes.filter(held.isHeld).map(describeChange)).toEqual([
      'remove c/2',
      'remove boss/2',
      'remove boss',
      'remove 2',
    ]);
  });

  it('holds every removal when a full answer is empty, but not when a targeted one is', () => {
    const planned = (options: Partial<ReferencePlanOptions>) =>
      planDirectory(before, buildSnapshot({ departments, members: [] }), { digest, ...options });
    expect(planned({})).toMatchObject({
      heldReasons: [{ code: 'guard.empty_answer' }],
      held: { members: 2, departments: 0 },
    });
    expect(planned({ scope: 'targeted' })).toMatchObject({ heldReasons: [], held: { members: 0 } });
  });

  it('counts against the limits the members present, without those who have left, and recent removals', () => {
    const limits = { maxCount: 50, maxPercent: 100, windowHours: 24, floor: 3 };
    const many = Array.from({ length: 10 }, (_, index) => readMember(`m${index}`, [1]));
    const crowd = sync(
      sync(before, buildSnapshot({ departments, members: many })),
      buildSnapshot({
        departments,
        members: many.slice(0, 6),
      }),
    );
    const heldOf = (left: number, members: number) =>
      planDirectory(crowd, buildSnapshot({ departments, members: many.slice(0, left) }), {
        digest,
        limits,
        recentRemovals: { members, departments: 0 },
      }).heldReasons;
    expect(crowd.members.size).toBe(12);
    expect(heldOf(1, 1)).toEqual([]);
    expect(heldOf(1, 2)).toEqual([{ code: 'guard.members_over_limit', count: 7, limit: 6 }]);
  });

  it('holds removals when the roots changed', () => {
    const other = { departments: [...departments, readDepartment(9, 0)], members: [readMember('b', [1])] };
    expect(plan(before, buildSnapshot(other)).heldReasons).toEqual([{ code: 'guard.roots_changed' }]);
  });

  it('names a department that is removed', () => {
    const { changes } = plan(
      before,
      buildSnapshot({ departments: [readDepartment(1, 0)], members: [readMember('boss', [1])] }),
    );
    expect(changes.find(({ key }) => key === 'boss/2')?.name).toBe('成员 boss · 部门 2');
  });

  it('has the same fingerprint when it is made again, and another with other changes', () => {
    const empty = plan(before, buildSnapshot(full));
    expect(empty.changeCount).toBe(0);
    expect(plan(before, buildSnapshot(full)).fingerprint).toBe(empty.fingerprint);
    const changed = { departments, members: [readMember('boss', [2])] };
    expect(plan(before, buildSnapshot(changed)).fingerprint).not.toBe(empty.fingerprint);
  });
});

describe('the content hash of a planned member', () => {
  const planOf = (corp: Corp, options: Partial<ReferencePlanOptions> = {}, complete = true) => {
    const snapshot = buildSnapshot(corp, complete);
    const { storedWith, unchangedHashes } = planDirectory(before, snapshot, { digest, ...options });
    const stored = [...storedWith.values()].map(({ key, contentHash }) => [key, contentHash]);
    return { snapshot, stored: Object.fromEntries(stored), unchanged: [...unchangedHashes.keys()] };
  };
  const moved = { departments, members: [readMember('boss', [1]), readMember('b', [1])] };

  it('goes with the first change, or stands alone when there is none', () => {
    const { snapshot, stored, unchanged } = planOf(moved);
    expect(stored).toEqual({ boss: snapshot.memberHash('boss') });
    expect(unchanged).toEqual(['b']);
  });

  it('is not kept of a partial or a targeted read', () => {
    expect(planOf(moved, {}, false)).toMatchObject({ stored: { boss: null }, unchanged: [] });
    expect(planOf(moved, { scope: 'targeted' })).toMatchObject({ stored: { boss: null }, unchanged: [] });
  });

  it('is not kept of a member who loses every place, one of them with its department', () => {
    const stranded = [readMember('boss', []), readMember('b', [])];
    const { snapshot, stored } = planOf({ departments: departments.slice(0, 1), members: stranded });
    expect(stored).toEqual({ boss: null, b: snapshot.memberHash('b') });
    const elsewhere = [readMember('boss', [1]), readMember('b', [1])];
    const other = planOf({ departments: departments.slice(0, 1), members: elsewhere });
    expect(other.stored).toEqual({ boss: other.snapshot.memberHash('boss') });
  });
});

describe('applyChanges', () => {
  it('refuses a change of a row that does not exist, and a second creation', () => {
    const { changes } = plan(createDirectory(), buildSnapshot(full));
    const directory = applyChanges(createDirectory(), changes);
    expect(() => applyChanges(directory, changes)).toThrow('department 1 exists already');
    const removals = plan(directory, buildSnapshot({ departments: [], members: [] })).changes;
    expect(() => applyChanges(createDirectory(), removals)).toThrow('membership b/1 does not exist');
  });
});
