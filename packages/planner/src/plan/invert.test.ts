import { describe, expect, it } from 'vitest';
import { type Change, invertChange } from '../index.ts';
import { invertChanges } from '../testing/reference-directory.ts';

const department = { entity: 'department', key: '2', departmentId: 2, name: '部门 2' } as const;
const member = { entity: 'member', key: 'li', memberKey: 'li', name: '李' } as const;
const membership = {
  entity: 'membership',
  key: 'li/2',
  memberKey: 'li',
  departmentId: 2,
  name: '李 · 部门 2',
} as const;
const place = { userId: 'Li', departmentId: 2, sortOrder: 5, isLeader: true, isMain: true };

const cases: { change: Change; inverse: Change }[] = [
  {
    change: { ...department, kind: 'create', before: null, after: { name: '部门 2', parentId: 1 } },
    inverse: {
      ...department,
      kind: 'remove',
      before: { presence: 'present' },
      after: { presence: 'removed' },
    },
  },
  {
    change: { ...department, kind: 'move', before: { parentId: 1 }, after: { parentId: 3 } },
    inverse: { ...department, kind: 'move', before: { parentId: 3 }, after: { parentId: 1 } },
  },
  {
    change: {
      ...department,
      kind: 'remove',
      before: { presence: 'present' },
      after: { presence: 'removed' },
    },
    inverse: {
      ...department,
      kind: 'restore',
      before: { presence: 'removed' },
      after: { presence: 'present' },
    },
  },
  {
    change: { ...member, kind: 'create', before: null, after: { userId: 'Li', name: '李' } },
    inverse: { ...member, kind: 'remove', before: { presence: 'present' }, after: { presence: 'left' } },
  },
  {
    change: { ...member, kind: 'update', before: { alias: 'a' }, after: { alias: 'b' } },
    inverse: { ...member, kind: 'update', before: { alias: 'b' }, after: { alias: 'a' } },
  },
  {
    change: { ...member, kind: 'restore', before: { presence: 'left' }, after: { presence: 'present' } },
    inverse: { ...member, kind: 'remove', before: { presence: 'present' }, after: { presence: 'left' } },
  },
  {
    change: { ...membership, kind: 'create', before: null, after: place },
    inverse: { ...membership, kind: 'remove', before: place, after: null },
  },
  {
    change: { ...membership, kind: 'remove', before: place, after: null },
    inverse: { ...membership, kind: 'create', before: null, after: place },
  },
  {
    change: { ...membership, kind: 'update', before: { sortOrder: 1 }, after: { sortOrder: 2 } },
    inverse: { ...membership, kind: 'update', before: { sortOrder: 2 }, after: { sortOrder: 1 } },
  },
];

describe('invertChange', () => {
  for (const { change, inverse } of cases) {
    it(`makes the ${change.kind} of a ${change.entity} a ${inverse.kind}`, () => {
      expect(invertChange(change)).toEqual(inverse);
    });
  }

  it('takes the last of several first', () => {
    const changes = cases.map(({ change }) => change);
    expect(invertChanges(changes)).toEqual(cases.map(({ inverse }) => inverse).toReversed());
  });
});
