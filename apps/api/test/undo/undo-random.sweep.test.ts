import { endpoints, problem, type SyncRun } from '@orgmirror/contracts';
import {
  type Corp,
  createDepartment,
  deleteDepartment,
  hireMember,
  moveMember,
  removeMember,
  setDepartmentLeader,
  updateDepartment,
  updateMember,
  VendorError,
} from '@orgmirror/wecom-simulator';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectSoundDirectory, expectTakenBack, withoutGoneMarks } from '../support/dump-directory.ts';
import { chooseCount, sweepSeed } from '../support/sweep.ts';
import { startUndoStage, type UndoStage } from '../support/undo-stage.ts';

/** Numbers choose among what there is at the time. */
interface Edit {
  kind: string;
  who: number;
  where: number;
  value: number;
}

const pick = <T>(items: readonly T[], index: number): T => items[index % items.length]!;

const makeEdit: Record<string, (corp: Corp, pickers: Pickers, value: number) => unknown> = {
  hire: (corp, { department }, value) =>
    hireMember(corp, { userid: `m${value}`, name: `新${value}`, departmentIds: [department] }),
  leave: (corp, { member }) => corp.members.size > 3 && removeMember(corp, member),
  rename: (corp, { member }, value) => updateMember(corp, member, { name: `名${value}` }),
  disable: (corp, { member }, value) => updateMember(corp, member, { status: value % 2 === 0 ? 2 : 1 }),
  call: (corp, { member }, value) => {
    const known = corp.findMember(member)!;
    corp.putMember({ ...known, extras: { ...known.extras, mobile: `1390000${1000 + value}` } });
  },
  move: (corp, { member, department }) => moveMember(corp, member, [department]),
  join: (corp, { member, department }) =>
    moveMember(corp, member, [
      ...corp.findMember(member)!.memberships.map(({ departmentId }) => departmentId),
      department,
    ]),
  lead: (corp, { member }, value) => {
    const [first] = corp.findMember(member)!.memberships;
    if (first) setDepartmentLeader(corp, member, first.departmentId, value % 2 === 0);
  },
  found: (corp, { department }, value) =>
    createDepartment(corp, { id: 100 + value, parentid: department, name: `部${value}` }),
  close: (corp, { department }) => deleteDepartment(corp, department),
  shift: (corp, { department, other }) => updateDepartment(corp, department, { parentid: other }),
  retitle: (corp, { department }, value) =>
    updateDepartment(corp, department, { name: `改${value}`, order: value }),
};

interface Pickers {
  member: string;
  department: number;
  other: number;
}

function edit(corp: Corp, { kind, who, where, value }: Edit): void {
  const departments = [...corp.departments.keys()].sort((a, b) => a - b);
  const member = pick([...corp.members.keys()].sort(), who);
  const pickers = { member, department: pick(departments, where), other: pick(departments, value) };
  try {
    makeEdit[kind]!(corp, pickers, value);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error; // WeCom would not do it either
  }
}

const natural = fc.nat({ max: 30 });
const someEdit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...Object.keys(makeEdit)),
  who: natural,
  where: natural,
  value: natural,
});
const edits = (maxLength: number) => fc.array(someEdit, { minLength: 1, maxLength });

const histories = chooseCount({ sample: 4, whole: 100 });
const pairs = Math.max(10, chooseCount({ sample: 10, whole: 30 })); // both outcomes come within ten

let stage: UndoStage;
beforeAll(async () => {
  stage = await startUndoStage();
});
afterAll(() => stage.server.stop());

const changesOf = async ({ id, status }: SyncRun): Promise<boolean> => {
  const held = status === 'awaitingApproval' ? { held: 'false' } : {};
  const query = { limit: 1, ...held };
  return (await stage.server.api.call(endpoints.listSyncChanges, { params: { id }, query })).items.length > 0;
};

/** Syncs after some edits; null when nothing was applied. */
async function syncAfter(list: readonly Edit[]): Promise<SyncRun | null> {
  // More than three removals at once are held; without this all would be after a while.
  await stage.resetGuardWindow();
  for (const item of list) edit(stage.corp, item);
  const run = await stage.server.sync();
  expect(['succeeded', 'awaitingApproval']).toContain(run.status);
  return (await changesOf(run)) ? run : null;
}

/**
 * Tries to undo a run below a later one: refused with the rows that are in the way, or done soundly and then
 * undone itself. Returns the run to undo for what this one changed.
 */
async function undoBelow(run: SyncRun): Promise<SyncRun> {
  const before = await stage.dump();
  const { status, body } = await stage.server.api.request('GET', `/sync-runs/${run.id}/undo`);
  if (status === 409) {
    const { code, conflicts = [] } = problem.parse(body);
    expect([code, conflicts.length > 0]).toEqual(['undo.conflict', true]);
    return run;
  }
  const { id } = await stage.startUndo(run);
  const undone = await stage.server.waitForRun(id);
  expect(undone).toMatchObject({ status: 'succeeded', error: null });
  expectSoundDirectory(await stage.dump());
  const redone = await stage.undo(undone);
  expect(withoutGoneMarks(await stage.dump())).toEqual(withoutGoneMarks(before));
  return redone;
}

it('an undo gives back exactly what was there before, for any edits', async () => {
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(edits(8), fc.boolean(), async (list, goesOn) => {
      const before = await stage.dump();
      const run = await syncAfter(list);
      if (run === null) return;
      await stage.undo(run);
      expectTakenBack(before, await stage.dump());
      undone++;
      if (goesOn) await syncAfter([]); // so that the next one begins elsewhere
    }),
    { numRuns: histories, seed: sweepSeed, endOnFailure: true },
  );
  expect(undone).toBeGreaterThan(histories / 2);
}, 600_000);

it('undoing two runs in reverse order does so too, and undoing the first alone is sound or refused', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(edits(4), edits(4), async (firstEdits, secondEdits) => {
      const before = await stage.dump();
      const first = await syncAfter(firstEdits);
      const second = await syncAfter(secondEdits);
      const standsForFirst = first && second ? await undoBelow(first) : first;
      outcomes.add(standsForFirst === first ? 'refused' : 'done');
      if (second) await stage.undo(second);
      if (standsForFirst) await stage.undo(standsForFirst);
      expectTakenBack(before, await stage.dump());
      await syncAfter([]); // else the next first run would do all of it again
    }),
    { numRuns: pairs, seed: sweepSeed + 1, endOnFailure: true },
  );
  expect([...outcomes].sort()).toEqual(['done', 'refused']);
}, 600_000);
