import { once } from 'node:events';
import { connect } from 'node:net';
import { endpoints, type QueryOf } from '@orgmirror/contracts';
import { sampleApp, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../support/create-account.ts';
import { enableSignIn } from '../support/enable-sign-in.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createWecomBrowser } from '../support/wecom-browser.ts';

const hourMs = 3_600_000;
const corp = createSmallCorp([[1, 0]], [['ann', 1]]);
let passedMs = 0;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp }, now: () => new Date(Date.now() + passedMs) });
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
  await enableSignIn(server);
});
afterAll(() => server.stop());

const listEntries = async (action: string) =>
  (await server.api.call(endpoints.listAuditEntries, { query: { action } })).items;

describe('the audit log', () => {
  it('tells who asked for what their role does not allow, one by one only at first', async () => {
    const auditor = await createAccount(server, 'auditor');
    for (let asked = 0; asked < 45; asked++)
      expect((await auditor.request('PUT', '/settings/wecom', { body: {} })).status).toBe(403);
    const entries = await listEntries('access.refuse');
    expect(entries).toHaveLength(21);
    expect(entries[0]).toMatchObject({ result: 'failed', after: { attempts: 40 } });
    expect(entries[1]).toMatchObject({
      actor: expect.stringMatching(/^auditor-/),
      target: 'PUT /settings/wecom',
      result: 'failed',
      after: null,
    });
  });

  it('tells of an approval that was refused, and why', async () => {
    const run = await server.sync('preview');
    const body = { planFingerprint: 'f'.repeat(64) };
    await server.api.refused(endpoints.approveSyncRun, { params: { id: run.id }, body });
    await server.api.refused(endpoints.rejectSyncRun, { params: { id: run.id } });
    const [approval] = await listEntries('sync.approve');
    const [rejection] = await listEntries('sync.reject');
    expect(approval).toMatchObject({ actor: 'admin', target: run.id, result: 'failed' });
    expect(approval?.after).toEqual({ error: 'plan.stale' });
    expect(rejection?.after).toEqual({ error: 'sync.not_awaiting_approval' });
  });

  it('tells which secrets are others than before', async () => {
    const { agentid: agentId, secret } = sampleApp;
    const save = async (secrets: { secret?: string; contactSecret?: string }) => {
      await server.api.call(endpoints.saveWecomSettings, {
        body: { corpId: server.wecom.corpid, agentId, ...secrets },
      });
      return (await listEntries('settings.save'))[0]?.after;
    };
    const changed = (secretChanged: boolean, contactSecretChanged: boolean) =>
      expect.objectContaining({ secretChanged, contactSecretChanged });
    expect(await save({ contactSecret: 'first' })).toEqual(changed(false, true));
    expect(await save({ secret, contactSecret: 'second' })).toEqual(changed(false, true));
    expect(await save({ contactSecret: 'second' })).toEqual(changed(false, false));
    expect(await save({ secret: 'another' })).toEqual(changed(true, false));
    expect(await save({ secret })).toEqual(changed(true, false));
  });
});

