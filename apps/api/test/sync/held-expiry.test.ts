import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { removeMember, sampleApp, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { dumpMirror, readStoredDirectory } from '../support/read-directory.ts';
import { createSmallCorp, crowd, hire } from '../support/small-corp.ts';
import { hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';

const hours = (run: SyncRun, since: string): number =>
  (Date.parse(run.heldUntil ?? '') - Date.parse(since)) / 3_600_000;

describe('a plan that waits for approval', () => {
  let server: TestServer;
  let sql: Sql;

  beforeAll(async () => {
    const env = { WECOM_MAX_CALLS_PER_MINUTE: '1000000' }; // of all stories together
    server = await startTestServer({ env, timing: hurriedTiming() });
    sql = openSql(server.database);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.beginAgain(createSmallCorp([[1, 0]], [['ann', 1], ...crowd(9, 1)]));
    await server.sync();
  });

  /** One more leaver than the guard lets through, and a new name beside. */
  async function holdLeavers(): Promise<SyncRun> {
    for (const userid of ['u1', 'u2', 'u3', 'u4']) removeMember(server.wecom.corp, userid);
    updateMember(server.wecom.corp, 'ann', { name: '安妮' });
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'awaitingApproval', held: { members: 4 } });
    return run;
  }

  const approve = (run: SyncRun) => ({
    params: { id: run.id },
    body: { planFingerprint: run.planFingerprint ?? '' },
  });
  const setHeldUntil = (run: SyncRun, interval: string) =>
    sql(`UPDATE sync_run SET held_until = now() + $2::interval WHERE id = $1`, [run.id, interval]);
  const readRun = (run: SyncRun) => server.api.call(endpoints.getSyncRun, { params: { id: run.id } });
  const presentCount = async () =>
    (await readStoredDirectory(sql)).members.filter(({ presence }) => presence === 'present').length;

  it('can be approved for 72 hours from when it began to wait', async () => {
    const held = await holdLeavers();
    const [row] = await sql<{ at: Date }>('SELECT applied_at AS at FROM sync_run WHERE id = $1', [held.id]);
    expect(hours(held, row!.at.toISOString())).toBe(72);
    expect(held.finishedAt).toBeNull();

    await setHeldUntil(held, '1 minute');
    await server.api.call(endpoints.approveSyncRun, approve(held));
    expect(await server.waitForRun(held.id)).toMatchObject({ status: 'succeeded', heldUntil: null });
    expect(await presentCount()).toBe(6);
  });

  it('is refused afterwards, and says that it has expired', async () => {
    const held = await holdLeavers();
    const before = await dumpMirror(sql);
    await setHeldUntil(held, '-1 second');
    const problem = await server.api.refused(endpoints.approveSyncRun, approve(held));
    expect(problem).toMatchObject({ status: 409, code: 'sync.held_expired' });
    expect(await dumpMirror(sql)).toEqual(before);
  });

  it('is ended by the server when its time is over, and stays refused for that reason', async () => {
    const held = await holdLeavers();
    await setHeldUntil(held, '-1 second');
    await expect.poll(async () => (await readRun(held)).status).toBe('cancelled');
    expect(await readRun(held)).toMatchObject({
      error: { code: 'sync.held_expired' },
      held: { departments: 0, members: 0 },
      heldUntil: null,
      finishedAt: expect.any(String),
    });
    const problem = await server.api.refused(endpoints.approveSyncRun, approve(held));
    expect(problem.code).toBe('sync.held_expired');
    expect(await presentCount()).toBe(10);
  });

  it('expires as a preview too, and leaves nothing behind', async () => {
    hire(server.wecom.corp, 'eve', 1);
    const preview = await server.sync('preview');
    expect(hours(preview, preview.startedAt)).toBeCloseTo(72, 1);
    await setHeldUntil(preview, '-1 second');
    expect((await server.api.refused(endpoints.approveSyncRun, approve(preview))).code).toBe(
      'sync.held_expired',
    );
    await expect.poll(async () => (await readRun(preview)).status).toBe('cancelled');
    expect(await presentCount()).toBe(10);
  });

  it('is planned anew by the next sync after it has expired', async () => {
    const held = await holdLeavers();
    await setHeldUntil(held, '-1 second');
    await expect.poll(async () => (await readRun(held)).status).toBe('cancelled');
    const next = await server.sync();
    expect(next).toMatchObject({ status: 'awaitingApproval', held: { members: 4 } });
    await server.api.call(endpoints.approveSyncRun, approve(next));
    expect((await server.waitForRun(next.id)).status).toBe('succeeded');
    expect(await presentCount()).toBe(6);
  });

  const credentials = () => ({
    corpId: server.wecom.corpid,
    agentId: sampleApp.agentid,
    secret: sampleApp.secret,
  });

  it('is stale once the guard, the agent or the secret was changed', async () => {
    const changes = [
      () => server.api.call(endpoints.saveSyncSettings, { body: { removalGuard: { maxCount: 2 } } }),
      () => server.api.call(endpoints.saveWecomSettings, { body: { ...credentials(), agentId: 1000099 } }),
      () => server.api.call(endpoints.saveWecomSettings, { body: { ...credentials(), secret: 'another' } }),
    ];
    let held = await holdLeavers();
    for (const change of changes) {
      await change();
      expect((await server.api.refused(endpoints.approveSyncRun, approve(held))).code).toBe('plan.stale');
      await server.api.call(endpoints.saveWecomSettings, { body: credentials() });
      held = await server.sync();
    }
    expect(await presentCount()).toBe(10);
  });

  it('is not stale for a save of anything else, or of the same again', async () => {
    const held = await holdLeavers();
    const body = { schedule: { kind: 'daily', at: '03:30' }, retentionDays: 90, enabled: false } as const;
    await server.api.call(endpoints.saveSyncSettings, { body });
    await server.api.call(endpoints.saveSyncSettings, { body: { removalGuard: { maxCount: 50 } } });
    await server.api.call(endpoints.saveWecomSettings, { body: credentials() });
    await server.api.call(endpoints.approveSyncRun, approve(held));
    expect((await server.waitForRun(held.id)).status).toBe('succeeded');
    expect(await presentCount()).toBe(6);
  });

  it('is approved by its own fingerprint only', async () => {
    const held = await holdLeavers();
    const wrong = { params: { id: held.id }, body: { planFingerprint: `${held.planFingerprint}0` } };
    expect((await server.api.refused(endpoints.approveSyncRun, wrong)).code).toBe('plan.stale');
    expect((await readRun(held)).status).toBe('awaitingApproval');
  });
});
