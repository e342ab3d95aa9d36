import { createServer, type Socket } from 'node:net';
import { type BodyOf, endpoints, type Notice, type NoticeChannel, type Problem } from '@orgmirror/contracts';
import { removeMember } from '@orgmirror/wecom-simulator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '../support/create-account.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { type MailReceiver, receiveMail } from '../support/receive-mail.ts';
import { receiveWebhooks, type WebhookReceiver } from '../support/receive-webhooks.ts';
import { createSmallCorp, crowd, hire } from '../support/small-corp.ts';
import { hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';

const hourMs = 3_600_000;
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
type Settings = BodyOf<typeof endpoints.saveNoticeSettings>;

const corp = createSmallCorp([[1, 0]], crowd(12, 1));
let server: TestServer;
let sql: Sql;
let hook: WebhookReceiver;
let mailbox: MailReceiver;
/** Ids of those that earlier stories have brought. */
let earlier = new Set<string>();
const timing = { ...hurriedTiming(), noticesIntervalMs: 50 };
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp }, timing });
  sql = openSql(server.database);
  hook = await receiveWebhooks(secret);
  mailbox = await receiveMail();
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
});
afterAll(async () => {
  await server.stop();
  await hook.close();
  await mailbox.close();
});

const off: Settings = {
  language: 'zh',
  quietHours: null,
  wecom: { enabled: false, userIds: [] },
  email: { enabled: false, host: '', port: 465, security: 'tls', username: '', from: '', to: [] },
  webhook: { enabled: false, url: '' },
  version: 0,
};
const byWecom = (...userIds: string[]) => ({ wecom: { enabled: true, userIds } });
const byEmail = (changes: Partial<Settings['email']> = {}) => ({
  email: {
    enabled: true,
    host: '127.0.0.1',
    port: mailbox.port,
    security: 'none' as const,
    username: '',
    from: 'mirror@corp.example',
    to: ['it@corp.example', 'hr@corp.example'],
    ...changes,
  },
});
const byWebhook = () => ({ webhook: { enabled: true, url: hook.url, secret } });

async function save(changes: Partial<Settings>) {
  const { version } = await server.api.call(endpoints.getNoticeSettings);
  return server.api.call(endpoints.saveNoticeSettings, { body: { ...off, ...changes, version } });
}
const test = async (channel: NoticeChannel) =>
  server.api.call(endpoints.testNoticeChannel, { body: { channel } });

const listAll = async (query: { undelivered?: 'true' } = {}): Promise<Notice[]> =>
  (await server.api.call(endpoints.listNotices, { query })).items;
const list = async (query: { undelivered?: 'true' } = {}): Promise<Notice[]> =>
  (await listAll(query)).filter(({ id }) => !earlier.has(id));
const stateOf = (client = server.api) => client.call(endpoints.getNoticeState);

/** Lets a sync fail for a reason that pauses nothing, and that no message of the app meets: there is no schedule. */
async function failSync() {
  server.wecom.faults.add({ endpoint: 'department/list', effect: { kind: 'errcode', errcode: 60020 } });
  const run = await server.sync();
  server.wecom.faults.clear();
  expect(run.status).toBe('failed');
  return run;
}

const concerns = async () => (await server.api.call(endpoints.getOverview)).concerns;

const deliveryOf = async (channel: NoticeChannel) =>
  (await list())[0]?.deliveries.find((delivery) => delivery.channel === channel);

/** A mail server that takes connections and never says a word. */
async function listenSilently() {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number }; // it listens on TCP
  return {
    port,
    connections: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => silent.close(closed));
    },
  };
}

/** Lets everything that notices are made of be older by so many hours. */
async function age(hours: number): Promise<void> {
  const by = `interval '${hours} hours'`;
  await sql(`UPDATE sync_run SET started_at = started_at - ${by}, held_until = held_until - ${by}`);
  await sql(`UPDATE notice SET at = at - ${by}`);
  await sql(`UPDATE notice_delivery SET next_attempt_at = next_attempt_at - ${by},
    claimed_until = claimed_until - ${by}`);
}

/** What the background does is there in a moment, or on a busy machine in a few. */
const eventually = <Value>(read: () => Value) => expect.poll(read);

/** Quiet hours around this moment, by the zone that is set with them. */
async function beginQuietHours() {
  await server.api.call(endpoints.saveSyncSettings, { body: { timeZone: 'UTC' } });
  const timeAt = (shiftMs: number) => new Date(Date.now() + shiftMs).toISOString().slice(11, 16);
  return { from: timeAt(-hourMs), to: timeAt(hourMs) };
}

