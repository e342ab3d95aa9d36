import { endpoints } from '@orgmirror/contracts';
import { type Corp, createApp, removeMember, sampleApp } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp, hire } from '../support/small-corp.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';

const dayMs = 24 * 3_600_000;
const corp = createSmallCorp(
  [[1, 0]],
  [
    ['bob', 1],
    ['cai', 1],
  ],
);
let passedMs = 0;
let server: TestServer;
let sql: Sql;

beforeAll(async () => {
  const app = createApp({
    agentid: sampleApp.agentid,
    secret: sampleApp.secret,
    createdAfter20220620: false, // such an app is given sensitive fields
  });
  server = await startTestServer({
    wecom: { corp, apps: [app] },
    now: () => new Date(Date.now() + passedMs),
  });
  sql = openSql(server.database);
  await server.configure();
  await server.api.call(endpoints.saveSyncSettings, { body: { retentionDays: 30 } });
});
afterAll(() => server.stop());

/** Hires a member with a value in every field that can have one. */
function hireWithEverything(into: Corp, userid: string): void {
  const member = hire(into, userid, 1);
  into.putMember({
    ...member,
    position: 'PERSONAL-position',
    directLeaders: ['bob'],
    extras: {
      alias: 'PERSONAL-alias',
      telephone: 'PERSONAL-telephone',
      english_name: 'PERSONAL-english',
      external_position: 'PERSONAL-external',
      extattr: { attrs: [{ type: 0, name: '工号', text: { value: 'PERSONAL-attribute' } }] },
      external_profile: { external_corp_name: 'PERSONAL-profile' },
      avatar: 'http://wx.qlogo.cn/PERSONAL-avatar/0',
      mobile: '13800001234',
      email: 'personal@mail.example',
    },
  });
}

/** Time passes while the server is down; a start erases what is due by then, and next what counted sign-ins. */
async function restartAfter(days: number): Promise<void> {
  await sql(`INSERT INTO rate_limit (key, points, expire) VALUES ('past', 1, '2000-01-01')`);
  await server.restart({}, () => {
    passedMs = days * dayMs;
  });
  await expect.poll(() => sql(`SELECT FROM rate_limit WHERE key = 'past'`)).toEqual([]);
  await server.api.call(endpoints.signIn, { body: admin });
}

const read = (wecomUserId: string) => server.api.call(endpoints.getMember, { params: { wecomUserId } });
const readRow = async (key: string) => {
  const [row] = await sql<Record<string, unknown>>('SELECT * FROM member WHERE user_key = $1', [key]);
  return row!;
};
/** Every row that tells of a member, as text; encrypted values as their length. */
const readTraces = async (key: string): Promise<string> => {
  const rows = await sql(
    `SELECT row_to_json(m)::text AS row, NULL AS sealed FROM member m WHERE m.user_key = $1
     UNION ALL SELECT 'sensitive', length(s.sealed) FROM member_sensitive s JOIN member m ON m.id = s.member_id
       WHERE m.user_key = $1
     UNION ALL SELECT row_to_json(a)::text, NULL FROM member_attributes a JOIN member m ON m.id = a.member_id
       WHERE m.user_key = $1
     UNION ALL SELECT row_to_json(c)::text, coalesce(length(c.sealed_values), 0) + coalesce(length(c.sealed_document), 0)
       FROM sync_change c WHERE c.user_key = $1`,
    [key],
  );
  return JSON.stringify(rows);
};
const personal = /PERSONAL|\*1234|13800001234|personal@|p\*\*\*@|sealed":[1-9]|mobile_digest":"\w/i;

