import { endpoints } from '@orgmirror/contracts';
import { removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectTakenBack } from '../support/dump-directory.ts';
import { hire } from '../support/small-corp.ts';
import { holdLease } from '../support/sync-lease.ts';
import { startUndoStage, type UndoStage } from '../support/undo-stage.ts';

describe('an undo and the other runs', () => {
  let stage: UndoStage;
  beforeEach(async () => {
    stage = await startUndoStage();
  });
  afterEach(() => stage.server.stop());

  it('takes back what was applied of a run whose removals are held, and ends the wait', async () => {
    hire(stage.corp, 'new1', 1);
    for (const userid of ['bob', 'cai', 'dan', 'eve']) removeMember(stage.corp, userid);
    const before = await stage.dump();
    const held = await stage.server.sync();
    expect(held).toMatchObject({ status: 'awaitingApproval', held: { members: 4 } });
    const undoRun = await stage.undo(held);
    expect(undoRun.counts.members).toEqual({ create: 0, update: 0, remove: 1, restore: 0 });
    expectTakenBack(before, await stage.dump());
    expect(await stage.readRun(held.id)).toMatchObject({
      status: 'cancelled',
      error: { code: 'sync.superseded' },
    });
  });

  it('takes back what was held once that was approved', async () => {
    for (const userid of ['bob', 'cai', 'dan', 'eve']) removeMember(stage.corp, userid);
    updateMember(stage.corp, 'ann', { name: '安妮' });
    const before = await stage.dump();
    const held = await stage.server.sync();
    const undoRun = await stage.undo(await stage.approve(held));
    expect(undoRun.counts.members).toEqual({ create: 0, update: 1, remove: 0, restore: 4 });
    expectTakenBack(before, await stage.dump());
  });

  it('is refused while another run goes on, and can be started anew after it was cancelled or killed', async () => {
    updateMember(stage.corp, 'ann', { name: '安妮' });
    const before = await stage.dump();
    const run = await stage.server.sync();
    const sql = stage.sql;
    const aMinuteAgo = `now() - interval '1 minute'`;
    await holdLease(sql); // what is queued must wait

    const sync = await stage.server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    expect(await stage.refuseUndo(run)).toMatchObject({
      status: 409,
      code: 'sync.already_running',
      runId: sync.id,
    });
    await stage.server.api.call(endpoints.cancelSyncRun, { params: { id: sync.id } });

    const cancelled = await stage.startUndo(run);
    expect(cancelled).toMatchObject({ mode: 'undo', status: 'queued', trigger: 'manual', undoOf: run.id });
    expect((await stage.refuseUndo(run)).code).toBe('sync.already_running');
    await stage.server.api.call(endpoints.cancelSyncRun, { params: { id: cancelled.id } });
    expect((await stage.readRun(run.id)).undoneBy).toBeNull();

    const killed = await stage.startUndo(run);
    await sql(`UPDATE sync_run SET status = 'applying', status_changed_at = ${aMinuteAgo} WHERE id = $1`, [
      killed.id,
    ]);
    await sql(`UPDATE sync_lease SET run_id = $1, expires_at = ${aMinuteAgo}`, [killed.id]);
    await expect.poll(async () => (await stage.readRun(killed.id)).status).toBe('failed');
    expect((await stage.readRun(run.id)).undoneBy).toBeNull();

    const undoRun = await stage.undo(run);
    expectTakenBack(before, await stage.dump());
    expect((await stage.readRun(run.id)).undoneBy).toBe(undoRun.id);
  });

  it('is not possible in the directory of a corp that was replaced', async () => {
    updateMember(stage.corp, 'ann', { name: '安妮' });
    const run = await stage.server.sync();
    await stage.server.api.call(endpoints.saveWecomSettings, {
      body: { corpId: 'wwffffffffffffffff', agentId: 1, secret: 'another', confirmCorpChange: true },
    });
    expect((await stage.refuseUndo(run)).code).toBe('undo.not_possible');
  });
});