/** Attempts of the one delivery once none is under way. */
const restingAttempts = async () =>
  (await sql<{ attempts: number }>('SELECT attempts FROM notice_delivery WHERE claimed_until IS NULL'))[0]
    ?.attempts;

beforeEach(async () => {
  await age(100); // what was before is no news any more
  // The notices stay: a look that is under way would find again what it has read the news of.
  earlier = new Set((await listAll()).map(({ id }) => id));
  await sql('DELETE FROM notice_delivery');
  await save(off);
  Object.assign(hook, { received: [], answer: { status: 204 } });
  mailbox.mails.length = 0;
});
afterEach(() => server.wecom.faults.clear());

describe('a recipient of messages of the app', () => {
  const recipients = async (q?: string) =>
    (await server.api.call(endpoints.listNoticeRecipients, { query: q === undefined ? {} : { q } })).items;
  const sentTo = () => server.wecom.messages.flatMap(({ userids }) => userids);

  beforeAll(async () => {
    hire(corp, 'gone', 1);
    expect((await server.sync()).status).toBe('succeeded');
    removeMember(corp, 'gone');
    expect((await server.sync()).status).toBe('succeeded');
    await server.api.call(endpoints.setMemberAccess, {
      params: { wecomUserId: 'u11' },
      body: { role: 'auditor' },
    });
  });

  it('is found by name, pinyin or userid, those who see the console first', async () => {
    expect((await recipients()).map(({ userId }) => userId)).toEqual(['u11']);
    const byPinyin = await recipients('chengyuan');
    expect(byPinyin).toHaveLength(12);
    expect(byPinyin[0]).toEqual({
      userId: 'u11',
      name: '成员u11',
      avatarUrl: null,
      presence: 'present',
      role: 'auditor',
    });
    expect(await recipients('成员gone')).toEqual([]);
    expect((await recipients('U10')).map(({ name }) => name)).toEqual(['成员u10']);
  });

  it('who left is shown as such, sent nothing, and said to have none', async () => {
    await save(byWecom('U9', 'Gone', 'nobody'));
    expect((await recipients()).map(({ userId, name, presence }) => [userId, name, presence])).toEqual([
      ['U9', '成员u9', 'present'],
      ['Gone', '成员gone', 'left'],
      ['nobody', null, null],
      ['u11', '成员u11', 'present'],
    ]);
    await save(byWecom('u9', 'Gone'));
    const before = sentTo().length;
    expect(await test('wecom')).toMatchObject({
      ok: true,
      problem: { code: 'notice.recipients_missed', detail: expect.stringContaining('Gone') },
    });
    expect(sentTo().slice(before)).toEqual(['u9']);
    await save(byWecom('Gone'));
    expect(await test('wecom')).toMatchObject({
      ok: false,
      problem: { code: 'notice.recipients_left', detail: expect.stringContaining('Gone') },
    });
    expect(sentTo()).toHaveLength(before + 1);
  });
});

