import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { type Corp, deleteDepartment, removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { dumpMirror, onlyCounts, readStoredDirectory } from '../support/read-directory.ts';
import { addDepartment, createSmallCorp, crowd, hire } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

/** 100 members, of whom 5 may leave; 64 departments, of which 3 may go. */
const createGuardedCorp = (): Corp =>
  createSmallCorp(
    [[1, 0], ...Array.from({ length: 63 }, (_, index): [number, number] => [index + 2, 1])],
    crowd(100, 1),
  );

describe('the guard', () => {
  let server: TestServer;
  let sql: Sql;
  let corp: Corp;

  beforeAll(async () => {
    server = await startTestServer({ env: { WECOM_MAX_CALLS_PER_MINUTE: '1000000' } }); // of all stories together
    sql = openSql(server.database);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    corp = createGuardedCorp();
    await server.beginAgain(corp);
    expect((await server.sync()).status).toBe('succeeded');
  });

  /** The first `count` of the crowd from `u<first>` on leave. */
  const leave = (first: number, count: number) => {
    for (let number = first; number < first + count; number++) removeMember(corp, `u${number}`);
  };
  const goAway = (first: number, count: number) => {
    for (let id = first; id < first + count; id++) deleteDepartment(corp, id);
  };
  const countPresent = async () => {
    const { departments, members } = await readStoredDirectory(sql);
    return {
      departments: departments.filter(({ presence }) => presence === 'present').length,
      members: members.filter(({ presence }) => presence === 'present').length,
    };
  };
  const approve = (run: SyncRun) =>
    server.api.call(endpoints.approveSyncRun, {
      params: { id: run.id },
      body: { planFingerprint: run.planFingerprint ?? '' },
    });
  const refuse = (run: SyncRun, planFingerprint: string) =>
    server.api.refused(endpoints.approveSyncRun, { params: { id: run.id }, body: { planFingerprint } });
  const decide = async (run: SyncRun) => {
    await approve(run);
    return server.waitForRun(run.id);
  };

  it('lets as many members leave as the limit says', async () => {
    leave(1, 5);
    expect(await server.sync()).toMatchObject({
      status: 'succeeded',
      counts: { members: { remove: 5 } },
      heldReasons: [],
    });
    expect((await countPresent()).members).toBe(95);
  });

  it('holds one more than the limit, while what is created goes through', async () => {
    leave(1, 6);
    hire(corp, 'zoe', 2);
    updateMember(corp, 'u50', { name: '新名' });
    addDepartment(corp, 900, 1);
    const run = await server.sync();
    expect(run).toMatchObject({
      status: 'awaitingApproval',
      finishedAt: null,
      held: { members: 6, departments: 0 },
      heldReasons: [{ code: 'guard.members_over_limit', count: 6, limit: 5 }],
    });
    expect(await countPresent()).toEqual({ departments: 65, members: 101 });
    const { items } = await server.api.call(endpoints.listSyncChanges, {
      params: { id: run.id },
      query: { held: 'true' } as never, // the contract's type is that after parsing
    });
    expect(items.filter(({ entity }) => entity === 'member').map(({ kind }) => kind)).toEqual(
      Array.from({ length: 6 }, () => 'remove'),
    );
    const leaver = await server.api.call(endpoints.getMember, { params: { wecomUserId: 'u1' } });
    expect(leaver).toMatchObject({ presence: 'present', departments: [{ id: 1 }] });
  });

  it('judges departments on their own', async () => {
    goAway(2, 3);
    leave(1, 5);
    expect((await server.sync()).status).toBe('succeeded');
    await sql(`UPDATE sync_run SET applied_at = applied_at - interval '25 hours'`);
    goAway(5, 4);
    leave(6, 2);
    const run = await server.sync();
    expect(run).toMatchObject({
      status: 'awaitingApproval',
      held: { members: 0, departments: 4 },
      heldReasons: [{ code: 'guard.departments_over_limit', count: 4, limit: 3 }],
    });
    expect(await countPresent()).toEqual({ departments: 61, members: 93 });
  });

  it('sums up what left in the last 24 hours, and no longer', async () => {
    leave(1, 3);
    await server.sync();
    leave(4, 2);
    expect((await server.sync()).status).toBe('awaitingApproval'); // 3 + 2 of 97, limit 4
    await sql(`UPDATE sync_run SET applied_at = applied_at - interval '23 hours 59 minutes'`);
    expect((await server.sync()).heldReasons).toEqual([
      { code: 'guard.members_over_limit', count: 5, limit: 4 },
    ]);
    await sql(`UPDATE sync_run SET applied_at = applied_at - interval '1 minute 1 second'`);
    expect(await server.sync()).toMatchObject({ status: 'succeeded', counts: { members: { remove: 2 } } });
  });

  it('does not count what was approved', async () => {
    leave(1, 6);
    expect((await decide(await server.sync())).status).toBe('succeeded');
    leave(7, 4);
    expect((await server.sync()).status).toBe('succeeded');
  });

  it('holds everything when WeCom shows nothing at all', async () => {
    server.wecom.apps[0]!.scope = { partyIds: [], userids: [], tagIds: [] };
    const before = await dumpMirror(sql);
    const run = await server.sync();
    expect(run.status).toBe('awaitingApproval');
    expect(run.heldReasons).toContainEqual({ code: 'guard.empty_answer' });
    expect(run.held).toEqual({ members: 100, departments: 64 });
    expect(await dumpMirror(sql)).toEqual(before);
  });

  it('holds the leaving of an admin of this console in any number, and names them', async () => {
    hire(corp, 'Boss', 1);
    await server.sync();
    await sql(`UPDATE member SET role = 'admin' WHERE user_key = 'boss'`);
    removeMember(corp, 'Boss');
    leave(1, 1);
    const run = await server.sync();
    expect(run).toMatchObject({
      status: 'awaitingApproval',
      held: { members: 1 },
      heldReasons: [
        {
          code: 'guard.admin_leaving',
          keys: ['boss'],
          members: [{ wecomUserId: 'Boss', name: '成员Boss' }],
        },
      ],
    });
    expect((await countPresent()).members).toBe(100);
    expect((await decide(run)).status).toBe('succeeded');
    expect((await countPresent()).members).toBe(99);
  });

  it('applies exactly what is held once it is approved', async () => {
    leave(1, 6);
    const held = await server.sync();
    hire(corp, 'late', 1); // not in the plan
    const before = await readStoredDirectory(sql);
    const done = await decide(held);
    expect(done).toMatchObject({ status: 'succeeded', error: null, held: { members: 0, departments: 0 } });
    const after = await readStoredDirectory(sql);
    expect(after.departments).toEqual(before.departments);
    const gone = after.members.filter(({ presence }) => presence === 'left');
    expect(gone.map(({ key, memberships, hasLeftAt }) => [key, memberships, hasLeftAt])).toEqual(
      ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'].map((key) => [key, [], true]),
    );
    expect(after.members.map(({ localId }) => localId)).toEqual(before.members.map(({ localId }) => localId));
    expect((await server.sync()).counts).toEqual(
      onlyCounts({ members: { create: 1 }, memberships: { create: 1 } }),
    );
  });

  it('refuses another fingerprint and changes nothing', async () => {
    leave(1, 6);
    const run = await server.sync();
    const before = await dumpMirror(sql);
    expect(await refuse(run, 'f'.repeat(64))).toMatchObject({ status: 409, code: 'plan.stale' });
    expect(await dumpMirror(sql)).toEqual(before);
    expect((await server.api.call(endpoints.getSyncRun, { params: { id: run.id } })).status).toBe(
      'awaitingApproval',
    );
    expect((await decide(run)).status).toBe('succeeded');
    expect(await refuse(run, run.planFingerprint ?? '')).toMatchObject({
      code: 'sync.not_awaiting_approval',
    });
  });

  it('applies an approval once, however often it is clicked', async () => {
    leave(1, 6);
    const run = await server.sync();
    const clicks = await Promise.allSettled([approve(run), approve(run), approve(run)]);
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await server.waitForRun(run.id)).status).toBe('succeeded');
    expect((await countPresent()).members).toBe(94);
  });

  it('keeps all members when the removals are rejected', async () => {
    leave(1, 6);
    const run = await server.sync();
    const before = await dumpMirror(sql);
    const rejected = await server.api.call(endpoints.rejectSyncRun, { params: { id: run.id } });
    expect(rejected).toMatchObject({ status: 'rejected', finishedAt: expect.any(String) });
    expect(await dumpMirror(sql)).toEqual(before);
    expect(await refuse(run, run.planFingerprint ?? '')).toMatchObject({
      code: 'sync.not_awaiting_approval',
    });
    expect((await server.sync()).held.members).toBe(6);
  });

  it('lets a later run supersede one that waits', async () => {
    leave(1, 6);
    const older = await server.sync();
    const newer = await server.sync();
    expect(newer).toMatchObject({ status: 'awaitingApproval', held: { members: 6 } });
    expect(await server.waitForRun(older.id)).toMatchObject({
      status: 'cancelled',
      error: { code: 'sync.superseded' },
    });
    const refusal = await refuse(older, older.planFingerprint ?? '');
    expect(refusal).toMatchObject({ status: 409, code: 'plan.stale' });
    expect((await decide(newer)).status).toBe('succeeded');
  });

  it('leaves a waiting run alone when a later one fails', async () => {
    leave(1, 6);
    const older = await server.sync();
    server.wecom.faults.add({ endpoint: 'department/list', effect: { kind: 'nonJson' } });
    expect((await server.sync()).status).toBe('failed');
    expect((await decide(older)).status).toBe('succeeded');
    expect((await countPresent()).members).toBe(94);
  });

  describe('preview', () => {
    it('applies nothing; its approval applies exactly that plan', async () => {
      leave(1, 6);
      hire(corp, 'zoe', 2);
      const before = await dumpMirror(sql);
      const run = await server.sync('preview');
      expect(run).toMatchObject({
        status: 'awaitingApproval',
        mode: 'preview',
        counts: { members: { create: 1, remove: 6 } },
      });
      expect(await dumpMirror(sql)).toEqual(before);
      hire(corp, 'late', 1);
      expect((await decide(run)).status).toBe('succeeded');
      const { members } = await readStoredDirectory(sql);
      const present = members.filter(({ presence }) => presence === 'present').map(({ key }) => key);
      expect(present).toHaveLength(95);
      expect(present).toContain('zoe');
      expect(present).not.toContain('late');
    });

    it('has nothing to approve when nothing changed', async () => {
      expect(await server.sync('preview')).toMatchObject({ status: 'succeeded', counts: onlyCounts({}) });
    });

    it('goes stale when the directory changes under it', async () => {
      leave(1, 2);
      const run = await server.sync('preview');
      await sql(`UPDATE corp SET revision = revision + 1`);
      const before = await dumpMirror(sql);
      expect(await refuse(run, run.planFingerprint ?? '')).toMatchObject({ status: 409, code: 'plan.stale' });
      expect(await dumpMirror(sql)).toEqual(before);
    });

    it('is superseded by another run', async () => {
      hire(corp, 'zoe', 2);
      const run = await server.sync('preview');
      expect((await server.sync()).status).toBe('succeeded');
      expect((await server.waitForRun(run.id)).error?.code).toBe('sync.superseded');
      const refusal = await refuse(run, run.planFingerprint ?? '');
      expect(refusal).toMatchObject({ status: 409, code: 'plan.stale' });
    });
  });
});
