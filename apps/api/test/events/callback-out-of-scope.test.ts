import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { createApp, sampleApp, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type CallbackSender,
  createCallbackSender,
  departmentChange,
  memberChange,
} from '../support/callback-sender.ts';
import { onlyCounts } from '../support/read-directory.ts';
import { addDepartment, createSmallCorp, hire, move } from '../support/small-corp.ts';
import { hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';

let server: TestServer;
let sender: CallbackSender;
const corp = createSmallCorp(
  [[1, 0], [2, 1], ...Array.from({ length: 20 }, (_, index) => [100 + index, 2] as const), [3, 1]],
  [
    ['ann', 2],
    ['out', 3],
  ],
);
beforeAll(async () => {
  const app = createApp({ agentid: sampleApp.agentid, secret: sampleApp.secret });
  app.scope = { partyIds: [2], userids: [], tagIds: [] };
  server = await startTestServer({ wecom: { corp, apps: [app] }, timing: hurriedTiming() });
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
  sender = await createCallbackSender(server);
});
afterAll(() => server.stop());
afterEach(() => server.wecom.faults.clear());

/** WeCom's other answer about somebody out of scope; the usual one is 60111. */
const denyMembers = () =>
  server.wecom.faults.add({ endpoint: 'user/get', effect: { kind: 'errcode', errcode: 60011 } });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends the events at once and gives the run that took them up, with the calls that it made. */
async function receive(...insides: string[]): Promise<{ run: SyncRun; calls: Record<string, number> }> {
  server.wecom.stats.reset();
  server.holdEvents();
  for (const inside of insides) expect((await sender.send(inside)).status).toBe(200);
  server.releaseEvents();
  const query = { limit: insides.length };
  for (;;) {
    await pause(25);
    const { items } = await server.api.call(endpoints.listWecomEvents, { query });
    if (items.some(({ status }) => status === 'waiting')) continue;
    expect(items.map(({ status }) => status)).toEqual(insides.map(() => 'processed'));
    const run = await server.waitForRun(items[0]!.runId!);
    const { gettoken: _, ...calls } = server.wecom.stats.snapshot().calls;
    return { run, calls };
  }
}
const nothingToDo = {
  trigger: 'callback',
  scope: 'targeted',
  status: 'succeeded',
  complete: true,
  warnings: [],
  counts: onlyCounts({}),
};

describe('events about what the app may not see and is not here', () => {
  it('cost one call each for members who are hired, changed, moved and leave elsewhere', async () => {
    denyMembers();
    hire(corp, 'new', 3);
    for (const inside of [
      memberChange('create_user', 'new'),
      memberChange('update_user', 'out'),
      memberChange('delete_user', 'gone'),
    ]) {
      const { run, calls } = await receive(inside);
      expect(run).toMatchObject(nothingToDo);
      expect(calls).toEqual({ 'user/get': 1 });
    }
  });

  it('cost one call each for departments that are made, changed and deleted elsewhere', async () => {
    addDepartment(corp, 30, 3);
    for (const inside of [
      departmentChange('create_party', 30),
      departmentChange('update_party', 3),
      departmentChange('delete_party', 999),
    ]) {
      const { run, calls } = await receive(inside);
      expect(run).toMatchObject(nothingToDo);
      expect(calls).toEqual({ 'department/list': 1 });
    }
  });

  it('do not keep what is seen in the same burst from being read', async () => {
    const { lastFullSync } = await server.api.call(endpoints.getSyncState);
    updateMember(corp, 'ann', { name: '安娜' });
    const { run, calls } = await receive(
      departmentChange('update_party', 3),
      memberChange('update_user', 'ann'),
    );
    expect(run).toMatchObject({ ...nothingToDo, counts: onlyCounts({ members: { update: 1 } }) });
    expect(calls).toEqual({ 'department/list': 1, 'user/get': 1 });
    // How fresh the directory is, only a full sync tells.
    expect((await server.api.call(endpoints.getSyncState)).lastFullSync).toEqual(lastFullSync);
  });

  it('are another thing for a member who is here: what became of them only a full sync tells', async () => {
    denyMembers();
    move(corp, 'ann', 3);
    const { run } = await receive(memberChange('update_user', 'ann'));
    expect(run).toMatchObject({
      scope: 'full',
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'callback.full_sync' })]),
    });
  });
});
