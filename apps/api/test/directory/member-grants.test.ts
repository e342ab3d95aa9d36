import { endpoints, type Role } from '@orgmirror/contracts';
import { hireMember, removeMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MemberGrant, memberGrants } from '../../src/directory/members/member-grants.ts';
import { memberColumns } from '../../src/sync/apply/columns.ts';
import { appOf, enableSignIn } from '../support/enable-sign-in.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createWecomBrowser, wxworkUserAgent } from '../support/wecom-browser.ts';

const dayMs = 24 * 3_600_000;
const corp = createSmallCorp([[1, 0]], [['stayer', 1]]);
let passedMs = 0;
let server: TestServer;
let sql: Sql;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp }, now: () => new Date(Date.now() + passedMs) });
  sql = openSql(server.database);
  await server.configure();
  // The guard is not what is tested here: any number may leave.
  const removalGuard = { maxCount: 1_000, maxPercent: 100, windowHours: 24 };
  await server.api.call(endpoints.saveSyncSettings, { body: { removalGuard } });
  for (let count = 0; count < 20; count++) hire(`stayer${count}`, `成员${count}`);
  expect((await server.sync()).status).toBe('succeeded');
  await enableSignIn(server, { scope: 'snsapi_privateinfo' });
  appOf(server).grantedConsentFields = ['mobile'];
});
afterAll(() => server.stop());

type GrantName = keyof typeof memberGrants;

/** What of each grant is stored for a member. */
const stored: Record<GrantName, string> = {
  role: `SELECT role AS value FROM member WHERE user_key = $1 AND role <> 'member'`,
  sessions: 'SELECT s.id AS value FROM session s JOIN member m ON m.id = s.member_id WHERE m.user_key = $1',
  consent: `SELECT a.decision AS value FROM member_authorisation a JOIN member m ON m.id = a.member_id
    WHERE m.user_key = $1`,
  authorisedFields: `SELECT s.source AS value FROM member_sensitive s JOIN member m ON m.id = s.member_id
    WHERE m.user_key = $1 AND s.source = 'authorised'`,
  preferences:
    'SELECT p.document AS value FROM user_preferences p JOIN member m ON m.id = p.member_id WHERE m.user_key = $1',
  noticeRecipient: `SELECT given AS value FROM notice_settings, unnest(wecom_user_ids) AS given
    WHERE lower(given) = $1`,
  exports:
    'SELECT e.id AS value FROM export e JOIN member m ON m.id::text = e.owner_id WHERE m.user_key = $1',
  attributeImports:
    'SELECT i.id AS value FROM attribute_import i JOIN member m ON m.id::text = i.owner_id WHERE m.user_key = $1',
  seenNotices:
    'SELECT r.reader AS value FROM notice_reader r JOIN member m ON m.id::text = r.reader WHERE m.user_key = $1',
  formerRole: 'SELECT former_role AS value FROM member WHERE user_key = $1 AND former_role IS NOT NULL',
  formerLeftAt:
    'SELECT former_left_at AS value FROM member WHERE user_key = $1 AND former_left_at IS NOT NULL',
  disabled: `SELECT disabled_by AS value FROM member WHERE user_key = $1 AND disabled_by = 'admin'`,
};
const has = async (name: GrantName, key: string) => (await sql(stored[name], [key])).length > 0;
const names = Object.keys(memberGrants) as GrantName[];
const listHeld = async (key: string) => {
  const held = await Promise.all(names.map(async (name) => ((await has(name, key)) ? [name] : [])));
  return held.flat();
};
const endingBy = (...by: MemberGrant['endsBy'][]) =>
  names.filter((name) => by.includes(memberGrants[name].endsBy));

const hire = (userid: string, name: string) => hireMember(corp, { userid, name, departmentIds: [1] });
const sync = async () => expect((await server.sync()).status).toBe('succeeded');
const read = (wecomUserId: string) => server.api.call(endpoints.getMember, { params: { wecomUserId } });
const setAccess = (wecomUserId: string, body: { role?: Role; disabled?: boolean }) =>
  server.api.call(endpoints.setMemberAccess, { params: { wecomUserId }, body });