describe('the centre', () => {
  it('tells of a failed sync once, and of the same within a day as a repeat', async () => {
    const { id } = await failSync();
    await eventually(() => list()).toHaveLength(1);
    const [notice] = await list();
    expect(notice).toMatchObject({
      kind: 'run.failed',
      title: '同步失败：企业微信拒绝了请求',
      path: `/system/sync-runs/${id}`,
      runId: id,
      repeats: 0,
      isRead: false,
      deliveries: [],
    });
    expect(notice?.detail).toContain('127.0.0.1');
    await failSync();
    await eventually(async () => (await list()).map(({ repeats }) => repeats)).toEqual([1]);
    await age(25);
    await failSync();
    await eventually(async () => (await list()).map(({ repeats }) => repeats)).toEqual([0, 1]);
  });

  it('counts for each what they have not seen', async () => {
    const auditor = await createAccount(server, 'auditor');
    const before = await stateOf();
    expect(await stateOf(auditor)).toEqual(before);
    await failSync();
    const after = { unread: before.unread + 1, undelivered: 0 };
    await eventually(() => stateOf()).toEqual(after);
    const [notice] = await list();
    await server.api.call(endpoints.markNoticesRead, { body: { until: notice!.at } });
    expect(await stateOf()).toEqual({ unread: 0, undelivered: 0 });
    expect((await list())[0]?.isRead).toBe(true);
    expect(await stateOf(auditor)).toEqual(after);
  });

  it('tells of a Secret that WeCom does not accept, and of the schedule that it pauses', async () => {
    await server.api.call(endpoints.saveSyncSettings, {
      body: { schedule: { kind: 'daily', at: '02:30' } },
    });
    server.wecom.apps[0]!.secret = 'another-secret-0123456789-0123456789-012345';
    await sql('DELETE FROM wecom_access_token');
    expect((await server.sync()).status).toBe('failed');
    await expect
      .poll(async () => (await list()).map(({ kind }) => kind).sort())
      .toEqual(['secret.rejected', 'sync.paused']);
    server.wecom.apps[0]!.secret = 'SIMULATED-app-secret-0123456789-abcdefghijk';
    await server.configure();
    await server.api.call(endpoints.saveSyncSettings, { body: { schedule: { kind: 'off' } } });
    await sql('DELETE FROM wecom_access_token');
  });

  it('tells of removals that wait, and again before the approval expires', async () => {
    for (const userid of ['u1', 'u2', 'u3', 'u4']) removeMember(corp, userid);
    expect((await server.sync()).status).toBe('awaitingApproval');
    await expect
      .poll(async () => (await list()).map(({ title }) => title))
      .toEqual(['有移除待批准：成员 4，部门 0']);
    await age(61);
    await expect
      .poll(async () => (await list()).map(({ kind }) => kind))
      .toEqual(['approval.expiring', 'run.held']);
    expect((await list())[0]?.detail).toContain('11 小时');
  });

  it('tells of drift and of events that could not be processed', async () => {
    await sql(
      `UPDATE sync_run SET drift = '{"departments":0,"members":2,"memberships":1}', started_at = $1
       WHERE id = (SELECT id FROM sync_run WHERE status = 'succeeded' LIMIT 1)`,
      [new Date()],
    );
    await sql(
      `INSERT INTO callback_event (id, corp_row_id, source, digest, event, sealed, status, received_at)
       SELECT gen_random_uuid(), corp_row_id, 'app', '\\x02', 'change_contact', '\\x02', 'failed', $1
       FROM wecom_connection`,
      [new Date()],
    );
    await expect
      .poll(async () => (await list()).map(({ kind }) => kind).sort())
      .toEqual(['drift.found', 'events.failed']);
    expect((await list()).find(({ kind }) => kind === 'drift.found')?.title).toContain('3');
    await sql('DELETE FROM callback_event');
  });
});

