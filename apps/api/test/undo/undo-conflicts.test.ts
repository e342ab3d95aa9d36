import type { SyncRun } from '@orgmirror/contracts';
import { deleteDepartment, updateDepartment, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DirectoryDump, expectTakenBack } from '../support/dump-directory.ts';
import { addDepartment, hire, move } from '../support/small-corp.ts';
import { startUndoStage, type UndoStage } from '../support/undo-stage.ts';

describe('later changes stand in the way of an undo', () => {
  let stage: UndoStage;
  beforeAll(async () => {
    stage = await startUndoStage();
  });
  afterAll(() => stage.server.stop());

  async function syncAfter(edit: () => void): Promise<SyncRun> {
    edit();
    const run = await stage.server.sync();
    expect(run.status).toBe('succeeded');
    return run;
  }

  /**
   * Expects the undo of `first` to name these rows and nothing to change; undone in reverse order all is as
   * before.
   */
  async function expectConflicts(
    before: DirectoryDump,
    [first, second]: readonly [SyncRun, SyncRun],
    rows: readonly string[],
  ): Promise<void> {
    const after = await stage.dump();
    const problem = await stage.refuseUndo(first);
    expect(problem).toMatchObject({ status: 409, code: 'undo.conflict' });
    expect(problem.conflicts?.map(({ entity, key }) => `${entity} ${key}`).sort()).toEqual([...rows].sort());
    for (const { entity, key, ...conflict } of problem.conflicts ?? []) {
      const wecomUserId = entity === 'department' ? null : key.split('/')[0];
      expect(conflict).toEqual({ runId: second.id, name: expect.any(String), wecomUserId });
    }
    expect(await stage.dump()).toEqual(after);
    await stage.undo(second);
    await stage.undo(first);
    expectTakenBack(before, await stage.dump());
  }

  it('when the same row was changed, even in another field', async () => {
    const before = await stage.dump();
    const first = await syncAfter(() => {
      updateMember(stage.corp, 'ann', { name: '安妮' });
      updateDepartment(stage.corp, 20, { name: '甲' });
    });
    const second = await syncAfter(() => {
      updateMember(stage.corp, 'ann', { position: '主任' });
      updateDepartment(stage.corp, 20, { order: 3 });
    });
    await expectConflicts(before, [first, second], ['member ann', 'department 20']);
    await stage.server.sync();
  });

  it('not when other rows were changed', async () => {
    const first = await syncAfter(() => updateMember(stage.corp, 'ann', { name: '安' }));
    await syncAfter(() => updateMember(stage.corp, 'bob', { name: '鲍勃' }));
    await stage.undo(first);
    const after = await stage.dump();
    expect([after['member ann']?.name, after['member bob']?.name]).toEqual(['安妮', '鲍勃']);
    await stage.server.sync();
  });

  it('not when the later change was itself undone', async () => {
    const before = await stage.dump();
    const first = await syncAfter(() => updateMember(stage.corp, 'ann', { name: '一' }));
    const second = await syncAfter(() => updateMember(stage.corp, 'ann', { name: '二' }));
    const undoOfSecond = await stage.undo(second);
    const redoOfSecond = await stage.undo(undoOfSecond);
    const problem = await stage.refuseUndo(first);
    expect(problem.conflicts).toMatchObject([{ entity: 'member', key: 'ann', runId: second.id }]);
    await stage.undo(redoOfSecond);
    await stage.undo(first);
    expectTakenBack(before, await stage.dump());
    await stage.server.sync();
  });

  it('when a member joined a department that the undo would remove', async () => {
    const before = await stage.dump();
    const first = await syncAfter(() => addDepartment(stage.corp, 50, 1));
    const second = await syncAfter(() => move(stage.corp, 'ann', 1, 50));
    await expectConflicts(before, [first, second], ['membership ann/50']);
    await stage.server.sync();
  });

  it('when a department was founded below one that the undo would remove', async () => {
    const before = await stage.dump();
    const first = await syncAfter(() => addDepartment(stage.corp, 60, 1));
    const second = await syncAfter(() => addDepartment(stage.corp, 61, 60));
    await expectConflicts(before, [first, second], ['department 61']);
    await stage.server.sync();
  });

  it('when the undo would hang a department below itself', async () => {
    const before = await stage.dump();
    const first = await syncAfter(() => updateDepartment(stage.corp, 11, { parentid: 1 }));
    const second = await syncAfter(() => updateDepartment(stage.corp, 10, { parentid: 11 }));
    await expectConflicts(before, [first, second], ['department 10']);
    await stage.server.sync();
  });

  it('when the undo would put a member into a department that is gone', async () => {
    const before = await stage.dump();
    const first = await syncAfter(() => move(stage.corp, 'eve', 20));
    const second = await syncAfter(() => deleteDepartment(stage.corp, 21));
    await expectConflicts(before, [first, second], ['department 21']);
    await stage.server.sync();
  });

  it('when the undo would leave a member with two main departments', async () => {
    stage.server.wecom.apps[0]!.scope = { partyIds: [1], userids: ['dan'], tagIds: [] };
    await stage.server.sync();
    const before = await stage.dump();
    const first = await syncAfter(() =>
      stage.corp.putMember({ ...stage.corp.findMember('dan')!, memberships: [] }),
    );
    expect(Object.keys(await stage.dump()).filter((key) => key.startsWith('membership dan/'))).toEqual([]);
    const second = await syncAfter(() => move(stage.corp, 'dan', 10));
    await expectConflicts(before, [first, second], ['member dan', 'membership dan/10']);
  });

  it('leaves alone whom an admin of this console disabled since', async () => {
    await stage.server.sync();
    const run = await syncAfter(() => updateMember(stage.corp, 'bob', { status: 2 }));
    await stage.sql(`UPDATE member SET disabled_by = 'admin' WHERE user_key = 'bob'`);
    await stage.undo(run);
    expect((await stage.dump())['member bob']).toMatchObject({ status: 1, disabled_by: 'admin' });
  });

  it('fails and changes nothing when a row is not as the run left it, and can be started anew', async () => {
    const before = await stage.dump();
    const run = await syncAfter(() => updateMember(stage.corp, 'cai', { name: '蔡' }));
    await stage.sql(`UPDATE member SET name = '手工' WHERE user_key = 'cai'`);
    const edited = await stage.dump();
    const failed = await stage.server.waitForRun((await stage.startUndo(run)).id);
    expect(failed).toMatchObject({
      status: 'failed',
      error: {
        code: 'undo.conflict',
        conflicts: [{ entity: 'member', key: 'cai', wecomUserId: 'cai', runId: run.id }],
      },
    });
    expect(await stage.dump()).toEqual(edited);
    expect((await stage.readRun(run.id)).undoneBy).toBeNull();

    await stage.sql(`UPDATE member SET name = '蔡' WHERE user_key = 'cai'`);
    await stage.undo(run);
    expectTakenBack(before, await stage.dump());
  });

  it('lists at most 50 rows', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `p${index + 1}`);
    const first = await syncAfter(() => {
      for (const name of names) hire(stage.corp, name, 1);
    });
    await syncAfter(() => {
      for (const name of names) updateMember(stage.corp, name, { position: '工程师' });
    });
    expect((await stage.refuseUndo(first)).conflicts).toHaveLength(50);
  });
});