/** Signs the member in, who gives what they are asked for. */
async function signIn(userid: string) {
  const browser = createWecomBrowser(server.url, { 'user-agent': wxworkUserAgent });
  await browser.signIn(`member:${userid}`, { query: 'mode=auto', agreed: ['mobile'] });
  await browser.api('PATCH', '/me/preferences', { memberViews: [] });
  return browser;
}

/** A member who has everything that can be granted at once. */
async function hireWithGrants(userid: string, role: Role = 'auditor'): Promise<void> {
  const member = hire(userid, '前任');
  corp.putMember({ ...member, extras: { mobile: '13912345678' } });
  await sync();
  await setAccess(userid, { role });
  const browser = await signIn(userid);
  const file = { list: 'members', format: 'csv', columns: ['name'] };
  expect(await browser.api('POST', '/exports', file)).toMatchObject({ status: 202 });
  const seen = { until: new Date().toISOString() };
  expect(await browser.api('POST', '/notices/read', seen)).toMatchObject({ status: 204 });
  await tellOfNotices(userid.toUpperCase());
  // Only admins send files of attributes; a row is what is left of one who was an admin then.
  await sql(
    `INSERT INTO attribute_import (id, corp_row_id, owner_id, file_name, columns, created_at, expires_at)
     SELECT gen_random_uuid(), corp_row_id, id::text, 'a.csv', '{}', now(), now() + interval '1 day'
     FROM member WHERE user_key = $1`,
    [userid],
  );
}

/** Lets the app's messages go to somebody more. */
async function tellOfNotices(userId: string): Promise<void> {
  const { version, wecom } = await server.api.call(endpoints.getNoticeSettings);
  await server.api.call(endpoints.saveNoticeSettings, {
    body: {
      language: 'zh',
      quietHours: null,
      wecom: { enabled: true, userIds: [...wecom.userIds, userId] },
      email: { enabled: false, host: '', port: 465, security: 'tls', username: '', from: '', to: [] },
      webhook: { enabled: false, url: '' },
      version,
    },
  });
}

/** The leaving needs no approval: only an admin's does. */
async function leave(userid: string): Promise<void> {
  removeMember(corp, userid);
  await sync();
  expect(await read(userid)).toMatchObject({ presence: 'left' });
}

describe('the list of what members are granted', () => {
  it('names every table and column that is not WeCom’s', async () => {
    const tables = await sql<{ name: string }>(
      `SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint
       WHERE contype = 'f' AND confrelid = 'member'::regclass`,
    );
    const columns = await sql<{ name: string }>(
      `SELECT 'member.' || column_name AS name FROM information_schema.columns WHERE table_name = 'member'`,
    );
    const ofWecom = ['membership', ...memberColumns.map(({ column }) => `member.${column}`)];
    // Facts about the person, which stay until the member is erased as what WeCom says does.
    const ofEnterprise = ['member_attributes'];
    const bookkeeping = [
      ...['id', 'corp_row_id', 'user_key', 'content_hash', 'sort_name', 'search_text'],
      ...['created_at', 'updated_at', 'left_at', 'left_run_id', 'erased_at'],
    ].map((column) => `member.${column}`);
    const known = [
      ...ofWecom,
      ...ofEnterprise,
      ...bookkeeping,
      ...Object.values(memberGrants).map(({ storedIn }) => storedIn),
    ];
    expect([...tables, ...columns].map(({ name }) => name).filter((name) => !known.includes(name))).toEqual(
      [],
    );
    // Not tied to `member`, but by a userid or an id that who comes back has again.
    const naming = await sql<{ table: string; name: string }>(
      `SELECT table_name AS table, table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND table_name <> 'member'
         AND column_name ~ '(^|_)(owner_id|reader|user_ids?|user_key|member_ids?)$'`,
    );
    const harmless = [
      'department.leader_user_ids', // WeCom's
      'sync_change.user_key', // history
      'password_reset.user_id', // a local account's, whose id nobody gets again
      'attribute_import_row.user_id', // what the file of another says; goes with the file
      'attribute_import_row.member_id',
    ];
    const isKnown = (name: string) => known.includes(name) || harmless.includes(name);
    expect(naming.filter(({ table, name }) => !isKnown(table) && !isKnown(name))).toEqual([]);
  });
});