describe('members who left', () => {
  let ann: Record<string, unknown>;

  it('keep everything until the retention is over', async () => {
    hireWithEverything(corp, 'ann');
    hireWithEverything(corp, 'eve');
    expect((await server.sync()).status).toBe('succeeded');
    removeMember(corp, 'ann');
    removeMember(corp, 'eve');
    expect((await server.sync()).counts.members.remove).toBe(2);
    await sql(`INSERT INTO member_attributes (member_id, values, search_text)
      SELECT id, '{"employee_no": "PERSONAL-1042"}', ' personal' FROM member WHERE user_key = 'ann'`);
    ann = await readRow('ann');
    await restartAfter(29.9);
    expect(await readRow('ann')).toEqual(ann);
    expect(await readTraces('ann')).toMatch(personal);
    expect(await read('ann')).toMatchObject({ alias: 'PERSONAL-alias', mobileMasked: '138****1234' });
  });

  it('are erased afterwards, in the directory and in the history, down to a stub', async () => {
    hireWithEverything(corp, 'eve');
    const preview = await server.sync('preview');
    expect(preview).toMatchObject({ status: 'awaitingApproval', counts: { members: { restore: 1 } } });
    await restartAfter(30.1);
    expect((await readRow('ann')).erased_at).not.toBeNull();

    const { id, user_id, user_key, name, presence, left_at, left_run_id } = ann;
    const stub = await readRow('ann');
    expect(stub).toMatchObject({ id, user_id, user_key, name, presence, left_at, left_run_id });
    const unknown = [
      'alias',
      'english_name',
      'position',
      'telephone',
      'gender',
      'avatar_url',
      'thumb_avatar_url',
    ];
    unknown.push(
      'open_user_id',
      'external_position',
      'external_profile',
      'extended_attributes',
      'content_hash',
    );
    expect(unknown.map((column) => [column, stub[column]])).toEqual(unknown.map((column) => [column, null]));
    expect(await readTraces('ann')).not.toMatch(personal);

    const detail = await read('ann');
    expect(detail).toMatchObject({ name: '成员ann', presence: 'left', mobileMasked: null, alias: null });
    expect(detail.history.map(({ entity, kind }) => `${kind} ${entity}`)).toContain('create member');
    expect(JSON.stringify(detail)).not.toMatch(personal);
    const find = async (q: string) =>
      (await server.api.call(endpoints.listMembers, { query: { q, presence: 'left' } })).total;
    expect([await find('PERSONAL-alias'), await find('chengyuanann')]).toEqual([0, 1]);

    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'retention.erase' },
    });
    expect(items).toMatchObject([{ actor: null, after: { members: 2 } }]);
  });

  it('come back whole, even by a plan that is older than the erasure', async () => {
    const { items } = await server.api.call(endpoints.listSyncRuns, {
      query: { status: 'awaitingApproval' },
    });
    const { id, planFingerprint } = items[0]!;
    await server.api.call(endpoints.approveSyncRun, {
      params: { id },
      body: { planFingerprint: planFingerprint! },
    });
    expect((await server.waitForRun(id)).status).toBe('succeeded');
    expect(await readRow('eve')).toMatchObject({ presence: 'present', erased_at: null, content_hash: null });

    hireWithEverything(corp, 'ann');
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', counts: { members: { restore: 1, update: 1 } } });
    expect(await readRow('ann')).toMatchObject({ id: ann.id, presence: 'present', erased_at: null });
    for (const userid of ['ann', 'eve'])
      expect(await read(userid)).toMatchObject({
        alias: 'PERSONAL-alias',
        telephone: 'PERSONAL-telephone',
        mobileMasked: '138****1234',
        extendedAttributes: [{ value: 'PERSONAL-attribute' }],
      });
    const found = await server.api.call(endpoints.listMembers, { query: { q: 'PERSONAL-alias' } });
    expect(found.items.map(({ wecomUserId }) => wecomUserId).sort()).toEqual(['ann', 'eve']);
    expect((await server.sync()).counts.members).toEqual({ create: 0, update: 0, remove: 0, restore: 0 });
  });

  it('are left alone who are present, however long', async () => {
    await restartAfter(3_000);
    expect((await readRow('ann')).erased_at).toBeNull();
    expect(await read('cai')).toMatchObject({ mobileMasked: expect.stringContaining('****') });
  });
});
