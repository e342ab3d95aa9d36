import { endpoints, type SyncRun, type WecomEvent } from '@orgmirror/contracts';
import {
  deleteDepartment,
  removeMember,
  sampleApp,
  updateDepartment,
  updateMember,
} from '@orgmirror/wecom-simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type CallbackSender,
  createCallbackSender,
  departmentChange,
  memberChange,
} from '../support/callback-sender.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { onlyCounts, readStoredDirectory } from '../support/read-directory.ts';
import { addDepartment, createSmallCorp, crowd, hire, move } from '../support/small-corp.ts';
import { hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';

let server: TestServer;
let sql: Sql;
let sender: CallbackSender;
beforeAll(async () => {
  const corp = createSmallCorp(
    [
      [1, 0],
      [10, 1],
      [20, 1],
      [21, 20],
    ],
    [['ann', 1], ['Bob', 10], ['cai', 20], ['dan', 10, 20], ['eve', 21], ...crowd(100, 1)],
  );
  server = await startTestServer({ wecom: { corp }, timeZone: 'America/New_York', timing: hurriedTiming() });
  sql = openSql(server.database);
  await server.configure();
  await setGuard({ maxCount: 1_000, maxPercent: 100 });
  await server.sync();
  sender = await createCallbackSender(server);
});
afterAll(() => server.stop());
afterEach(() => server.wecom.faults.clear());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Many times as long as it takes until an event that does not wait starts a run. */
const eventuallyMs = 1_000;

const corp = () => server.wecom.corp;
const setGuard = (removalGuard: { maxCount: number; maxPercent: number }) =>
  server.api.call(endpoints.saveSyncSettings, { body: { removalGuard } });
const listEvents = async (query: object = {}): Promise<WecomEvent[]> =>
  (await server.api.call(endpoints.listWecomEvents, { query: { limit: 200, ...query } })).items;
const findStored = async (key: string) =>
  (await readStoredDirectory(sql)).members.find((member) => member.key === key);
const findDepartment = async (id: number) =>
  (await readStoredDirectory(sql)).departments.find((department) => department.id === id);
const placesOf = async (key: string) =>
  (await findStored(key))?.memberships.map(({ departmentId }) => departmentId);

/** Lets those that wait for another try have it at once. */
const makeDue = () =>
  sql('UPDATE callback_event SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL');

/** Sends events, waits until none waits any more, and gives the runs that they made. */
async function receive(...insides: string[]): Promise<SyncRun[]> {
  const known = new Set((await server.api.call(endpoints.listSyncRuns)).items.map(({ id }) => id));
  server.holdEvents();
  const answers = await Promise.all(insides.map((inside) => sender.send(inside)));
  server.releaseEvents();
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  return settle(known);
}

async function settle(known: ReadonlySet<string>): Promise<SyncRun[]> {
  for (;;) {
    await pause(25);
    if ((await listEvents({ status: 'waiting' })).length > 0) continue;
    const { items } = await server.api.call(endpoints.listSyncRuns, { query: { limit: 200 } });
    return items.filter(({ id }) => !known.has(id)).reverse();
  }
}

const targeted = {
  trigger: 'callback',
  scope: 'targeted',
  mode: 'apply',
  status: 'succeeded',
  startedBy: null,
};

describe('a member', () => {
  it('who was hired is here by themselves', async () => {
    hire(corp(), 'Fay', 10, 21);
    server.wecom.stats.reset();
    const runs = await receive(memberChange('create_user', 'Fay'));
    expect(runs).toMatchObject([{ ...targeted, complete: true }]);
    expect(runs[0]?.counts).toEqual(onlyCounts({ members: { create: 1 }, memberships: { create: 2 } }));
    expect(await placesOf('fay')).toEqual([10, 21]);
    expect(server.wecom.stats.snapshot().calls).toEqual({ 'user/get': 1 });
    const [event] = await listEvents({ q: 'fay' });
    expect(event).toMatchObject({ status: 'processed', runId: runs[0]?.id, attempts: 1, error: null });
    expect(event?.processedAt).not.toBeNull();
  });

  it('a changed member is read again: the event itself is no data', async () => {
    updateMember(corp(), 'ann', { name: '安娜', position: '经理' });
    move(corp(), 'ann', 1, 20);
    const runs = await receive(`${memberChange('update_user', 'ANN')}<Name>somebody else</Name>`);
    expect(runs).toMatchObject([targeted]);
    expect(await findStored('ann')).toMatchObject({ name: '安娜', position: '经理' });
    expect((await listEvents({ q: 'ANN' }))[0]).toMatchObject({ object: 'ANN', objectName: '安娜' });
    expect(await placesOf('ann')).toEqual([1, 20]);
  });

  it('who was moved loses the former place', async () => {
    move(corp(), 'dan', 21);
    const [run] = await receive(memberChange('update_user', 'dan'));
    expect(run?.counts.memberships).toEqual({ create: 1, update: 0, remove: 2 });
    expect(await placesOf('dan')).toEqual([21]);
  });

  it('who is unchanged makes a run without changes', async () => {
    const [run] = await receive(memberChange('update_user', 'eve'));
    expect(run).toMatchObject({ ...targeted, counts: onlyCounts({}) });
  });

  it('who was deleted leaves, by the event and WeCom’s own word', async () => {
    removeMember(corp(), 'eve');
    const [run] = await receive(memberChange('delete_user', 'eve'));
    expect(run?.counts).toEqual(onlyCounts({ members: { remove: 1 }, memberships: { remove: 1 } }));
    expect(await findStored('eve')).toMatchObject({ presence: 'left', memberships: [] });
  });

  it('stays when only the event says that they were deleted', async () => {
    const [run] = await receive(memberChange('delete_user', 'Bob'));
    expect(run).toMatchObject({ ...targeted, counts: onlyCounts({}) });
    expect(await findStored('bob')).toMatchObject({ presence: 'present' });
  });

  it('who is gone without such an event is judged by a full sync', async () => {
    removeMember(corp(), 'u1');
    const runs = await receive(memberChange('update_user', 'u1'));
    expect(runs).toMatchObject([{ trigger: 'callback', scope: 'full', status: 'succeeded' }]);
    expect(runs[0]?.warnings).toMatchObject([{ code: 'callback.full_sync', examples: [{ key: 'u1' }] }]);
    expect(await findStored('u1')).toMatchObject({ presence: 'left' });
  });

  it('who was hired and left again is nobody’s concern', async () => {
    const runs = await receive(memberChange('create_user', 'ghost'), memberChange('delete_user', 'ghost'));
    expect(runs).toMatchObject([{ ...targeted, counts: onlyCounts({}) }]);
  });

  it('who returns gets the same row back', async () => {
    const before = await findStored('eve');
    hire(corp(), 'eve', 21);
    const [run] = await receive(memberChange('create_user', 'eve'));
    expect(run?.counts.members.restore).toBe(1);
    expect(await findStored('eve')).toMatchObject({ localId: before?.localId, presence: 'present' });
  });

  it('who comes into the app’s sight or leaves it is read again', async () => {
    updateMember(corp(), 'cai', { name: '蔡' });
    await sender.send('', {
      text: `<xml><FromUserName>cai</FromUserName><CreateTime>1660532400</CreateTime><MsgType>event</MsgType><Event>subscribe</Event></xml>`,
    });
    await settle(new Set());
    expect((await findStored('cai'))?.name).toBe('蔡');
  });

  it('in a department that is not here yet brings it along, with its parents', async () => {
    addDepartment(corp(), 30, 1);
    addDepartment(corp(), 31, 30);
    hire(corp(), 'gus', 31);
    const [run] = await receive(memberChange('create_user', 'gus'));
    expect(run).toMatchObject(targeted);
    expect(run?.counts).toEqual(
      onlyCounts({ departments: { create: 2 }, members: { create: 1 }, memberships: { create: 1 } }),
    );
    expect((await findDepartment(31))?.path).toBe('/1/30/31/');
  });
});

describe('a department', () => {
  it('that is new is here by itself, with those who are in it', async () => {
    addDepartment(corp(), 40, 10);
    move(corp(), 'u2', 40);
    const [run] = await receive(departmentChange('create_party', 40));
    expect(run).toMatchObject(targeted);
    expect(await findDepartment(40)).toMatchObject({ parentId: 10, presence: 'present', path: '/1/10/40/' });
    expect(await placesOf('u2')).toEqual([40]);
  });

  it('that was renamed and moved takes what is below along', async () => {
    updateDepartment(corp(), 20, { name: '新名', parentid: 10 });
    const [run] = await receive(departmentChange('update_party', 20));
    expect(run?.counts).toEqual(onlyCounts({ departments: { move: 1 } }));
    expect(await findDepartment(20)).toMatchObject({ name: '新名', parentId: 10 });
    expect((await listEvents({ q: '20' }))[0]).toMatchObject({ object: '20', objectName: '新名' });
    expect((await findDepartment(21))?.path).toBe('/1/10/20/21/');
  });

  it('that was deleted goes, by the event and WeCom’s own word', async () => {
    move(corp(), 'u2', 1);
    deleteDepartment(corp(), 40);
    const [run] = await receive(departmentChange('delete_party', 40), memberChange('update_user', 'u2'));
    expect(run).toMatchObject(targeted);
    expect(await findDepartment(40)).toMatchObject({ presence: 'removed' });
    expect(await placesOf('u2')).toEqual([1]);
  });

  it('that was deleted goes also when no event says who was in it', async () => {
    addDepartment(corp(), 41, 10);
    move(corp(), 'u3', 41);
    await receive(departmentChange('create_party', 41));
    move(corp(), 'u3', 1);
    deleteDepartment(corp(), 41);
    const [run] = await receive(departmentChange('delete_party', 41));
    expect(run).toMatchObject(targeted);
    expect(await placesOf('u3')).toEqual([1]);
  });

  it('stays when only the event says that it was deleted', async () => {
    const [run] = await receive(departmentChange('delete_party', 21));
    expect(run).toMatchObject({ ...targeted, counts: onlyCounts({}) });
    expect(await findDepartment(21)).toMatchObject({ presence: 'present' });
  });

  it('below one that was read goes when WeCom says so of both', async () => {
    addDepartment(corp(), 42, 10);
    await receive(departmentChange('create_party', 42));
    deleteDepartment(corp(), 42);
    const [run] = await receive(departmentChange('update_party', 10));
    expect(run).toMatchObject(targeted);
    expect(await findDepartment(42)).toMatchObject({ presence: 'removed' });
  });

  it('that is gone without such an event is judged by a full sync', async () => {
    addDepartment(corp(), 43, 10);
    await receive(departmentChange('create_party', 43));
    deleteDepartment(corp(), 43);
    const [run] = await receive(departmentChange('update_party', 43));
    expect(run).toMatchObject({ scope: 'full', status: 'succeeded' });
    expect(await findDepartment(43)).toMatchObject({ presence: 'removed' });
  });
});

describe('a burst', () => {
  it('of any order with repetitions becomes one run', async () => {
    const insides: string[] = [];
    for (let index = 0; index < 20; index++) {
      hire(corp(), `burst${index}`, 10);
      insides.push(memberChange('create_user', `burst${index}`));
    }
    removeMember(corp(), 'burst7');
    insides.unshift(memberChange('delete_user', 'burst7'));
    insides.push(insides[3]!, insides[5]!);
    const runs = await receive(...insides);
    expect(runs).toMatchObject([targeted]);
    expect(runs[0]?.counts.members.create).toBe(19);
  });

  it('of more than 200 becomes one full sync', async () => {
    const insides = Array.from({ length: 201 }, (_, index) => memberChange('update_user', `many${index}`));
    const runs = await receive(...insides);
    expect(runs).toMatchObject([{ trigger: 'callback', scope: 'full', status: 'succeeded' }]);
  });
});

describe('tags', () => {
  const change = (id: number) =>
    `<Event>change_contact</Event><ChangeType>update_tag</ChangeType><TagId>${id}</TagId><AddUserItems>ann</AddUserItems>`;

  it('that nobody’s visibility depends on change nothing', async () => {
    const [run] = await receive(change(7));
    expect(run).toMatchObject({ ...targeted, counts: onlyCounts({}) });
  });

  it('that the app’s scope uses make a full sync', async () => {
    const app = server.wecom.apps.find(({ agentid }) => agentid === sampleApp.agentid)!;
    const before = app.scope;
    corp().putTag({ tagid: 7, tagname: '标签', userids: ['ann'], partyIds: [] });
    app.scope = { ...before, tagIds: [7] };
    const [run] = await receive(change(7));
    app.scope = before;
    expect(run).toMatchObject({ scope: 'full' });
  });
});

it('the end of an asynchronous job is noted and starts nothing', async () => {
  const runs = await receive(
    '<Event>batch_job_result</Event><BatchJob><JobId>job-1</JobId><JobType>export_user</JobType><ErrCode>0</ErrCode></BatchJob>',
  );
  expect(runs).toEqual([]);
  expect(await listEvents({ q: 'job-1' })).toMatchObject([
    { event: 'batch_job_result', status: 'processed' },
  ]);
});

describe('the health of the last 24 hours', () => {
  it('counts what came and how long it took', async () => {
    const before = await server.api.call(endpoints.getEventHealth);
    await receive(memberChange('update_user', 'ann'));
    await sql(`UPDATE callback_event SET occurred_at = processed_at - interval '7 seconds'
      WHERE status = 'processed'`);
    const after = await server.api.call(endpoints.getEventHealth);
    expect(after).toMatchObject({ received: before.received + 1, waiting: 0, medianDelayMs: 7_000 });
    await sql(`UPDATE callback_event SET received_at = received_at - interval '25 hours'`);
    expect(await server.api.call(endpoints.getEventHealth)).toEqual({
      received: 0,
      waiting: 0,
      failed: 0,
      medianDelayMs: null,
    });
  });
});

describe('while syncing is switched off', () => {
  it('events wait, and are taken up once it is on', async () => {
    await server.api.call(endpoints.saveSyncSettings, { body: { enabled: false } });
    updateMember(corp(), 'ann', { name: '安' });
    await sender.send(memberChange('update_user', 'ann'));
    await pause(eventuallyMs);
    expect(await listEvents({ status: 'waiting' })).toHaveLength(1);
    const known = new Set((await server.api.call(endpoints.listSyncRuns)).items.map(({ id }) => id));
    await server.api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
    expect(await settle(known)).toMatchObject([targeted]);
    expect((await findStored('ann'))?.name).toBe('安');
  });
});

it('a full sync that begins after an event covers it', async () => {
  server.holdEvents();
  updateMember(corp(), 'ann', { name: '安妮' });
  const known = new Set((await server.api.call(endpoints.listSyncRuns)).items.map(({ id }) => id));
  await sender.send(memberChange('update_user', 'ann'));
  const { id, drift } = await server.sync();
  server.releaseEvents();
  expect(await settle(known)).toMatchObject([{ id, trigger: 'manual' }]);
  expect((await listEvents({ q: 'ann', limit: 1 }))[0]).toMatchObject({ status: 'processed', runId: id });
  expect(drift).toEqual({ departments: 0, members: 0, memberships: 0 });
});

it('what a full sync finds that no event brought is counted', async () => {
  updateMember(corp(), 'cai', { name: '蔡蔡' });
  hire(corp(), 'unannounced', 10);
  const { drift } = await server.sync();
  expect(drift).toEqual({ departments: 0, members: 2, memberships: 1 });
});

it('a partial read does not tell what no event brought', async () => {
  updateMember(corp(), 'cai', { name: '蔡' });
  server.wecom.faults.add({
    endpoint: 'user/list',
    departmentId: 20,
    effect: { kind: 'errcode', errcode: 60011 },
  });
  expect(await server.sync()).toMatchObject({ complete: false, drift: null });
});

/** Waits until a run has tried the latest event about cai for the last time, or it waits for another. */
async function waitForAttempts(attempts: number): Promise<WecomEvent> {
  for (;;) {
    const [event] = await listEvents({ q: 'cai', limit: 1 });
    if (event && event.attempts === attempts && (event.runId === null || event.status !== 'waiting'))
      return event;
    await pause(25);
  }
}

describe('a failure', () => {
  it('is tried again, and an event that always fails can be replayed', async () => {
    updateMember(corp(), 'cai', { name: '蔡明' });
    server.wecom.faults.add({ endpoint: 'user/get', effect: { kind: 'reset' } });
    await sender.send(memberChange('update_user', 'cai'));
    const first = await waitForAttempts(1);
    expect(first.status).toBe('waiting');
    expect(first.error).not.toBeNull();
    for (const attempts of [2, 3, 4, 5]) {
      await makeDue();
      await waitForAttempts(attempts);
    }
    const [failed] = await listEvents({ status: 'failed' });
    expect(failed).toMatchObject({ object: 'cai', attempts: 5 });
    expect((await server.api.call(endpoints.getWecomSettings)).callback.contacts.failed).toBe(1);

    server.wecom.faults.clear();
    await server.api.call(endpoints.replayWecomEvent, { params: { id: failed!.id } });
    await settle(new Set());
    expect((await findStored('cai'))?.name).toBe('蔡明');
    expect((await listEvents({ q: 'cai', limit: 1 }))[0]).toMatchObject({ status: 'processed', error: null });
  });
});

it('a full sync that could not read everything does not cover the events that it took up', async () => {
  server.wecom.faults.add({
    endpoint: 'department/list',
    times: 1,
    effect: { kind: 'errcode', errcode: 60011 },
  });
  server.wecom.faults.add({
    endpoint: 'user/list',
    departmentId: 21,
    effect: { kind: 'errcode', errcode: 60011 },
  });
  await sender.send(departmentChange('update_party', 21));
  for (;;) {
    const [event] = await listEvents({ q: '21', limit: 1 });
    if (event?.error?.code === 'event.not_covered') break;
    await pause(25);
  }
  server.wecom.faults.clear();
  await makeDue();
  await settle(new Set());
  expect((await listEvents({ q: '21', limit: 1 }))[0]).toMatchObject({ status: 'processed', attempts: 2 });
});

it('what WeCom does not let the app read is judged by a full sync', async () => {
  server.wecom.faults.add({
    endpoint: 'department/list',
    times: 1,
    effect: { kind: 'errcode', errcode: 60011 },
  });
  const [run] = await receive(departmentChange('update_party', 10));
  expect(run).toMatchObject({ scope: 'full', status: 'succeeded' });
});

it('a refusal that only an admin can resolve stops everything until it is resumed', async () => {
  updateMember(corp(), 'cai', { name: '蔡末' });
  server.wecom.faults.add({ endpoint: 'user/get', effect: { kind: 'errcode', errcode: 60020 } });
  await sender.send(memberChange('update_user', 'cai'));
  for (;;) {
    const { scheduleState } = await server.api.call(endpoints.getWecomSettings);
    if (scheduleState.paused !== null) break;
    await pause(25);
  }
  await waitForAttempts(1);
  server.wecom.faults.clear();
  server.wecom.stats.reset();
  await makeDue();
  await pause(eventuallyMs);
  expect(await listEvents({ status: 'waiting' })).toMatchObject([{ attempts: 1 }]);
  expect(server.wecom.stats.snapshot().calls).toEqual({});
  await server.api.call(endpoints.saveSyncSettings, { body: { resume: true } });
  await settle(new Set());
  expect((await findStored('cai'))?.name).toBe('蔡末');
});

it('removals above the guard are held, and what waits stands beside later events', async () => {
  await setGuard({ maxCount: 5, maxPercent: 5 });
  for (let index = 10; index < 20; index++) removeMember(corp(), `u${index}`);
  const deletions = Array.from({ length: 10 }, (_, index) => memberChange('delete_user', `u${index + 10}`));
  const [held] = await receive(...deletions);
  expect(held).toMatchObject({ scope: 'targeted', status: 'awaitingApproval', held: { members: 10 } });

  updateMember(corp(), 'cai', { name: '蔡某' });
  await receive(memberChange('update_user', 'cai'));
  expect((await findStored('cai'))?.name).toBe('蔡某');
  const { planFingerprint } = held!;
  await server.api.call(endpoints.approveSyncRun, {
    params: { id: held!.id },
    body: { planFingerprint: planFingerprint! },
  });
  expect(await server.waitForRun(held!.id)).toMatchObject({ status: 'succeeded' });
  expect((await findStored('u15'))?.presence).toBe('left');
});

it('the tree is WeCom’s in the end', async () => {
  const run = await server.sync();
  expect(run).toMatchObject({ status: 'succeeded', counts: onlyCounts({}) });
  expect(await listEvents({ status: 'failed' })).toEqual([]);
});