describe('what a member was granted', () => {
  it('ends when they leave, and a returner under the userid gets nothing of it', async () => {
    await hireWithGrants('m1');
    expect(await listHeld('m1')).toEqual(endingBy('leaving'));
    await leave('m1');
    expect(await listHeld('m1')).toEqual(['formerRole']);
    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'member.access_end' },
    });
    const { leftAt, leftRunId } = await read('m1');
    expect(items).toMatchObject([
      {
        actor: null,
        target: 'm1',
        before: { role: 'auditor', consent: 'agreed', noticeRecipient: true },
        after: { role: 'member', runId: leftRunId },
      },
    ]);

    hire('m1', '后来者');
    await sync();
    expect(await read('m1')).toMatchObject({
      name: '后来者',
      role: 'member',
      mobileMasked: null,
      returned: { leftAt, role: 'auditor' },
    });
    expect(await listHeld('m1')).toEqual(['formerRole', 'formerLeftAt']);
    // Only a person gives it back.
    await sync();
    expect((await read('m1')).role).toBe('member');
    await setAccess('m1', { role: 'auditor' });
    expect(await read('m1')).toMatchObject({ role: 'auditor', returned: null });
  });

  it('ends for an admin, whose leaving was held, once it was approved', async () => {
    await hireWithGrants('m6', 'admin');
    removeMember(corp, 'm6');
    const held = await server.sync();
    expect(held).toMatchObject({
      status: 'awaitingApproval',
      heldReasons: [{ code: 'guard.admin_leaving', keys: ['m6'] }],
    });
    expect(await listHeld('m6')).toEqual(endingBy('leaving'));
    await server.api.call(endpoints.approveSyncRun, {
      params: { id: held.id },
      body: { planFingerprint: held.planFingerprint! },
    });
    expect((await server.waitForRun(held.id)).status).toBe('succeeded');
    expect(await listHeld('m6')).toEqual(['formerRole']);
    hire('m6', '后来者');
    await sync();
    expect(await read('m6')).toMatchObject({ role: 'member', returned: { role: 'admin' } });
    expect(await listHeld('m6')).toEqual(['formerRole', 'formerLeftAt']);
  });

  it('ends with the return at the latest, when it was given to somebody who had left', async () => {
    await hireWithGrants('m2');
    await leave('m2');
    await setAccess('m2', { role: 'admin' });
    hire('m2', '后来者');
    await sync();
    expect(await read('m2')).toMatchObject({ role: 'member', returned: { role: 'admin' } });
  });

  it('does not come back when the run that removed them is undone, but is named', async () => {
    await hireWithGrants('m3');
    await leave('m3');
    const { leftRunId } = await read('m3');
    const { id } = await server.api.call(endpoints.undoSyncRun, { params: { id: leftRunId! } });
    expect((await server.waitForRun(id)).status).toBe('succeeded');
    expect(await read('m3')).toMatchObject({
      presence: 'present',
      role: 'member',
      returned: { role: 'auditor' },
    });
    expect(await listHeld('m3')).toEqual(['formerRole', 'formerLeftAt']);
    // Gone again before anybody decided, and back: still named.
    await sync();
    expect(await read('m3')).toMatchObject({ presence: 'left', returned: null });
    hire('m3', '前任');
    await sync();
    expect(await read('m3')).toMatchObject({ role: 'member', returned: { role: 'auditor' } });
  });

  it('leaves a person who was disabled here by hand disabled', async () => {
    await hireWithGrants('m4');
    await setAccess('m4', { disabled: true });
    await leave('m4');
    hire('m4', '后来者');
    await sync();
    expect(await listHeld('m4')).toEqual(['formerRole', 'formerLeftAt', 'disabled']);
  });

  it('is erased with the rest after the retention', async () => {
    await hireWithGrants('m5');
    await leave('m5');
    await server.restart({}, () => {
      passedMs = 200 * dayMs;
    });
    await server.api.call(endpoints.signIn, { body: admin });
    await expect.poll(async () => listHeld('m5')).toEqual([]);
    hire('m5', '后来者');
    await sync();
    expect(await read('m5')).toMatchObject({ role: 'member', returned: { role: 'member' } });
    expect(await listHeld('m5')).toEqual(endingBy('decision').filter((name) => name !== 'disabled'));
  });
});
