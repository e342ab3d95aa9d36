import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSmallCorp } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const userIds = ['ann', 'bob', 'cai', 'dan', 'eve', 'fay'];
const corp = createSmallCorp(
  [
    [1, 0],
    [10, 1],
  ],
  userIds.map((userId) => [userId, 10] as const),
);
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp } });
});
afterAll(() => server.stop());

const unknown = { lastFullSync: null, nextSyncAt: null, differences: [], needsPerson: null };
const readState = () => server.api.call(endpoints.getSyncState);
const readConnection = async () => (await server.api.call(endpoints.getWecomSettings)).connection;
const refuse = () =>
  server.wecom.faults.add({ endpoint: 'department/list', effect: { kind: 'errcode', errcode: 60020 } });

describe('how fresh the directory is', () => {
  let full: SyncRun;

  it('is unknown before the first sync', async () => {
    expect(await readState()).toEqual(unknown);
    await server.configure();
    expect(await readState()).toEqual(unknown);
  });

  it('is told by the last full sync, not by a preview, a check or an undo after it', async () => {
    full = await server.sync();
    updateMember(corp, 'ann', { name: '安安' });
    await server.sync('preview');
    const checked = await server.api.call(endpoints.checkMember, {
      params: { wecomUserId: 'ann' },
      body: { apply: true },
    });
    expect(checked.runId).not.toBeNull();
    expect(await readState()).toMatchObject({ lastFullSync: { runId: full.id }, differences: [] });

    const undo = await server.api.call(endpoints.undoSyncRun, { params: { id: checked.runId ?? '' } });
    await server.waitForRun(undo.id);
    expect(await readState()).toMatchObject({
      lastFullSync: { runId: full.id },
      differences: [{ kind: 'undone', runId: undo.id }],
    });
  });

  it('names a later sync that failed, and forgets both after one that did not', async () => {
    refuse();
    const failed = await server.sync();
    expect(failed.status).toBe('failed');
    const { lastFullSync, differences, needsPerson } = await readState();
    expect(lastFullSync?.runId).toBe(full.id);
    expect(differences.map(({ kind }) => kind)).toEqual(['failed', 'undone']);
    expect(differences[0]?.runId).toBe(failed.id);
    expect(needsPerson).toBeNull(); // nobody has a schedule that failed
    server.wecom.faults.clear();
    const next = await server.sync();
    expect(await readState()).toMatchObject({ lastFullSync: { runId: next.id }, differences: [] });
  });

  it('names what awaits approval, and what was rejected', async () => {
    for (const userId of userIds.slice(1)) removeMember(corp, userId);
    const held = await server.sync();
    expect(held.status).toBe('awaitingApproval');
    expect((await readState()).differences).toMatchObject([{ kind: 'held', runId: held.id }]);
    await server.api.call(endpoints.rejectSyncRun, { params: { id: held.id } });
    expect((await readState()).differences).toMatchObject([{ kind: 'notRemoved', runId: held.id }]);
  });

  it('knows the next scheduled sync', async () => {
    await server.api.call(endpoints.saveSyncSettings, {
      body: { schedule: { kind: 'daily', at: '02:30' } },
    });
    const { nextSyncAt } = await readState();
    expect(Date.parse(nextSyncAt ?? '')).toBeGreaterThan(Date.now());
  });
});

describe('whether WeCom answers', () => {
  it('is told by the latest call: a sync that fails turns it, and so does one that works again', async () => {
    await server.api.call(endpoints.testWecomSettings, { body: {} });
    expect(await readConnection()).toMatchObject({ lastSuccess: { by: 'test', runId: null } });
    refuse();
    const failed = await server.sync();
    const { lastSuccess, lastFailure } = await readConnection();
    expect(lastFailure).toMatchObject({ by: 'sync', runId: failed.id, errcode: 60020 });
    expect(lastFailure?.title).not.toBe('');
    expect(Date.parse(lastFailure?.at ?? '')).toBeGreaterThan(Date.parse(lastSuccess?.at ?? ''));
    server.wecom.faults.clear();
    const next = await server.sync();
    const after = await readConnection();
    expect(after.lastSuccess).toMatchObject({ by: 'sync', runId: next.id });
    expect(Date.parse(after.lastSuccess?.at ?? '')).toBeGreaterThan(Date.parse(lastFailure?.at ?? ''));
  });
});