describe('a notice', () => {
  it('goes out once by every channel that is on', async () => {
    await save({ ...byWecom('u9'), ...byEmail(), ...byWebhook(), language: 'en' });
    const before = server.wecom.messages.length;
    const { id } = await failSync();
    await expect
      .poll(async () => (await list())[0]?.deliveries.map(({ status }) => status))
      .toEqual(['delivered', 'delivered', 'delivered']);
    expect(server.wecom.messages.slice(before)).toMatchObject([{ userids: ['u9'] }]);
    expect(server.wecom.messages.at(-1)?.text).toContain('A sync failed: WeCom refused the request');
    expect(mailbox.mails).toMatchObject([{ to: ['it@corp.example', 'hr@corp.example'] }]);
    const [notice] = await list();
    expect(mailbox.mails[0]?.text).toContain(`Message-ID: <${notice?.id}@orgmirror>`);
    expect(mailbox.mails[0]?.text).toContain('Subject: A sync failed: WeCom refused the request');
    expect(hook.received).toMatchObject([
      { id: notice?.id, body: { type: 'run.failed', data: { runId: id } } },
    ]);
    await failSync(); // the same within a day
    await eventually(async () => (await list())[0]?.repeats).toBe(1);
    expect([mailbox.mails.length, hook.received.length]).toEqual([1, 1]);
  });

  it('waits for the end of the quiet hours, by the clocks of the zone of the schedule', async () => {
    await save({ ...byWebhook(), quietHours: await beginQuietHours() });
    await failSync();
    await eventually(() => deliveryOf('webhook')).toMatchObject({ status: 'waiting', attempts: 0 });
    expect(await test('webhook')).toEqual({ ok: true, problem: null }); // a test is wanted now
    expect(hook.received).toMatchObject([{ body: { type: 'test' } }]);
    await server.api.call(endpoints.saveSyncSettings, { body: { timeZone: 'Asia/Tokyo' } }); // nine hours later
    await eventually(() => hook.received.length).toBe(2);
  });

  it('is withdrawn when it is settled before it is sent', async () => {
    for (const userid of ['u5', 'u6', 'u7', 'u8']) removeMember(corp, userid);
    await save({ ...byWebhook(), quietHours: await beginQuietHours() });
    const { id } = await server.sync();
    await eventually(async () => (await list()).map(({ kind }) => kind)).toContain('run.held');
    await server.api.call(endpoints.rejectSyncRun, { params: { id } });
    await save(byWebhook());
    await eventually(async () => (await deliveryOf('webhook'))?.status).toBe('withdrawn');
    expect(hook.received).toEqual([]);
  });

  it('goes out only by the channels that tell of its kind', async () => {
    const { webhook } = byWebhook();
    await save({ ...byEmail(), webhook: { ...webhook, kinds: ['run.held', 'sync.paused'] } });
    expect((await server.api.call(endpoints.getNoticeSettings)).webhook.kinds).toEqual([
      'run.held',
      'sync.paused',
    ]);
    await failSync();
    await eventually(async () => (await deliveryOf('email'))?.status).toBe('delivered');
    expect(await deliveryOf('webhook')).toBeUndefined();
  });

  it('reaches a receiver that was down for a day once, under the same id as before', async () => {
    await save(byWebhook());
    hook.answer = { status: 503 };
    await failSync();
    await expect
      .poll(() => deliveryOf('webhook'))
      .toMatchObject({
        status: 'waiting',
        attempts: 1,
        problem: { code: 'notice.refused', detail: expect.stringContaining('HTTP 503') },
      });
    expect((await stateOf()).undelivered).toBe(1);
    expect(await concerns()).toContainEqual(expect.objectContaining({ code: 'noticesFail', count: 1 }));
    expect(await list({ undelivered: 'true' })).toHaveLength(1);
    for (let attempts = 2; attempts <= 7; attempts++) {
      await eventually(restingAttempts).toBe(attempts - 1);
      await age(12);
      await eventually(() => deliveryOf('webhook')).toMatchObject({ status: 'waiting', attempts });
    }
    await eventually(restingAttempts).toBe(7);
    hook.answer = { status: 200 };
    await age(13);
    await eventually(() => deliveryOf('webhook')).toMatchObject({ status: 'delivered', problem: null });
    expect(hook.received.map(({ id }) => id)).toEqual([(await list())[0]?.id]);
    expect((await stateOf()).undelivered).toBe(0);
    expect((await concerns()).map(({ code }) => code)).not.toContain('noticesFail');
  });

  it('is given up after more than a day and a half, and shown with the reason', async () => {
    await save(byWebhook());
    hook.answer = { status: 500 };
    await failSync();
    for (let attempts = 1; attempts <= 9; attempts++) {
      await eventually(restingAttempts).toBe(attempts);
      await age(13);
    }
    await eventually(() => deliveryOf('webhook')).toMatchObject({ status: 'failed', nextAttemptAt: null });
  });

  it('that hangs in one channel holds up neither the others nor a sync', async () => {
    const silent = await listenSilently();
    await save({ ...byEmail({ port: silent.port }), ...byWebhook() });
    const { id } = await failSync();
    await eventually(() => hook.received.length).toBe(1);
    await eventually(() => silent.connections()).toBe(1);
    expect(await server.sync()).toMatchObject({ complete: true, error: null }); // and may give a notice of its own
    const mail = async () =>
      (await list()).find(({ runId }) => runId === id)?.deliveries.find(({ channel }) => channel === 'email');
    expect(await mail()).toMatchObject({ status: 'waiting', attempts: 1, problem: null });
    await silent.close();
    await eventually(mail).toMatchObject({ problem: { code: 'notice.unreachable' } });
  });

  it('that a killed worker had claimed is sent by another once the claim has ended', async () => {
    await save(byWebhook());
    hook.answer = { status: 503 };
    await failSync();
    await eventually(restingAttempts).toBe(1);
    const claimedUntil = new Date(Date.now() + 2 * hourMs);
    await sql('UPDATE notice_delivery SET claimed_until = $1', [claimedUntil]);
    hook.answer = { status: 204 };
    await age(1);
    await test('webhook');
    expect(hook.received).toHaveLength(1); // the test alone: the other has the claim
    await age(1.1);
    await eventually(() => hook.received.length).toBe(2);
  });

  it('is not told as refused when the database was in trouble, and goes out again under the same id', async () => {
    await save(byWebhook());
    await sql('CREATE SEQUENCE refusals'); // counts although what it counts is rolled back
    await sql(`CREATE FUNCTION refuse_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      PERFORM nextval('refusals');
      RAISE EXCEPTION 'sorry, too many clients already' USING ERRCODE = '53300'; END $$`);
    await sql(`CREATE TRIGGER refuse BEFORE UPDATE ON notice_delivery FOR EACH ROW
      WHEN (NEW.status = 'delivered') EXECUTE FUNCTION refuse_end()`);
    try {
      await failSync();
      await eventually(() => sql('SELECT is_called FROM refusals')).toEqual([{ is_called: true }]);
      await test('webhook');
      expect(
        await sql('SELECT status, error, claimed_until > now() AS "isClaimed" FROM notice_delivery'),
      ).toEqual([{ status: 'waiting', error: null, isClaimed: true }]);
    } finally {
      await sql('DROP FUNCTION refuse_end CASCADE');
      await sql('DROP SEQUENCE refusals');
    }
    await age(1);
    await eventually(() => hook.received.length).toBe(3);
    expect(hook.received[2]?.id).toBe(hook.received[0]?.id);
  });

  it('is due at once when the settings are saved: the reason may be gone', async () => {
    await save(byWebhook());
    hook.answer = { status: 503 };
    await failSync();
    await eventually(restingAttempts).toBe(1);
    hook.answer = { status: 204 };
    await save(byWebhook());
    await eventually(() => hook.received.length).toBe(1);
  });
});

