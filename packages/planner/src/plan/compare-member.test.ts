import { describe, expect, it } from 'vitest';
import {
  type CurrentMember,
  createMemberFields,
  type DisabledBy,
  type MemberPlanContext,
  planMember,
  type ReadMember,
} from '../index.ts';
import { buildSnapshot, readDepartment, readMember, sync } from '../test/corp.ts';
import { createDirectory } from '../testing/reference-directory.ts';

const departments = [readDepartment(1, 0), readDepartment(2, 1), readDepartment(3, 1)];
const context: MemberPlanContext = {
  complete: true,
  isGone: () => true,
  removedDepartmentIds: new Set(),
  departmentName: (id) => departments.find((department) => department.id === id)?.name ?? undefined,
};

function desiredOf(member: ReadMember) {
  const key = member.userId.toLowerCase();
  return buildSnapshot({ departments, members: [member] }).getMember(key)!;
}

function currentOf(member: ReadMember, known: Partial<CurrentMember> = {}): CurrentMember {
  const directory = sync(createDirectory(), buildSnapshot({ departments, members: [member] }));
  return { ...[...directory.members.values()][0]!, ...known };
}

describe('planMember', () => {
  it('creates a member with the known values, then the memberships with 0 and false for the unknown', () => {
    const member = readMember('Li', [2, 1], {
      leaderFlags: [1, 0],
      mainDepartmentId: 2,
      fields: { alias: '' },
    });
    expect(planMember(null, desiredOf(member), context)).toEqual([
      {
        entity: 'member',
        key: 'li',
        memberKey: 'li',
        name: '成员 Li',
        kind: 'create',
        before: null,
        after: { userId: 'Li', name: '成员 Li', alias: '', mainDepartmentId: 2 },
      },
      {
        entity: 'membership',
        key: 'li/1',
        memberKey: 'li',
        departmentId: 1,
        name: '成员 Li · 部门 1',
        kind: 'create',
        before: null,
        after: { userId: 'Li', departmentId: 1, sortOrder: 0, isLeader: false, isMain: false },
      },
      expect.objectContaining({
        key: 'li/2',
        after: { userId: 'Li', departmentId: 2, sortOrder: 0, isLeader: true, isMain: true },
      }),
    ]);
  });

  it('plans nothing for a key that is neither stored nor in the snapshot', () => {
    expect(planMember(null, null, context)).toEqual([]);
  });

  it('takes memberships by department id, under the userid as it was', () => {
    const before = currentOf(readMember('li', [1, 2, 3], { mainDepartmentId: 1 }));
    const current = { ...before, memberships: before.memberships.toReversed() };
    const changes = planMember(current, desiredOf(readMember('LI', [1], { mainDepartmentId: 1 })), context);
    expect(changes.filter(({ kind }) => kind === 'remove')).toMatchObject([
      { key: 'li/2', before: { userId: 'li' } },
      { key: 'li/3', before: { userId: 'li' } },
    ]);
  });

  it('names a member without a name by the userid', () => {
    const nameless = desiredOf({ ...readMember('Li', []), fields: createMemberFields() });
    expect(planMember(null, nameless, context)[0]?.name).toBe('Li');
  });

  it('updates only what is visible and differs, JSON without regard to the order of its names', () => {
    const before = readMember('li', [1], {
      fields: { alias: 'x', position: 'p', extendedAttributes: { a: 1, b: [1, 2] } },
    });
    const after = readMember('LI', [1], { fields: { alias: '', extendedAttributes: { b: [1, 2], a: 1 } } });
    expect(planMember(currentOf(before), desiredOf(after), context)).toMatchObject([
      {
        kind: 'update',
        before: { userId: 'li', alias: 'x', name: '成员 li' },
        after: { userId: 'LI', alias: '', name: '成员 LI' },
      },
    ]);
    const reordered = readMember('li', [1], { fields: { extendedAttributes: { a: 1, b: [2, 1] } } });
    expect(planMember(currentOf(before), desiredOf(reordered), context)).toMatchObject([
      { before: { extendedAttributes: { b: [1, 2] } }, after: { extendedAttributes: { b: [2, 1] } } },
    ]);
  });

  it('marks an absent member left and takes the memberships with their full row', () => {
    const member = currentOf(readMember('li', [1], { sortOrders: [5] }));
    expect(planMember(member, null, context)).toMatchObject([
      { kind: 'remove', before: { presence: 'present' }, after: { presence: 'left' } },
      {
        kind: 'remove',
        before: { userId: 'li', departmentId: 1, sortOrder: 5, isLeader: false, isMain: true },
        after: null,
      },
    ]);
    expect(planMember(member, null, { ...context, complete: false, isGone: () => false })).toEqual([]);
    const denied = { ...context, complete: false, isGone: (key: string) => key === 'li' };
    expect(planMember(member, null, denied)).toEqual(planMember(member, null, context));
    expect(planMember({ ...member, key: 'other' }, null, denied)).toEqual([]);
    expect(planMember({ ...member, presence: 'left', memberships: [] }, null, context)).toEqual([]);
  });

  it('restores a returner with what changed meanwhile', () => {
    const gone = currentOf(readMember('li', [1]), { presence: 'left', memberships: [] });
    expect(
      planMember(gone, desiredOf(readMember('li', [2], { fields: { alias: 'x' } })), context),
    ).toMatchObject([
      {
        kind: 'restore',
        before: { presence: 'left', alias: null },
        after: { presence: 'present', alias: 'x' },
      },
      { kind: 'create', key: 'li/2', after: { isMain: true } },
    ]);
  });

  it('moves a member between departments without a change of the member', () => {
    const changes = planMember(currentOf(readMember('li', [1])), desiredOf(readMember('li', [2])), context);
    expect(changes).toMatchObject([
      { kind: 'create', key: 'li/2', after: { isMain: true } },
      { kind: 'remove', key: 'li/1', before: { isMain: true } },
    ]);
  });

  it('takes order, leader and main flag as values like any other', () => {
    const before = currentOf(
      readMember('li', [1, 2], { sortOrders: [1, 2], leaderFlags: [0, 0], mainDepartmentId: 1 }),
    );
    const after = desiredOf(
      readMember('li', [1, 2], { sortOrders: [9, 2], leaderFlags: [0, 1], mainDepartmentId: 2 }),
    );
    expect(planMember(before, after, context)).toMatchObject([
      { entity: 'member', before: { mainDepartmentId: 1 }, after: { mainDepartmentId: 2 } },
      { key: 'li/1', before: { sortOrder: 1, isMain: true }, after: { sortOrder: 9, isMain: false } },
      { key: 'li/2', before: { isLeader: false, isMain: false }, after: { isLeader: true, isMain: true } },
    ]);
  });

  it('falls back to the stored main department, then to the first returned', () => {
    const before = currentOf(readMember('li', [1, 2], { mainDepartmentId: 2 }));
    expect(planMember(before, desiredOf(readMember('li', [1, 2])), context)).toEqual([]);
    expect(planMember(before, desiredOf(readMember('li', [3, 1])), context)).toMatchObject([
      { kind: 'create', key: 'li/3', after: { isMain: true } },
      { kind: 'remove', key: 'li/2' },
    ]);
  });

  it('keeps memberships that are not visible, but not in a department that goes', () => {
    const before = currentOf(readMember('li', [1, 2], { mainDepartmentId: 1 }));
    const invisible = desiredOf(readMember('li', null));
    expect(planMember(before, invisible, context)).toEqual([]);
    expect(planMember(before, invisible, { ...context, removedDepartmentIds: new Set([1]) })).toMatchObject([
      { kind: 'update', key: 'li/2', after: { isMain: true } },
      { kind: 'remove', key: 'li/1' },
    ]);
  });

  it('removes no membership by a partial snapshot, but adds and sets the main one', () => {
    const before = currentOf(readMember('li', [1]));
    const after = desiredOf(readMember('li', [2], { mainDepartmentId: 2 }));
    expect(planMember(before, after, { ...context, complete: false })).toMatchObject([
      { entity: 'member', after: { mainDepartmentId: 2 } },
      { kind: 'update', key: 'li/1', after: { isMain: false } },
      { kind: 'create', key: 'li/2', after: { isMain: true } },
    ]);
  });

  const cases: { from: DisabledBy; status: number | null; to: DisabledBy }[] = [
    { from: null, status: 2, to: 'sync' },
    { from: 'sync', status: 2, to: 'sync' },
    { from: 'sync', status: 1, to: null },
    { from: 'sync', status: null, to: 'sync' },
    { from: 'admin', status: 2, to: 'admin' },
    { from: 'admin', status: 1, to: 'admin' },
    { from: null, status: 1, to: null },
  ];
  for (const { from, status, to } of cases) {
    it(`turns disabledBy ${from} at status ${status} into ${to}`, () => {
      const before = currentOf(readMember('li', [1]), { disabledBy: from });
      const [change] = planMember(before, desiredOf(readMember('li', [1], { fields: { status } })), context);
      const expected = from === to ? undefined : to;
      expect((change?.after as Partial<CurrentMember> | undefined)?.disabledBy).toBe(expected);
    });
  }

  it('disables a new member whom WeCom has disabled', () => {
    const [change] = planMember(null, desiredOf(readMember('li', [1], { fields: { status: 2 } })), context);
    expect(change?.after).toMatchObject({ disabledBy: 'sync' });
  });
});
