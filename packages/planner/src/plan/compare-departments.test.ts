import { describe, expect, it } from 'vitest';
import type { CurrentDepartment, ReadDepartment } from '../index.ts';
import { buildSnapshot, readDepartment, sync } from '../test/corp.ts';
import { createDirectory } from '../testing/reference-directory.ts';
import { planDepartments } from './compare-departments.ts';

const tree = [readDepartment(1, 0), readDepartment(2, 1), readDepartment(3, 2)];

function snapshotOf(departments: readonly ReadDepartment[], complete = true) {
  return buildSnapshot({ departments, members: [] }, complete);
}

function directoryOf(departments: readonly ReadDepartment[]): CurrentDepartment[] {
  return [...sync(createDirectory(), snapshotOf(departments)).departments.values()];
}

const describeChange = ({ kind, departmentId }: { kind: string; departmentId: number }) =>
  `${kind} ${departmentId}`;

describe('planDepartments', () => {
  it('creates parents before their children, independent of their ids, with the known values', () => {
    const departments = [readDepartment(1, 5, { sortOrder: 7 }), readDepartment(5, 9), readDepartment(9, 0)];
    const { upserts, rootsChanged } = planDepartments([], snapshotOf(departments));
    expect(upserts.map(describeChange)).toEqual(['create 9', 'create 5', 'create 1']);
    expect(upserts[2]).toEqual({
      entity: 'department',
      key: '1',
      departmentId: 1,
      name: '部门 1',
      kind: 'create',
      before: null,
      after: { name: '部门 1', sortOrder: 7, parentId: 5 },
    });
    expect(rootsChanged).toBe(false);
  });

  it('records only what changes: a rename is an update, a new parent a move with the rest riding along', () => {
    const desired = [
      readDepartment(1, 0),
      readDepartment(2, 1, { name: '新名' }),
      readDepartment(3, 1, { sortOrder: 4 }),
    ];
    const { upserts, movedDepartmentIds } = planDepartments(directoryOf(tree), snapshotOf(desired));
    expect(upserts).toMatchObject([
      { kind: 'update', before: { name: '部门 2' }, after: { name: '新名' } },
      { kind: 'move', before: { parentId: 2, sortOrder: null }, after: { parentId: 1, sortOrder: 4 } },
    ]);
    expect([...movedDepartmentIds]).toEqual([3]);
    expect(upserts[0]?.after).toEqual({ name: '新名' }); // nothing else
    expect(upserts[1]?.after).toEqual({ parentId: 1, sortOrder: 4 });
  });

  it('lets a parent and its child swap places, the new parent first', () => {
    const desired = [readDepartment(1, 0), readDepartment(3, 1), readDepartment(2, 3)];
    const { upserts } = planDepartments(directoryOf(tree), snapshotOf(desired));
    expect(upserts.map(describeChange)).toEqual(['move 3', 'move 2']);
  });

  it('moves a department under one created in the same run, after it', () => {
    const desired = [...tree.slice(0, 2), readDepartment(3, 8), readDepartment(8, 1)];
    const { upserts } = planDepartments(directoryOf(tree), snapshotOf(desired));
    expect(upserts.map(describeChange)).toEqual(['create 8', 'move 3']);
  });

  it('removes children before their parents and gives a returner the same row', () => {
    const before = sync(createDirectory(), snapshotOf(tree));
    const { removals, removedDepartmentIds } = planDepartments(
      before.departments.values(),
      snapshotOf(tree.slice(0, 1)),
    );
    expect(removals.map(describeChange)).toEqual(['remove 3', 'remove 2']);
    expect(removals[0]).toMatchObject({ before: { presence: 'present' }, after: { presence: 'removed' } });
    expect([...removedDepartmentIds].sort()).toEqual([2, 3]);

    const without = sync(before, snapshotOf(tree.slice(0, 1)));
    const back = planDepartments(
      without.departments.values(),
      snapshotOf([...tree.slice(0, 2), readDepartment(3, 1)]),
    );
    expect(back.upserts).toMatchObject([
      { kind: 'restore', key: '2', before: { presence: 'removed' }, after: { presence: 'present' } },
      {
        kind: 'restore',
        key: '3',
        before: { presence: 'removed', parentId: 2 },
        after: { presence: 'present', parentId: 1 },
      },
    ]);
    expect(back.presentCount).toBe(1);
  });

  it('sees that the visible roots changed, but not from a partial snapshot', () => {
    const withoutTop = snapshotOf(tree.slice(1));
    expect(planDepartments(directoryOf(tree), withoutTop).rootsChanged).toBe(true);
    expect(planDepartments(directoryOf(tree), snapshotOf([...tree, readDepartment(9, 0)])).rootsChanged).toBe(
      true,
    );
    expect(planDepartments(directoryOf(tree), snapshotOf(tree.slice(0, 1))).rootsChanged).toBe(false);
    expect(planDepartments(directoryOf(tree), snapshotOf(tree.slice(1), false)).rootsChanged).toBe(false);
  });

  it('compares the visible roots one by one, a department whose parent was removed among them', () => {
    const twoRoots = [readDepartment(1, 0), readDepartment(9, 0)];
    const oneIsAnother = snapshotOf([readDepartment(1, 0), readDepartment(8, 0)]);
    expect(planDepartments(directoryOf(twoRoots), oneIsAnother).rootsChanged).toBe(true);
    const withoutTop = directoryOf(tree).map((department) =>
      department.id === 1 ? ({ ...department, presence: 'removed' } as const) : department,
    );
    expect(planDepartments(withoutTop, snapshotOf(tree.slice(1))).rootsChanged).toBe(false);
  });

  it('moves departments by a partial snapshot that shows both places, also when two swap them', () => {
    const partial = snapshotOf([readDepartment(1, 0), readDepartment(3, 1), readDepartment(2, 3)], false);
    const { upserts, removals } = planDepartments(directoryOf([...tree, readDepartment(4, 1)]), partial);
    expect(upserts.map(describeChange)).toEqual(['move 3', 'move 2']);
    expect(removals).toEqual([]);
  });

  it('gives a restored department no removed parent when a partial snapshot shows none', () => {
    const gone = directoryOf(tree.slice(0, 2)).map(
      (department) => ({ ...department, presence: 'removed' }) as const,
    );
    expect(planDepartments(gone, snapshotOf([readDepartment(2, 1)], false)).upserts).toMatchObject([
      { kind: 'restore', key: '2', after: { parentId: null, presence: 'present' } },
    ]);
  });

  it('keeps the stored parent when a partial snapshot lacks it', () => {
    const partial = snapshotOf([readDepartment(2, 1, { name: '新名' })], false);
    const { upserts, removals } = planDepartments(directoryOf(tree), partial);
    expect(upserts).toMatchObject([{ kind: 'update', key: '2', after: { name: '新名' } }]);
    expect(removals).toEqual([]);
  });

  it('lets our tree stand where a partial snapshot would close a cycle with it', () => {
    const partial = snapshotOf([readDepartment(3, 99), readDepartment(2, 3)], false);
    expect(planDepartments(directoryOf(tree), partial).upserts).toEqual([]);
    // The cycle would go through 3, which the answer does not show.
    const chain = [...tree, readDepartment(4, 3)];
    const around = snapshotOf([readDepartment(4, 99), readDepartment(2, 4)], false);
    expect(planDepartments(directoryOf(chain), around).upserts).toEqual([]);
  });

  it('plans 30,000 departments in one row, and a chain of 1,000, without trouble', () => {
    const flat = [
      readDepartment(1, 0),
      ...Array.from({ length: 30_000 }, (_, index) => readDepartment(index + 2, 1)),
    ];
    const current = directoryOf(flat);
    expect(planDepartments(current, snapshotOf(flat)).upserts).toEqual([]);
    expect(planDepartments(current, snapshotOf([readDepartment(1, 0)])).removals.length).toBe(30_000);

    const chain = Array.from({ length: 1000 }, (_, index) => readDepartment(index + 1, index));
    const { removals } = planDepartments(directoryOf(chain), snapshotOf([]));
    expect(removals.map(({ departmentId }) => departmentId)).toEqual(chain.map(({ id }) => id).reverse());
  });

  it('leaves a department of which no answer says where it stands, or its name, as it is', () => {
    const planOf = (...departments: ReadDepartment[]) => {
      const { upserts, removals, rootsChanged } = planDepartments(directoryOf(tree), snapshotOf(departments));
      return { changes: [...upserts, ...removals].map(describeChange), rootsChanged };
    };
    const unplaced = readDepartment(3, null, { name: null });
    const [top, middle] = [readDepartment(1, 0), readDepartment(2, 1)];
    expect(planOf(top, middle, unplaced)).toEqual({ changes: [], rootsChanged: false });
    // Its parent goes, or would come to stand below it.
    expect(planOf(top, unplaced).changes).toEqual(['move 3', 'remove 2']);
    expect(planOf(top, readDepartment(2, 3), unplaced).changes).toEqual(['move 3', 'move 2']);
  });
});