describe('a test', () => {
  const problemOf = async (channel: NoticeChannel): Promise<Problem | null> => {
    const { ok, problem } = await test(channel);
    expect(ok).toBe(false);
    return problem;
  };

  it('needs settings', async () => {
    for (const channel of ['wecom', 'email', 'webhook'] as const)
      expect(await server.api.refused(endpoints.testNoticeChannel, { body: { channel } })).toMatchObject({
        code: 'notice.not_configured',
      });
  });

  it('by mail says who did not get it, and why nobody did', async () => {
    const picky = await receiveMail({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('hr') ? new Error('No such mailbox') : null),
    });
    await save(byEmail({ port: picky.port }));
    expect(await test('email')).toMatchObject({
      ok: true,
      problem: { code: 'notice.recipients_missed', detail: expect.stringContaining('hr@corp.example') },
    });
    await save(byEmail({ port: picky.port, to: ['hr@corp.example'] }));
    expect(await problemOf('email')).toMatchObject({
      code: 'notice.refused',
      detail: expect.stringContaining('No such mailbox'),
    });
    await picky.close();
    expect(await problemOf('email')).toMatchObject({
      code: 'notice.unreachable',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('by mail signs in, and says when the password is wrong', async () => {
    await save(byEmail({ username: 'mirror', password: 'open sesame' }));
    expect(await test('email')).toEqual({ ok: true, problem: null });
    await save(byEmail({ username: 'mirror', password: 'wrong' }));
    expect(await problemOf('email')).toMatchObject({ code: 'notice.refused' });
  });

  it('by mail says of a certificate that it is not trusted, and gives such a server nothing', async () => {
    const secure = await receiveMail({ secure: true });
    await save(byEmail({ port: secure.port, security: 'tls' }));
    expect(await problemOf('email')).toMatchObject({ code: 'notice.certificate' });
    await secure.close();
    const upgrading = await receiveMail({ disabledCommands: [] });
    await save(byEmail({ port: upgrading.port, security: 'starttls' }));
    expect(await problemOf('email')).toMatchObject({ code: 'notice.certificate' });
    expect(upgrading.mails).toEqual([]);
    await upgrading.close();
    await save(byEmail({ security: 'starttls' })); // a server that has none
    await problemOf('email');
    expect(mailbox.mails).toEqual([]);
  });

  it('by mail does not wait for a server that hangs', async () => {
    const silent = await listenSilently();
    await save(byEmail({ port: silent.port }));
    const { mailTimeouts } = timing;
    timing.mailTimeouts = { connectMs: 500, silenceMs: 500 };
    try {
      expect(await problemOf('email')).toMatchObject({ code: 'notice.timeout' });
    } finally {
      timing.mailTimeouts = mailTimeouts;
    }
    await silent.close();
  });

  it('by webhook follows no redirect, and trusts no certificate blindly', async () => {
    const elsewhere = await receiveWebhooks(secret);
    await save(byWebhook());
    hook.answer = { status: 302, location: elsewhere.url };
    expect(await problemOf('webhook')).toMatchObject({ code: 'notice.redirected' });
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
    const secure = await receiveMail({ secure: true }); // the handshake does not get as far as the mail
    await save({ webhook: { enabled: true, url: `https://127.0.0.1:${secure.port}/` } });
    expect(await problemOf('webhook')).toMatchObject({ code: 'notice.certificate' });
    await secure.close();
    expect(await problemOf('webhook')).toMatchObject({ code: 'notice.unreachable' });
  });

  it('by WeCom says who is out of reach, and what WeCom refuses', async () => {
    await save(byWecom('u9', 'nobody'));
    expect(await test('wecom')).toMatchObject({
      ok: true,
      problem: { code: 'notice.recipients_missed', detail: expect.stringContaining('nobody') },
    });
    await save(byWecom('nobody'));
    expect(await problemOf('wecom')).toMatchObject({ code: 'wecom.refused', wecom: { errcode: 81013 } });
    server.wecom.settings.egressIp = '203.0.113.9';
    expect(await problemOf('wecom')).toMatchObject({ wecom: { errcode: 60020, egressIp: '203.0.113.9' } });
    server.wecom.settings.egressIp = null;
    server.wecom.faults.add({ endpoint: 'message/send', effect: { kind: 'errcode', errcode: 45009 } });
    const startedAt = performance.now();
    expect(await problemOf('wecom')).toMatchObject({ wecom: { errcode: 45009 } });
    expect(performance.now() - startedAt).toBeLessThan(30_000); // the limit's minute is not waited out
  });
});

describe('the settings', () => {
  it('never tell a secret, nor does the audit log', async () => {
    const saved = await save({
      ...byWebhook(),
      ...byEmail({ username: 'mirror', password: 'PASSWORD-of-the-mailbox' }),
    });
    expect(saved).toMatchObject({ email: { passwordSet: true }, webhook: { secretSet: true } });
    const { items } = await server.api.call(endpoints.listAuditEntries, { query: { action: 'notices.' } });
    expect(items[0]).toMatchObject({ action: 'notices.save', after: { mailPasswordChanged: true } });
    const told = JSON.stringify([saved, items]);
    expect(told).not.toContain('PASSWORD-of');
    expect(told).not.toContain(secret);
    const [row] = await sql<{ text: string }>('SELECT notice_settings::text AS text FROM notice_settings');
    expect(row?.text).not.toContain(Buffer.from('PASSWORD-of').toString('hex'));
  });

  it('send a saved password to no other server', async () => {
    await save(byEmail({ username: 'mirror', password: 'open sesame' }));
    await save(byEmail({ username: 'mirror', to: ['it@corp.example'] }));
    const { version } = await server.api.call(endpoints.getNoticeSettings);
    for (const changes of [
      { host: 'localhost' },
      { port: 2525 },
      { username: 'else' },
      { security: 'tls' as const },
    ]) {
      const body = { ...off, ...byEmail({ username: 'mirror', ...changes }), version };
      expect(await server.api.refused(endpoints.saveNoticeSettings, { body })).toMatchObject({
        code: 'request.invalid',
        errors: [{ path: 'email.password' }],
      });
    }
  });

  it('are checked, and refuse what an older page would overwrite', async () => {
    const { version } = await server.api.call(endpoints.getNoticeSettings);
    const refused = async (changes: Partial<Settings>) =>
      server.api.refused(endpoints.saveNoticeSettings, { body: { ...off, version, ...changes } });
    expect((await refused(byWecom())).errors).toEqual([{ path: 'wecom.userIds', message: '启用时必填' }]);
    expect((await refused(byEmail({ host: '', to: [] }))).errors?.map(({ path }) => path)).toEqual([
      'email.host',
      'email.to',
    ]);
    for (const url of ['ftp://a.example', 'https://user:pass@a.example', 'nonsense'])
      expect((await refused({ webhook: { enabled: true, url } })).code).toBe('request.invalid');
    for (const short of ['whsec_abc', 'abc', `whsec_${Buffer.alloc(65).toString('base64')}`])
      expect(
        (await refused({ webhook: { enabled: true, url: hook.url, secret: short } })).errors,
      ).toMatchObject([{ path: 'webhook.secret' }]);
    expect((await refused({ version: version - 1 })).code).toBe('settings.version_conflict');
  });
});
