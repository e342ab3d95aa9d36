import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { changeUserid, hireMember, removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectCallbacks } from '../support/connect-callbacks.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { onlyCounts, readStoredDirectory } from '../support/read-directory.ts';
import { createSmallCorp, move } from '../support/small-corp.ts';
import { hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';

let server: TestServer;
let sql: Sql;
beforeAll(async () => {
  const env = { WECOM_MAX_CALLS_PER_MINUTE: '1000000' }; // of all stories together
  server = await startTestServer({ env, timing: hurriedTiming() });
  sql = openSql(server.database);
});
afterAll(() => server.stop());
beforeEach(async () => {
  server.releaseEvents();
  await server.beginAgain(
    createSmallCorp(
      [
        [1, 0],
        [10, 1],
      ],
      [
        ['Zhang', 1, 10],
        ['li', 10],
        ['wang', 1],
      ],
    ),
  );
  await server.sync();
  await connectCallbacks(server);
  server.holdEvents();
});

const corp = () => server.wecom.corp;
const findStored = async (key: string) =>
  (await readStoredDirectory(sql)).members.find((member) => member.key === key);
const readHistory = async (wecomUserId: string) =>
  (await server.api.call(endpoints.getMember, { params: { wecomUserId } })).history.map(
    ({ entity, kind }) => `${entity} ${kind}`,
  );

/** Waits until WeCom has sent everything and nothing waits here. */
async function settle(): Promise<SyncRun[]> {
  await server.wecom.callbacks.idle();
  server.releaseEvents();
  for (;;) {
    const query = { status: 'waiting' } as const;
    if ((await server.api.call(endpoints.listWecomEvents, { query })).items.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  server.holdEvents();
  return (await server.api.call(endpoints.listSyncRuns)).items;
}

it('a member whose userid changed keeps row, role, history and sessions', async () => {
  const before = await findStored('zhang');
  await server.api.call(endpoints.setMemberAccess, {
    params: { wecomUserId: 'Zhang' },
    body: { role: 'auditor' },
  });
  await sql(
    `INSERT INTO session (id, member_id, expires_at) VALUES (gen_random_uuid(), $1, now() + interval '1 hour')`,
    [before?.localId],
  );
  await sql(
    `INSERT INTO notice_settings (id, wecom_user_ids, mail_to, updated_at) VALUES (1, '{li,ZHANG}', '{}', now())`,
  );
  updateMember(corp(), 'Zhang', { position: '经理' });
  changeUserid(corp(), 'Zhang', 'zhang.san');
  const [run] = await settle();

  expect(run).toMatchObject({ trigger: 'callback', scope: 'targeted', status: 'succeeded' });
  expect(run?.counts).toEqual(onlyCounts({ members: { update: 1 } }));
  expect(await findStored('zhang')).toBeUndefined();
  expect(await findStored('zhang.san')).toEqual({
    ...before,
    key: 'zhang.san',
    userId: 'zhang.san',
    position: '经理',
  });
  const [row] = await sql<{ role: string; sessions: string }>(
    `SELECT role, (SELECT count(*) FROM session s WHERE s.member_id = m.id) AS sessions FROM member m WHERE user_key = 'zhang.san'`,
  );
  expect(row).toEqual({ role: 'auditor', sessions: '1' });
  // Who gets the old userid one day gets no notices by it.
  expect((await server.api.call(endpoints.getNoticeSettings)).wecom.userIds).toEqual(['li', 'zhang.san']);
  expect(await readHistory('zhang.san')).toEqual([
    'member update',
    'member create',
    'membership create',
    'membership create',
  ]);
  const { items } = await server.api.call(endpoints.listSyncChanges, { params: { id: run!.id } });
  expect(items).toMatchObject([
    {
      entity: 'member',
      key: 'zhang.san',
      kind: 'update',
      before: { userId: 'Zhang' },
      after: { userId: 'zhang.san', position: '经理' },
    },
  ]);
  const found = await server.api.call(endpoints.listMembers, { query: { q: 'zhang.san' } });
  expect(found.items.map(({ wecomUserId }) => wecomUserId)).toEqual(['zhang.san']);
  expect(await server.sync()).toMatchObject({ status: 'succeeded', counts: onlyCounts({}) });
});

it('a userid that changes twice, and a move with it, become one run', async () => {
  const before = await findStored('li');
  changeUserid(corp(), 'li', 'li.1');
  changeUserid(corp(), 'li.1', 'li.2');
  move(corp(), 'li.2', 1);
  const [run] = await settle();
  expect(run).toMatchObject({ scope: 'targeted', status: 'succeeded' });
  expect(await findStored('li.2')).toMatchObject({
    localId: before?.localId,
    memberships: [{ departmentId: 1 }],
  });
});

it('a full sync that comes first renames as well', async () => {
  const before = await findStored('li');
  changeUserid(corp(), 'li', 'li.si');
  await server.wecom.callbacks.idle();
  const run = await server.sync();
  expect(run.counts).toEqual(onlyCounts({ members: { update: 1 } }));
  expect(await findStored('li.si')).toMatchObject({ localId: before?.localId, presence: 'present' });
  expect((await settle())[0]?.id).toBe(run.id);
});

it('without its event one is gone and one is new', async () => {
  server.wecom.callbacks.unset('contacts');
  const before = await findStored('li');
  changeUserid(corp(), 'li', 'li.si');
  const run = await server.sync();
  expect(run.counts.members).toEqual({ create: 1, update: 0, remove: 1, restore: 0 });
  expect(await findStored('li')).toMatchObject({ localId: before?.localId, presence: 'left' });
  expect((await findStored('li.si'))?.localId).not.toBe(before?.localId);
});

it('two members stay two when the new userid was taken before', async () => {
  const former = await findStored('wang');
  removeMember(corp(), 'wang');
  await settle();
  const before = await findStored('li');
  changeUserid(corp(), 'li', 'wang');
  await settle();
  expect(await findStored('wang')).toMatchObject({ localId: former?.localId, presence: 'present' });
  expect(await findStored('li')).toMatchObject({ localId: before?.localId, presence: 'left' });
});

it('an event about a userid that a member still has renames none', async () => {
  hireMember(corp(), { userid: 'new', name: '新', departmentIds: [1] });
  server.wecom.callbacks.send(
    'contacts',
    'change_contact',
    '<ChangeType>update_user</ChangeType><UserID>li</UserID><NewUserID>new</NewUserID>',
  );
  await settle();
  expect(await findStored('li')).toMatchObject({ presence: 'present' });
  expect(await findStored('new')).toMatchObject({ presence: 'present', name: '新' });
});

it('another spelling is a change like any other', async () => {
  const before = await findStored('li');
  changeUserid(corp(), 'li', 'LI');
  await settle();
  expect(await findStored('li')).toMatchObject({ localId: before?.localId, userId: 'LI' });
});

it('an undo leaves the userid that WeCom gave', async () => {
  updateMember(corp(), 'li', { position: '经理' });
  changeUserid(corp(), 'li', 'li.si');
  const [run] = await settle();
  expect(run).toMatchObject({ status: 'succeeded', counts: onlyCounts({ members: { update: 1 } }) });
  const undo = await server.api.call(endpoints.undoSyncRun, { params: { id: run!.id } });
  expect(await server.waitForRun(undo.id)).toMatchObject({ status: 'succeeded' });
  expect(await findStored('li.si')).toMatchObject({ userId: 'li.si', position: '' });
});
