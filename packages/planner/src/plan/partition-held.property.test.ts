import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Snapshot } from '../index.ts';
import { history, hostileCorp, RUNS, reading } from '../test/arbitraries.ts';
import { buildReading, buildSnapshot, plan, sync } from '../test/corp.ts';
import { expectMirror, expectSound, liveThrough, presentOf } from '../test/expectations.ts';
import { applyChanges, type Directory } from '../testing/reference-directory.ts';
import { evaluateGuard } from './guard.ts';
import { partitionHeld } from './partition-held.ts';

const count = fc.integer({ min: 0, max: 400 });

describe('the guard', () => {
  it('holds exactly when removals and recent ones together pass the limit', () => {
    const input = fc.record({
      maxCount: fc.integer({ min: 0, max: 60 }),
      maxPercent: fc.integer({ min: 0, max: 100 }),
      floor: fc.integer({ min: 0, max: 5 }),
      present: count,
      removals: count,
      recent: count,
    });
    fc.assert(
      fc.property(input, ({ maxCount, maxPercent, floor, present, removals, recent }) => {
        const share = (present * maxPercent) / 100;
        const isOver =
          removals + recent > maxCount || (removals + recent > share && removals + recent > floor);
        const verdict = evaluateGuard({
          limits: { maxCount, maxPercent, windowHours: 24, floor },
          present: { members: present, departments: 0 },
          removals: { members: removals, departments: 0 },
          recentRemovals: { members: recent, departments: 0 },
          rootsChanged: false,
          emptyAnswer: false,
          leavingAdminKeys: [],
        });
        expect(verdict.holdMembers).toBe(removals > 0 && isOver);
        expect(verdict.reasons.length).toBe(removals > 0 && isOver ? 1 : 0);
        expect(verdict.holdDepartments).toBe(false);
      }),
      RUNS,
    );
  });
});

describe('what is held back', () => {
  const verdict = fc.record({
    holdMembers: fc.boolean(),
    holdDepartments: fc.boolean(),
    heldAdminKeys: fc.subarray(['a', 'b', 'li.si']),
    reasons: fc.constant([]),
  });

  it('leaves a sound directory, in which a held member keeps every place', () => {
    fc.assert(
      fc.property(history, hostileCorp, verdict, (past, corp, given) => {
        const before = liveThrough(past);
        const snapshot = buildSnapshot(corp);
        const { changes } = plan(before, snapshot);
        const held = partition(before, snapshot, changes, given);
        const after = applyChanges(
          before,
          changes.filter((change) => !held.isHeld(change)),
        );
        expectSound(after);
        for (const key of [...held.memberKeys, ...held.stayingMemberKeys]) {
          expect(after.members.get(key)!.presence).toBe('present');
          expect(after.members.get(key)!.memberships.length).toBe(
            before.members.get(key)!.memberships.length,
          );
        }
        for (const id of held.departmentIds) expect(after.departments.get(id)!.presence).toBe('present');
        for (const member of given.holdMembers ? presentOf(before.members) : []) {
          expect(after.members.get(member.key)!.presence).toBe('present');
        }
      }),
      RUNS,
    );
  });

  it('is nothing but removals, and nothing at all when the verdict holds nothing', () => {
    fc.assert(
      fc.property(history, reading, verdict, (past, read, given) => {
        const before = liveThrough(past);
        const snapshot = buildReading(read);
        const { changes } = plan(before, snapshot);
        const isHeldUnder = (judged: typeof given) =>
          changes.filter(partition(before, snapshot, changes, judged).isHeld);
        expect(isHeldUnder(given).every(({ kind }) => kind === 'remove')).toBe(true);
        expect(
          isHeldUnder({ ...given, holdMembers: false, holdDepartments: false, heldAdminKeys: [] }),
        ).toEqual([]);
      }),
      RUNS,
    );
  });

  it('follows with the next run once nothing is held', () => {
    fc.assert(
      fc.property(history, hostileCorp, verdict, (past, corp, given) => {
        const before = liveThrough(past);
        const snapshot = buildSnapshot(corp);
        const { changes } = plan(before, snapshot);
        const held = partition(before, snapshot, changes, given);
        const between = applyChanges(
          before,
          changes.filter((change) => !held.isHeld(change)),
        );
        expectMirror(between, sync(between, snapshot), snapshot);
      }),
      RUNS,
    );
  });
});

function partition(
  directory: Directory,
  snapshot: Snapshot,
  changes: readonly Change[],
  verdict: Parameters<typeof partitionHeld>[0]['verdict'],
) {
  return partitionHeld({
    removals: changes,
    verdict,
    departments: directory.departments.values(),
    keepsDepartment: (key) => snapshot.getMember(key)?.memberships?.length !== 0,
  });
}
