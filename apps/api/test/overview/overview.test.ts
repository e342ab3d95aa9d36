import { endpoints, type Overview } from '@orgmirror/contracts';
import { removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../support/create-account.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp, hire } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const userIds = ['ann', 'bob', 'cai', 'dan', 'eve', 'fay'];
const corp = createSmallCorp(
  [
    [1, 0],
    [10, 1],
    [20, 1],
  ],
  userIds.map((userId) => [userId, userId === 'fay' ? 20 : 10] as const),
);
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp } });
});
afterAll(() => server.stop());

const read = (): Promise<Overview> => server.api.call(endpoints.getOverview);
const codesOf = ({ concerns }: Overview) => concerns.map(({ code }) => code);

describe('the overview', () => {
  it('says before the connection that there is nothing yet, and where to begin', async () => {
    const overview = await read();
    expect([overview.verdict, codesOf(overview)]).toEqual(['notSetUp', ['notConfigured']]);
    expect(overview.people).toMatchObject({ present: 0, departments: 0, largest: [] });
    expect(overview.rights.map(({ state }) => state)).toEqual(['off', 'off', 'off', 'off']);
    expect(overview.signIns[0]).toMatchObject({ actor: 'admin', way: 'local', result: 'succeeded' });
    expect(overview.versions).toMatchObject({ server: '0.1.0', node: process.versions.node });
    await server.configure();
    expect(codesOf(await read())).toEqual(['neverSynced']);
  });

  it('is healthy after a sync, and counts people; the first sync is no change', async () => {
    const run = await server.sync();
    const { verdict, concerns, sync, people, activity, rights, decisions } = await read();
    expect([verdict, concerns, decisions]).toEqual(['healthy', [], []]);
    expect(sync).toMatchObject({ lastFullSync: { runId: run.id }, differences: [], active: null });
    expect(people).toMatchObject({ present: 6, activated: 6, disabled: 0, left: 0, departments: 3 });
    expect(
      people.largest.map(({ departmentId, totalMemberCount }) => [departmentId, totalMemberCount]),
    ).toEqual([
      [10, 5],
      [20, 1],
    ]);
    expect([activity.days.length, activity.weeks.length]).toEqual([30, 12]);
    expect(activity.days.every(({ joined, left }) => joined + left === 0)).toBe(true);
    expect(rights[0]).toMatchObject({ id: 'contacts', state: 'working' });
    const { since, lastUsedAt } = rights[0] ?? {};
    expect(Date.parse(since ?? '')).toBeLessThan(Date.parse(lastUsedAt ?? ''));
  });

  it('counts who joined, left and changed by the day of their sync, as soon as it was applied', async () => {
    hire(corp, 'gil', 20);
    updateMember(corp, 'ann', { name: '安安', status: 2 });
    removeMember(corp, 'fay');
    await server.sync();
    const { activity, people } = await read();
    expect(activity.days.at(-1)).toMatchObject({ joined: 1, left: 1, updated: 1, moved: 0, departments: 0 });
    expect(activity.weeks.at(-1)).toMatchObject({ joined: 1, left: 1 });
    expect(people).toMatchObject({ present: 6, activated: 5, disabled: 1, left: 1 });
  });

  it('names what waits for a decision; what is held has not left', async () => {
    for (const userId of userIds.slice(1, 5)) removeMember(corp, userId);
    const held = await server.sync();
    const overview = await read();
    expect([overview.verdict, codesOf(overview)]).toEqual(['needsPerson', ['held']]);
    expect(overview.concerns[0]).toMatchObject({ runId: held.id, count: 4, at: held.heldUntil });
    expect(overview.decisions).toMatchObject([{ runId: held.id, mode: 'apply', subjects: 4 }]);
    expect(overview.activity.days.at(-1)?.left).toBe(1);
    await server.api.call(endpoints.approveSyncRun, {
      params: { id: held.id },
      body: { planFingerprint: held.planFingerprint ?? '' },
    });
    await server.waitForRun(held.id);
    const after = await read();
    expect([after.verdict, after.decisions]).toEqual(['healthy', []]);
    expect(after.activity.days.at(-1)?.left).toBe(5);
  });

  it('says what WeCom refuses, and is healthy again when it does not', async () => {
    server.wecom.faults.add({ endpoint: 'department/list', effect: { kind: 'errcode', errcode: 60020 } });
    const failed = await server.sync();
    const overview = await read();
    expect(codesOf(overview)).toEqual(['callsFail', 'failed']);
    expect(overview.concerns[0]).toMatchObject({ severity: 'error', runId: failed.id });
    expect(overview.concerns[0]?.detail).not.toBe('');
    expect(overview.rights[0]?.state).toBe('failing');
    server.wecom.faults.clear();
    await server.sync();
    expect((await read()).verdict).toBe('healthy');
  });

  it('draws the last 30 days and 12 weeks of ten years of syncs, and no more', async () => {
    await openSql(server.database)(`
      INSERT INTO sync_run (id, corp_row_id, mode, trigger, status, progress, counts, held, held_reasons,
                            warnings, subjects, applied_at, started_at, finished_at)
      SELECT gen_random_uuid(), corp_row_id, mode, 'schedule', 'succeeded', progress, counts, held,
             held_reasons, warnings, '{"join": {"free": 2, "held": 0}, "leave": {"free": 1, "held": 0}}',
             moment, moment, moment
      FROM (SELECT * FROM sync_run WHERE status = 'succeeded' LIMIT 1) pattern,
           generate_series(now() - interval '3650 days', now() - interval '24 hours', '24 hours') AS moment`);
    hire(corp, 'hal', 20);
    await server.sync(); // what the overview has counted before goes with the directory's revision
    const { activity } = await read();
    expect([activity.days.length, activity.weeks.length]).toEqual([30, 12]);
    const counts = { joined: 2, left: 1, moved: 0, updated: 0, departments: 0 };
    for (const day of activity.days.slice(0, -1)) expect(day).toEqual({ day: day.day, ...counts });
    expect(activity.weeks.slice(0, -1).every(({ joined, left }) => joined === 14 && left === 7)).toBe(true);
  });

  it('says when the next sync is', async () => {
    await server.api.call(endpoints.saveSyncSettings, {
      body: { schedule: { kind: 'everyHours', hours: 6 } },
    });
    const { sync } = await read();
    expect(Date.parse(sync.nextSyncAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('tells when syncing was switched off', async () => {
    await server.api.call(endpoints.saveSyncSettings, { body: { enabled: false } });
    expect(codesOf(await read())).toEqual(['syncOff']);
  });

  it('shows the last sign-ins, those that failed as well', async () => {
    await server.api.refused(endpoints.signIn, { body: { username: 'nobody', password: 'wrong-password' } });
    const [last] = (await read()).signIns;
    expect(last).toMatchObject({ way: 'local', result: 'failed' });
  });

  it('is for admins and auditors', async () => {
    const auditor = await createAccount(server, 'auditor');
    expect((await auditor.call(endpoints.getOverview)).verdict).toBe('needsPerson');
    const member = await createAccount(server, 'member');
    expect((await member.refused(endpoints.getOverview)).code).toBe('permission.denied');
  });
});