describe('the list of the audit log', () => {
  const list = (query: NonNullable<QueryOf<typeof endpoints.listAuditEntries>>) =>
    server.api.call(endpoints.listAuditEntries, { query });

  it('is filtered by who, what, whom, result and time, page by page', async () => {
    const reveal = { params: { wecomUserId: 'ann' }, body: { field: 'mobile' } } as const;
    const access = (role: 'auditor' | 'member') =>
      server.api.call(endpoints.setMemberAccess, { params: { wecomUserId: 'ANN' }, body: { role } });
    await access('auditor');
    await access('member');
    await server.api.request('POST', '/members/ann/reveal', reveal);
    const [member] = (await server.api.call(endpoints.listMembers, { query: { q: 'ann' } })).items;
    const changes = await list({ action: 'member.access', actor: 'admin', target: member?.name ?? '' });
    expect(changes.items.map(({ after }) => after?.role)).toEqual(['member', 'auditor']);
    expect(changes.items[0]).toMatchObject({ target: 'ann', targetName: member?.name });
    expect((await list({ action: 'member.', target: 'Ann' })).items.length).toBeGreaterThanOrEqual(2);
    expect((await list({ action: 'member.access', actor: 'nobody' })).items).toEqual([]);
    expect((await list({ action: 'member.access', result: 'failed' })).items).toEqual([]);

    const [newer, older] = changes.items;
    const first = await list({ action: 'member.access', limit: 1 });
    expect(first.items).toEqual([newer]);
    const next = await list({ action: 'member.access', limit: 1, cursor: first.nextCursor ?? '' });
    expect(next).toEqual({ items: [older], nextCursor: null, total: 2, totalExact: true });
    const until = newer?.at ?? '';
    expect((await list({ action: 'member.access', until })).items).toEqual(
      until === older?.at ? [] : [older],
    );
    expect((await list({ action: 'member.access', since: until })).items).toContainEqual(newer);
  });

  it('counts what matches up to 10,000', async () => {
    const sql = openSql(server.database);
    const add = (count: number) =>
      sql(
        `INSERT INTO audit_entry (id, at, actor, action, result)
         SELECT gen_random_uuid(), now(), 'counted', 'session.end', 'succeeded' FROM generate_series(1, $1)`,
        [count],
      );
    const count = async () => {
      const { total, totalExact } = await list({ actor: 'counted', limit: 1 });
      return [total, totalExact];
    };
    await add(10_000);
    expect(await count()).toEqual([10_000, true]);
    await add(1);
    expect(await count()).toEqual([10_000, false]);
  });

  it('names the request by which it was done', async () => {
    const { headers } = await fetch(`${server.url}/api/v1/members/ann/access`, {
      method: 'PUT',
      headers: { cookie: server.api.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'auditor' }),
    });
    const [entry] = await listEntries('member.access');
    expect(entry?.requestId).toBe(headers.get('x-request-id'));
  });

  it('tells who took which list away, with its filter', async () => {
    const filter = { action: 'member.' };
    await server.api.call(endpoints.recordExport, { body: { list: 'auditEntries', filter } });
    expect((await listEntries('audit.export'))[0]).toMatchObject({ actor: 'admin', after: { filter } });
    const auditor = await createAccount(server, 'auditor');
    await auditor.call(endpoints.recordExport, { body: { list: 'auditEntries' } });
    expect((await listEntries('audit.export'))[0]).toMatchObject({ result: 'succeeded', after: null });
  });

  it('tells a mere check of a member from one that changed them', async () => {
    const params = { wecomUserId: 'ann' };
    await server.api.call(endpoints.checkMember, { params, body: {} });
    expect((await listEntries('member.check'))[0]).toMatchObject({ target: 'ann', after: { changes: 0 } });
    expect(await listEntries('member.sync')).toEqual([]);
    updateMember(corp, 'ann', { name: '安' });
    await server.api.call(endpoints.checkMember, { params, body: { apply: true } });
    expect((await listEntries('member.sync'))[0]).toMatchObject({ target: 'ann', result: 'succeeded' });
  });
});

describe('a session', () => {
  it('ends when somebody else signs in by an account in the same browser', async () => {
    const browser = createWecomBrowser(server.url);
    expect(await browser.signIn('member:ann')).toBe('/');
    const former = server.anonymous();
    former.cookie = `orgmirror_session=${browser.cookies.get('orgmirror_session')?.value}`;
    expect((await former.request('GET', '/session')).status).toBe(200);
    expect((await browser.api('POST', '/session', admin)).status).toBe(200);
    expect((await former.request('GET', '/session')).status).toBe(401);
  });

  it('takes its event stream along when it ends by time, not only when it is signed out', async () => {
    server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'hang' } });
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'preview' } });
    const stream = await fetch(`${server.url}/api/v1/sync-runs/${id}/events`, {
      headers: { cookie: server.api.cookie },
    });
    const ended = stream.text().then(() => 'ended');
    const goesOn = new Promise((resolve) => setTimeout(resolve, 1_500, 'goes on'));
    try {
      expect(await Promise.race([ended, goesOn])).toBe('goes on');
      passedMs = 13 * hourMs;
      await ended;
    } finally {
      passedMs = 0;
      server.wecom.faults.clear();
      await openSql(server.database)(`UPDATE sync_run SET cancel_requested_at = now() WHERE id = $1`, [id]);
    }
  });
});

it('a body that is sent by half holds its connection for less than a minute', async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined); // the server may reset it
  const startedAt = performance.now();
  socket.write(
    `POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"u`,
  );
  socket.resume();
  await once(socket, 'close');
  expect(performance.now() - startedAt).toBeLessThan(60_000);
}, 90_000);
