import { describe, expect, it } from 'vitest';
import type { GuardInput } from '../index.ts';
import { buildSnapshot, readDepartment, readMember } from '../test/corp.ts';
import { exampleLimits } from '../testing/reference-plan.ts';
import { evaluateGuard, isEmptyAnswer } from './guard.ts';

function judge(known: Partial<GuardInput>) {
  return evaluateGuard({
    limits: exampleLimits,
    present: { members: 500, departments: 500 },
    removals: { members: 0, departments: 0 },
    recentRemovals: { members: 0, departments: 0 },
    rootsChanged: false,
    emptyAnswer: false,
    leavingAdminKeys: [],
    ...known,
  });
}

describe('evaluateGuard', () => {
  const cases = [
    { present: 10, limit: 3, why: 'the floor' },
    { present: 79, limit: 3, why: 'a share rounded down' },
    { present: 80, limit: 4, why: 'the share' },
    { present: 100_000, limit: 50, why: 'the maximum' },
  ];
  for (const { present, limit, why } of cases) {
    it(`lets ${limit} of ${present} go and holds one more: ${why}`, () => {
      const counts = { members: present, departments: present };
      const at = judge({ present: counts, removals: { members: limit, departments: limit } });
      expect(at).toEqual({ holdMembers: false, holdDepartments: false, heldAdminKeys: [], reasons: [] });
      const past = judge({ present: counts, removals: { members: limit + 1, departments: limit + 1 } });
      expect(past.reasons).toEqual([
        { code: 'guard.members_over_limit', count: limit + 1, limit },
        { code: 'guard.departments_over_limit', count: limit + 1, limit },
      ]);
      expect([past.holdMembers, past.holdDepartments]).toEqual([true, true]);
    });
  }

  it('has the floor from its limits', () => {
    const removals = { members: 2, departments: 0 };
    const present = { members: 10, departments: 10 };
    const holds = (floor: number) =>
      judge({ limits: { ...exampleLimits, floor }, present, removals }).holdMembers;
    expect([holds(2), holds(1)]).toEqual([false, true]);
  });

  it('judges members and departments apart', () => {
    const verdict = judge({ removals: { members: 26, departments: 25 } });
    expect([verdict.holdMembers, verdict.holdDepartments]).toEqual([true, false]);
  });

  it('counts what went unapproved in the window', () => {
    const recentRemovals = { members: 24, departments: 0 };
    expect(judge({ recentRemovals, removals: { members: 1, departments: 0 } }).holdMembers).toBe(false);
    const past = judge({ recentRemovals, removals: { members: 2, departments: 0 } });
    expect(past.reasons).toEqual([{ code: 'guard.members_over_limit', count: 26, limit: 25 }]);
  });

  it('gives no reason when the plan removes nothing, even after many recent removals', () => {
    const verdict = judge({
      recentRemovals: { members: 99, departments: 99 },
      rootsChanged: true,
      emptyAnswer: true,
    });
    expect(verdict).toEqual({ holdMembers: false, holdDepartments: false, heldAdminKeys: [], reasons: [] });
  });

  it('holds a single removal when the visible roots changed', () => {
    const verdict = judge({ rootsChanged: true, removals: { members: 1, departments: 0 } });
    expect(verdict.reasons).toEqual([{ code: 'guard.roots_changed' }]);
    expect([verdict.holdMembers, verdict.holdDepartments]).toEqual([true, true]);
  });

  it('holds a single removal when the answer is empty', () => {
    const verdict = judge({ emptyAnswer: true, removals: { members: 0, departments: 1 } });
    expect(verdict.reasons).toEqual([{ code: 'guard.empty_answer' }]);
    expect([verdict.holdMembers, verdict.holdDepartments]).toEqual([true, true]);
  });

  it('holds an admin alone', () => {
    const verdict = judge({ removals: { members: 2, departments: 0 }, leavingAdminKeys: ['boss'] });
    expect(verdict.reasons).toEqual([{ code: 'guard.admin_leaving', keys: ['boss'] }]);
    expect([verdict.holdMembers, verdict.heldAdminKeys]).toEqual([false, ['boss']]);
  });
});

describe('isEmptyAnswer', () => {
  const present = { members: 1, departments: 1 };
  const departments = [readDepartment(1, 0)];

  it('is true when departments or members are missing altogether', () => {
    expect(isEmptyAnswer(buildSnapshot({ departments: [], members: [readMember('a', [])] }), present)).toBe(
      true,
    );
    expect(isEmptyAnswer(buildSnapshot({ departments, members: [] }), present)).toBe(true);
  });

  it('is false for a partial snapshot, and while nothing is stored', () => {
    expect(isEmptyAnswer(buildSnapshot({ departments: [], members: [] }, false), present)).toBe(false);
    const empty = buildSnapshot({ departments: [], members: [] });
    expect(isEmptyAnswer(empty, { members: 0, departments: 0 })).toBe(false);
  });

  it('is false for an answer that shows at least one member', () => {
    const some = buildSnapshot({ departments, members: [readMember('a', [1])] });
    expect(isEmptyAnswer(some, { members: 9, departments: 9 })).toBe(false);
  });
});
