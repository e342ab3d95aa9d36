import { endpoints, type SyncRun } from '@orgmirror/contracts';
import {
  deleteDepartment,
  removeMember,
  setDepartmentLeader,
  updateDepartment,
  updateMember,
} from '@orgmirror/wecom-simulator';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '../support/create-account.ts';
import { expectSoundDirectory, expectTakenBack, withoutGoneMarks } from '../support/dump-directory.ts';
import { connectionStringOf } from '../support/query-database.ts';
import { onlyCounts } from '../support/read-directory.ts';
import { addDepartment, hire, move } from '../support/small-corp.ts';
import { usesPostgres } from '../support/test-database.ts';
import { startUndoStage } from '../support/undo-stage.ts';

describe('an undo gives back what the run changed', () => {
  let stage: Awaited<ReturnType<typeof startUndoStage>>;
  beforeAll(async () => {
    stage = await startUndoStage();
  });
  afterAll(() => stage.server.stop());
  beforeEach(async () => void (await stage.resetGuardWindow()));

  /** Syncs some edits, undoes the sync, and syncs again: WeCom's state is back, with the same local ids. */
  async function thereAndBack(edit: () => void): Promise<{ run: SyncRun; undoRun: SyncRun }> {
    const before = await stage.dump();
    edit();
    const run = await stage.server.sync();
    expect(run.status).toBe('succeeded');
    const after = await stage.dump();
    expect(after).not.toEqual(before);

    const undoRun = await stage.undo(run);
    const undone = await stage.dump();
    expectTakenBack(before, undone);
    expectSoundDirectory(undone);
    expect(await stage.readRun(run.id)).toMatchObject({ status: 'succeeded', undoneBy: undoRun.id });
    await stage.resetGuardWindow();

    await stage.server.sync();
    expect(withoutGoneMarks(await stage.dump())).toEqual(withoutGoneMarks(after));
    expect((await stage.server.sync()).counts).toEqual(onlyCounts({}));
    return { run, undoRun };
  }

  let hired = 0;
  /** Syncs after some people were hired. */
  async function hireAndSync(count: number): Promise<SyncRun> {
    for (const last = hired + count; hired < last; ) hire(stage.corp, `r${++hired}`, 1);
    return stage.server.sync();
  }

  /** Removals that the latest undo did without approval. */
  async function readUnapproved(): Promise<unknown> {
    const [row] = await stage.sql<{ removals: unknown }>(
      `SELECT unapproved_removals AS removals FROM sync_run WHERE mode = 'undo' ORDER BY started_at DESC LIMIT 1`,
    );
    return row?.removals;
  }

  it('of the first sync: everything is marked as gone, and the next sync brings the same rows back', async () => {
    const full = await stage.dump();
    const undoRun = await stage.undo(stage.first);
    expect(undoRun.counts).toEqual(
      onlyCounts({ departments: { remove: 5 }, members: { remove: 5 }, memberships: { remove: 6 } }),
    );
    expect(undoRun).toMatchObject({ held: { departments: 0, members: 0 }, heldReasons: [], source: null });
    expectTakenBack({}, await stage.dump());
    const { items } = await stage.server.api.call(endpoints.getDepartmentTree);
    expect(items).toEqual([]);

    const next = await stage.server.sync();
    expect(next.counts).toEqual(
      onlyCounts({ departments: { restore: 5 }, members: { restore: 5 }, memberships: { create: 6 } }),
    );
    expect(await stage.dump()).toEqual(full);
  });

  it('of new values, sensitive ones too, and finds the member by the old name again', async () => {
    const mobileOf = async () => (await stage.dump())['member ann']?.sensitive;
    const old = await mobileOf();
    expect(old).toMatchObject({ mobile: expect.any(String) });
    const before = await stage.dump();
    updateMember(stage.corp, 'ann', { name: '安妮', position: '主任', status: 2 });
    stage.setMobile('ann', '13900001234');
    const run = await stage.server.sync();
    expect(await mobileOf()).toMatchObject({ mobile: '13900001234' });

    const undoRun = await stage.undo(run);
    expectTakenBack(before, await stage.dump());
    const findNames = async (q: string) =>
      (await stage.server.api.call(endpoints.listMembers, { query: { q } })).items.map(({ name }) => name);
    expect(await findNames('chengyuanann')).toEqual(['成员ann']);
    expect(await findNames('anni')).toEqual([]);
    const { items } = await stage.server.api.call(endpoints.listSyncChanges, { params: { id: undoRun.id } });
    expect(items).toMatchObject([
      {
        kind: 'update',
        key: 'ann',
        before: { name: '安妮', status: 2 },
        after: { name: '成员ann', status: 1 },
      },
    ]);
    expect(JSON.stringify(items)).not.toContain('13900001234');
    const stored = await stage.sql('SELECT before, after FROM sync_change');
    expect(JSON.stringify(stored)).not.toContain('13900001234');

    const next = await stage.server.sync();
    expect(next.counts).toEqual(onlyCounts({ members: { update: 1 } }));
    expect(await mobileOf()).toMatchObject({ mobile: '13900001234' });
  });

  it('of sensitive fields that had never been visible', async () => {
    hire(stage.corp, 'fay', 20);
    stage.server.wecom.apps[0]!.createdAfter20220620 = true;
    await stage.server.sync();
    expect((await stage.dump())['member fay']?.sensitive).toEqual({});
    const { run } = await thereAndBack(() => {
      stage.server.wecom.apps[0]!.createdAfter20220620 = false;
    });
    expect(run.counts.members.update).toBe(1);
  });

  it('of moves of departments, also of a parent with its child', async () => {
    await thereAndBack(() => {
      updateDepartment(stage.corp, 20, { parentid: 11, name: '新名', order: 7 });
      updateDepartment(stage.corp, 21, { parentid: 1 });
    });
    const { run } = await thereAndBack(() => {
      updateDepartment(stage.corp, 20, { parentid: 1 });
      updateDepartment(stage.corp, 11, { parentid: 20 });
    });
    expect(run.counts.departments.move).toBe(2);
  });

  it('of memberships: departments, the main one, leaders', async () => {
    await thereAndBack(() => {
      move(stage.corp, 'ann', 10, 11, 20);
      move(stage.corp, 'cai', 20);
      setDepartmentLeader(stage.corp, 'dan', 20, true);
    });
  });

  it('of a member who left, with their memberships', async () => {
    const { undoRun } = await thereAndBack(() => {
      setDepartmentLeader(stage.corp, 'dan', 20, false);
      removeMember(stage.corp, 'cai');
    });
    expect(undoRun.counts.members.restore).toBe(1);
  });

  it('of a member who came back: gone since when they were gone before', async () => {
    const leftAt = (await stage.dump())['member cai']?.left_at;
    expect(leftAt).toEqual(expect.any(String));
    await thereAndBack(() => {
      hire(stage.corp, 'Cai', 10);
      updateMember(stage.corp, 'Cai', { name: '蔡' });
      stage.setMobile('Cai', '13900005678');
    });
  });

  it('of new departments and members in them', async () => {
    const { run } = await thereAndBack(() => {
      addDepartment(stage.corp, 30, 10);
      addDepartment(stage.corp, 31, 30);
      hire(stage.corp, 'gus', 31);
      move(stage.corp, 'bob', 30);
    });
    expect(run.counts.departments.create).toBe(2);
  });

  it('of departments that were removed, and of their return elsewhere', async () => {
    await thereAndBack(() => {
      move(stage.corp, 'gus', 10);
      move(stage.corp, 'bob', 10);
      deleteDepartment(stage.corp, 31);
      deleteDepartment(stage.corp, 30);
    });
    await thereAndBack(() => {
      addDepartment(stage.corp, 31, 20);
      addDepartment(stage.corp, 30, 31);
    });
  });

  it('of an undo: what the run changed is changed again', async () => {
    const before = await stage.dump();
    updateMember(stage.corp, 'dan', { name: '丹' });
    hire(stage.corp, 'hal', 10);
    move(stage.corp, 'eve', 10);
    const run = await stage.server.sync();
    const after = await stage.dump();
    const undoRun = await stage.undo(run);
    const redo = await stage.undo(undoRun);
    expect(withoutGoneMarks(await stage.dump())).toEqual(withoutGoneMarks(after));
    expect(await stage.readRun(undoRun.id)).toMatchObject({ undoOf: run.id, undoneBy: redo.id });

    expect(await stage.refuseUndo(run)).toMatchObject({ status: 409, code: 'undo.not_possible' });
    await stage.undo(redo);
    expectTakenBack(before, await stage.dump());
    await stage.server.sync();
  });

  it('of a preview that was approved', async () => {
    const before = await stage.dump();
    updateMember(stage.corp, 'eve', { name: '夏娃' });
    const preview = await stage.server.sync('preview');
    expect((await stage.refuseUndo(preview)).code).toBe('undo.not_possible');
    await stage.undo(await stage.approve(preview));
    expectTakenBack(before, await stage.dump());
    await stage.server.sync();
  });

  it('is refused for a run without changes, and for one that was undone', async () => {
    const idle = await stage.server.sync();
    expect(idle.counts).toEqual(onlyCounts({}));
    expect(await stage.refuseUndo(idle)).toMatchObject({ status: 409, code: 'undo.not_possible' });

    updateMember(stage.corp, 'eve', { position: '经理' });
    const run = await stage.server.sync();
    await stage.undo(run);
    const undone = await stage.dump();
    const answer = await stage.server.api.request('POST', `/sync-runs/${run.id}/undo`, {
      headers: { 'accept-language': 'zh-CN' },
    });
    expect(answer.body).toMatchObject({ status: 409, code: 'undo.not_possible', title: '该同步不能撤销' });
    expect(await stage.dump()).toEqual(undone);
    await stage.server.sync();
  });

  it('that removes more than the guard lets pass needs the number of removals', async () => {
    await hireAndSync(3);
    const within = await hireAndSync(3);
    expect(await stage.readEffect(within)).toMatchObject({ mustConfirm: false, reasons: [] });
    const run = await hireAndSync(4);
    expect(await stage.readEffect(run)).toEqual({
      removals: { departments: 0, members: 4 },
      restorals: { departments: 0, members: 0 },
      reverts: { departments: 0, members: 0 },
      mustConfirm: true,
      reasons: [{ code: 'guard.members_over_limit', count: 4, limit: 3 }],
    });
    const before = await stage.dump();
    for (const body of [undefined, {}, { confirmedRemovals: 3 }])
      expect(await stage.refuseUndo(run, body)).toMatchObject({ status: 409, code: 'undo.unconfirmed' });
    const answer = await stage.server.api.request('POST', `/sync-runs/${run.id}/undo`, {
      headers: { 'accept-language': 'zh-CN' },
    });
    expect(answer.body).toMatchObject({
      title: '撤销将移除的数量超过移除保护的上限',
      detail: expect.stringContaining('4 名成员和 0 个部门'),
    });
    expect(await stage.dump()).toEqual(before);
    await stage.undo(run);
    expect(await readUnapproved()).toBeNull();
    await stage.server.sync();
  });

  it('that nobody confirmed counts towards the guard, so that small ones do not add up to a large one', async () => {
    const [first, second] = [await hireAndSync(2), await hireAndSync(2)];
    const undoRun = await stage.startUndo(second, {});
    await stage.server.waitForRun(undoRun.id);
    expect(await readUnapproved()).toEqual({ departments: 0, members: 2 });
    expect(await stage.readEffect(first)).toMatchObject({
      mustConfirm: true,
      reasons: [{ code: 'guard.members_over_limit', count: 4, limit: 3 }],
    });
    await stage.resetGuardWindow();
    await stage.server.sync();
  });

  it('that removes an admin, or everybody, needs the number as well', async () => {
    expect(await stage.readEffect(await hireAndSync(1))).toMatchObject({ mustConfirm: false });
    const run = await hireAndSync(1);
    await stage.sql(`UPDATE member SET role = 'admin' WHERE user_key = $1`, [`r${hired}`]);
    expect(await stage.readEffect(run)).toMatchObject({
      mustConfirm: true,
      reasons: [
        {
          code: 'guard.admin_leaving',
          keys: [`r${hired}`],
          members: [{ wecomUserId: `r${hired}`, name: `成员r${hired}` }],
        },
      ],
    });
    await stage.sql(`UPDATE member SET presence = 'left' WHERE user_key <> $1`, [`r${hired}`]);
    const everybody = await stage.readEffect(run);
    expect(everybody.reasons.map(({ code }) => code)).toContain('guard.empty_answer');
    await stage.sql(`UPDATE member SET presence = 'present', role = 'member'`);
    await stage.server.sync();
  });

  it('is in the audit log, and for admins only', async () => {
    updateMember(stage.corp, 'eve', { position: '总监' });
    const run = await stage.server.sync();
    for (const role of ['auditor', 'member'] as const) {
      const client = await createAccount(stage.server, role);
      const problem = await client.refused(endpoints.undoSyncRun, { params: { id: run.id } });
      expect(problem.code).toBe('permission.denied');
    }
    const undoRun = await stage.undo(run);
    const { items } = await stage.server.api.call(endpoints.listAuditEntries);
    expect(items[0]).toMatchObject({ action: 'sync.undo', target: undoRun.id, after: { undoOf: run.id } });
  });

  it.runIf(usesPostgres)('tells how much of it is planned', async () => {
    await stage.server.sync();
    for (const name of ['pia', 'pim', 'pol']) hire(stage.corp, name, 1);
    const run = await stage.server.sync();
    const blocker = new pg.Client({ connectionString: connectionStringOf(stage.server.database) });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE sync_change IN SHARE MODE'); // the plan cannot be stored
    const { id } = await stage.startUndo(run);
    const readWork = async () => (await stage.readRun(id)).progress.work;
    await expect.poll(readWork).toEqual({ done: 6, total: 6 }); // three people and their places
    await blocker.end();
    expect(await stage.server.waitForRun(id)).toMatchObject({ status: 'succeeded' });
    await stage.server.sync();
  });
});
