import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, createMemberFields } from '../index.ts';
import { goneKeys, history, hostileCorp, RUNS, reading, shuffled } from '../test/arbitraries.ts';
import { buildReading, buildSnapshot, type Corp, plan, sync } from '../test/corp.ts';
import { expectMirror, expectSound, expectSoundTree, liveThrough, presentOf } from '../test/expectations.ts';
import {
  applyChanges,
  createDirectory,
  type Directory,
  invertChanges,
} from '../testing/reference-directory.ts';

const isRemoval = ({ kind }: Change) => kind === 'remove';

describe('a plan', () => {
  it('of what is there already is empty', () => {
    fc.assert(
      fc.property(history, reading, (past, read) => {
        const snapshot = buildReading(read);
        const directory = sync(liveThrough(past), snapshot);
        expect(plan(directory, snapshot).changes).toEqual([]);
      }),
      RUNS,
    );
  });

  it('applied makes the directory what WeCom says', () => {
    fc.assert(
      fc.property(history, hostileCorp, (past, corp) => {
        const before = liveThrough(past);
        const snapshot = buildSnapshot(corp);
        const after = sync(before, snapshot);
        expectMirror(before, after, snapshot);
        expectSound(after);
      }),
      RUNS,
    );
  });

  it('keeps the departments a forest after every single change, complete or partial', () => {
    fc.assert(
      fc.property(history, reading, (past, read) => {
        let directory = liveThrough(past);
        for (const change of plan(directory, buildReading(read)).changes) {
          directory = applyChanges(directory, [change]);
          if (change.entity === 'department') expectSoundTree(directory);
        }
        expectSound(directory);
      }),
      RUNS,
    );
  });

  it('does not depend on the order of the answers', () => {
    const reordered = hostileCorp.chain((corp) => fc.tuple(fc.constant(corp), shuffled(corp)));
    fc.assert(
      fc.property(history, reordered, (past, [corp, other]) => {
        const directory = liveThrough(past);
        const expected = plan(directory, buildSnapshot(corp));
        expect(plan(directory, buildSnapshot(other))).toEqual({
          ...expected,
          isHeld: expect.any(Function),
        });
      }),
      RUNS,
    );
  });

  it('from a partial snapshot removes only whom WeCom denied by name and no list named', () => {
    fc.assert(
      fc.property(history, hostileCorp, goneKeys, (past, corp, gone) => {
        const before = liveThrough(past);
        const snapshot = buildSnapshot(corp, false, gone);
        const leaving = presentOf(before.members)
          .map(({ key }) => key)
          .filter((key) => gone.includes(key) && !snapshot.hasMember(key));
        const planned = plan(before, snapshot);
        const removals = planned.changes.filter(isRemoval);
        expect(removals.filter(({ entity }) => entity === 'department')).toEqual([]);
        expect(
          removals
            .filter(({ entity }) => entity === 'member')
            .map(({ key }) => key)
            .sort(),
        ).toEqual(leaving.sort());
        const after = applyChanges(before, planned.changes);
        for (const member of presentOf(before.members)) {
          const placed = after.members.get(member.key)!.memberships.map(({ departmentId }) => departmentId);
          const hasLeft = leaving.includes(member.key);
          expect(after.members.get(member.key)!.presence).toBe(hasLeft ? 'left' : 'present');
          if (hasLeft) expect(placed).toEqual([]);
          else
            expect(placed).toEqual(
              expect.arrayContaining(member.memberships.map(({ departmentId }) => departmentId)),
            );
        }
      }),
      RUNS,
    );
  });

  it('from a complete snapshot does not depend on denials by name', () => {
    fc.assert(
      fc.property(history, hostileCorp, goneKeys, (past, corp, gone) => {
        const before = liveThrough(past);
        const { changes } = plan(before, buildSnapshot(corp));
        expect(plan(before, buildSnapshot(corp, true, gone)).changes).toEqual(changes);
      }),
      RUNS,
    );
  });

  it('removes only what a snapshot does not show that is complete, or of a member who was denied', () => {
    fc.assert(
      fc.property(history, reading, (past, read) => {
        const snapshot = buildReading(read);
        for (const change of plan(liveThrough(past), snapshot).changes.filter(isRemoval)) {
          if (change.entity === 'department') {
            expect(snapshot.complete).toBe(true);
            expect(snapshot.departments.has(change.departmentId)).toBe(false);
            continue;
          }
          const isDenied = read.gone.includes(change.memberKey) && !snapshot.hasMember(change.memberKey);
          expect(snapshot.complete || isDenied).toBe(true);
          if (change.entity === 'member') expect(snapshot.hasMember(change.memberKey)).toBe(false);
          if (change.entity !== 'membership') continue;
          const shown = snapshot.getMember(change.memberKey)?.memberships ?? [];
          expect(shown.some(({ departmentId }) => departmentId === change.departmentId)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('has no change for a value that is not visible', () => {
    fc.assert(
      fc.property(history, hostileCorp, (past, corp) => {
        const directory = sync(liveThrough(past), buildSnapshot(corp));
        const blind = buildSnapshot(hideValues(directory));
        expect(plan(directory, blind).changes).toEqual([]);
      }),
      RUNS,
    );
  });

  it('counts and names every change, the same plan by the same fingerprint', () => {
    fc.assert(
      fc.property(history, reading, (past, read) => {
        const directory = liveThrough(past);
        const { changes, counts, changeCount, fingerprint } = plan(directory, buildReading(read));
        const counted = Object.values(counts).flatMap((kinds) => Object.values<number>(kinds));
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(changes.length);
        expect(changeCount).toBe(changes.length);
        expect(new Set(changes.map(({ entity, key }) => `${entity} ${key}`)).size).toBe(changes.length);
        expect(
          fingerprint === plan(directory, buildSnapshot({ departments: [], members: [] }, false)).fingerprint,
        ).toBe(changes.length === 0);
      }),
      RUNS,
    );
  });
});

describe('recorded changes', () => {
  it('undo what they did, and leave what they created marked as removed', () => {
    fc.assert(
      fc.property(history, reading, (past, read) => {
        const before = liveThrough(past);
        const { changes } = plan(before, buildReading(read));
        let undone = applyChanges(before, changes);
        for (const change of invertChanges(changes)) {
          undone = applyChanges(undone, [change]);
          if (change.entity === 'department') expectSoundTree(undone);
        }
        expect(rowsAlsoIn(before, undone)).toEqual({
          departments: before.departments,
          members: before.members,
        });
        expect(presentOf(undone.departments).length).toBe(presentOf(before.departments).length);
        expect(presentOf(undone.members).length).toBe(presentOf(before.members).length);
        expectSound(undone);
      }),
      RUNS,
    );
  });

  it('rebuild the directory from nothing, also after a way through JSON', () => {
    fc.assert(
      fc.property(history, (past) => {
        let directory = createDirectory();
        const recorded: Change[] = [];
        for (const read of past) {
          const { changes } = plan(directory, buildReading(read));
          recorded.push(...changes);
          directory = applyChanges(directory, changes);
        }
        const stored: Change[] = JSON.parse(JSON.stringify(recorded));
        expect(applyChanges(createDirectory(), stored)).toEqual(directory);
      }),
      RUNS,
    );
  });

  it('never give a row another local id, nor lose one', () => {
    fc.assert(
      fc.property(history, reading, (past, read) => {
        const before = liveThrough(past);
        const after = sync(before, buildReading(read));
        expect(localIdsOf(after)).toEqual(expect.objectContaining(localIdsOf(before)));
        expect(new Set(Object.values(localIdsOf(after))).size).toBe(
          after.departments.size + after.members.size,
        );
      }),
      RUNS,
    );
  });
});

/** What WeCom would answer about the directory if it withheld all it can. */
function hideValues(directory: Directory): Corp {
  return {
    departments: presentOf(directory.departments).map(({ id, name, parentId }) => ({
      ...{ id, name, parentId },
      ...{ nameEn: null, sortOrder: null, leaderUserIds: null },
    })),
    members: presentOf(directory.members).map(({ userId }) => ({
      userId,
      ...{ departments: null, listedIn: null, sortOrders: null, leaderFlags: null, mainDepartmentId: null },
      fields: createMemberFields(),
    })),
  };
}

function rowsAlsoIn(before: Directory, after: Directory) {
  return {
    departments: new Map([...after.departments].filter(([id]) => before.departments.has(id))),
    members: new Map([...after.members].filter(([key]) => before.members.has(key))),
  };
}

function localIdsOf(directory: Directory): Record<string, number> {
  const rows = [
    ...[...directory.departments].map(([id, { localId }]) => [`department ${id}`, localId] as const),
    ...[...directory.members].map(([key, { localId }]) => [`member ${key}`, localId] as const),
  ];
  return Object.fromEntries(rows);
}
