import { randomUUID } from 'node:crypto';
import { type BodyOf, type EndpointName, endpoints } from '@orgmirror/contracts';
import { sampleApp } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSetupCode } from '../../src/identity/sign-in/complete-setup.ts';
import { createSecretBox } from '../../src/platform/secret-box.ts';
import { createAccount } from '../support/create-account.ts';
import { appOf, enableSignIn } from '../support/enable-sign-in.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp, hire } from '../support/small-corp.ts';
import { admin, hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { freeLease, holdLease, untilLeaseIsFree } from '../support/sync-lease.ts';
import { createWecomBrowser, wxworkUserAgent } from '../support/wecom-browser.ts';

// A change and its entry in the audit log are one transaction: where the entry cannot be written, nothing
// changes.

const corp = createSmallCorp(
  [[1, 0]],
  [
    ['ann', 1],
    ['bob', 1],
  ],
);
corp.putMember({ ...corp.findMember('ann')!, extras: { mobile: '13900000001' } });
let hired = 0;
const hireSomebody = () => hire(corp, `new${hired++}`, 1).userid;

let server: TestServer;
let sql: Sql;
let providerId: string;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp }, timing: hurriedTiming() });
  sql = openSql(server.database);
  server.holdEvents(); // the one that is replayed must start no run between two looks at the state
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
  providerId = (await enableSignIn(server, { scope: 'snsapi_privateinfo' })).id;
  appOf(server).grantedConsentFields = ['mobile'];
  await sql(`CREATE FUNCTION refuse_entry() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'no entry can be written'; END $$`);
});
afterAll(() => server.stop());

/**
 * A request that is ready to be made, any number of times until it succeeds.
 * @returns its status, or where it led to
 */
type Ready = () => Promise<number | string>;

const send = async (method: string, path: string, body?: unknown, client = server.api) =>
  (await client.request(method, path, { ...(body !== undefined && { body }) })).status;

const anotherSession = async () => {
  const client = server.anonymous();
  await client.call(endpoints.signIn, { body: admin });
  return client;
};

const addAccount = (username: string) =>
  server.api.call(endpoints.createLocalAccount, { body: { username, role: 'auditor' } });

async function signInMember(person = 'member:ann') {
  const browser = createWecomBrowser(server.url, { 'user-agent': wxworkUserAgent });
  expect(await browser.signIn(person, { query: 'mode=inApp', agreed: ['mobile'] })).toBe('/');
  return browser;
}

async function waitingRun() {
  hireSomebody();
  const run = await server.sync('preview');
  await untilLeaseIsFree(sql);
  expect(run.status).toBe('awaitingApproval');
  return run;
}

const noticeSettings = {
  language: 'zh',
  quietHours: null,
  wecom: { enabled: false, userIds: [] },
  email: { enabled: false, host: '', port: 465, security: 'tls', username: '', from: '', to: [] },
  webhook: { enabled: false, url: '', secret: `whsec_${Buffer.alloc(32).toString('base64')}` },
  version: 0,
};

const exported = { list: 'members', format: 'csv', columns: ['name'] } satisfies BodyOf<
  typeof endpoints.createExport
>;

const attribute = (key: string) => ({ key, nameZh: `${key}-zh`, nameEn: `${key}-en`, type: 'text' });
const sendFile = async (body: string) =>
  (await server.api.request('POST', '/attribute-imports', { body, headers: { 'content-type': 'text/csv' } }))
    .status;

const fileOf = (letter: string) => ({ name: `WW_verify_${letter}.txt`, content: letter });

const writing = {
  signIn: async () => () => send('POST', '/session', admin, server.anonymous()),
  signOut: async () => {
    const client = await anotherSession();
    return () => send('DELETE', '/session', undefined, client);
  },
  endMySession: async () => {
    const client = await anotherSession();
    const { items } = await client.call(endpoints.listMySessions);
    const id = items.find(({ current }) => current)?.id;
    return () => send('DELETE', `/me/sessions/${id}`);
  },
  endMySessions: async () => {
    const client = await createAccount(server, 'auditor');
    return () => send('DELETE', '/me/sessions', undefined, client);
  },
  declineConsent: async () => {
    const browser = await signInMember();
    return async () => (await browser.api('POST', '/me/authorisation/decline')).status;
  },
  finishWecomSignIn: async () => {
    await sql('DELETE FROM member_authorisation');
    return async () => {
      const browser = createWecomBrowser(server.url, { 'user-agent': wxworkUserAgent });
      return browser.signIn('member:ann', { query: 'mode=inApp', agreed: ['mobile'] });
    };
  },
  revealMember: async () => () => send('POST', '/members/ann/reveal', { field: 'mobile' }),
  revealMyField: async () => {
    const browser = await signInMember();
    return async () => (await browser.api('POST', '/me/reveal', { field: 'mobile' })).status;
  },
  withdrawConsent: async () => {
    const browser = await signInMember();
    return async () => (await browser.api('DELETE', '/me/authorised-fields')).status;
  },
  changeMyPassword: async () => {
    const client = await createAccount(server, 'auditor');
    const passwords = { currentPassword: 'another long password', newPassword: 'yet another long one' };
    return () => send('PUT', '/me/password', passwords, client);
  },
  createLocalAccount: async () => () =>
    send('POST', '/administrators/accounts', { username: 'added', role: 'auditor' }),
  updateLocalAccount: async () => {
    const { account } = await addAccount('disabled');
    return () => send('PATCH', `/administrators/accounts/${account.id}`, { enabled: false });
  },
  createPasswordReset: async () => {
    const { account } = await addAccount('forgetful');
    return () => send('POST', `/administrators/accounts/${account.id}/password-reset`);
  },
  completePasswordReset: async () => {
    const { link } = await addAccount('invited');
    const body = { token: link.url.split('#reset=')[1], newPassword: 'a brand new long one' };
    return () => send('POST', '/password-reset', body, server.anonymous());
  },
  createAuthProvider: async () => () =>
    send('POST', '/settings/auth-providers', { kind: 'wecom-oauth2', name: 'second', enabled: false }),
  updateAuthProvider: async () => () =>
    send('PATCH', `/settings/auth-providers/${providerId}`, { description: 'changed' }),
  saveVerificationFile: async () => () =>
    send('PUT', `/settings/auth-providers/${providerId}/verification-file`, fileOf('a')),
  deleteVerificationFile: async () => () =>
    send('DELETE', `/settings/auth-providers/${providerId}/verification-file`),
  checkAuthProvider: async () => () => send('POST', `/settings/auth-providers/${providerId}/check`),
  deleteAuthProvider: async () => {
    const { id } = await server.api.call(endpoints.createAuthProvider, {
      body: { kind: 'wecom-oauth2', name: 'third', enabled: false },
    });
    return () => send('DELETE', `/settings/auth-providers/${id}`);
  },
  saveWecomSettings: async () => () =>
    send('PUT', '/settings/wecom', {
      corpId: server.wecom.corpid,
      agentId: sampleApp.agentid,
      contactSecret: 'x'.repeat(43),
    }),
  testWecomSettings: async () => () => send('POST', '/settings/wecom/test', {}),
  saveSyncSettings: async () => () => send('PATCH', '/settings/wecom/sync', { retentionDays: 200 }),
  saveCallback: async () => () => send('PUT', '/settings/wecom/callbacks/app', { generate: true }),
  deleteCallback: async () => () => send('DELETE', '/settings/wecom/callbacks/app'),
  replayWecomEvent: async () => {
    const id = randomUUID();
    await sql(
      `INSERT INTO callback_event (id, corp_row_id, source, digest, event, sealed, status, attempts)
       SELECT $1, corp_row_id, 'app', '\\x01', 'change_contact', '\\x01', 'failed', 3 FROM wecom_connection`,
      [id],
    );
    return () => send('POST', `/wecom-events/${id}/replay`);
  },
  startSyncRun: async () => () => send('POST', '/sync-runs', { mode: 'preview' }),
  approveSyncRun: async () => {
    await settle(activeRuns);
    const { id, planFingerprint } = await waitingRun();
    return () => send('POST', `/sync-runs/${id}/approve`, { planFingerprint });
  },
  undoSyncRun: async () => {
    await settle(activeRuns);
    hireSomebody();
    const { id } = await server.sync();
    await untilLeaseIsFree(sql);
    await settle(`callback_event WHERE status = 'waiting'`); // the sync has covered the one that was replayed
    return () => send('POST', `/sync-runs/${id}/undo`);
  },
  rejectSyncRun: async () => {
    await settle(activeRuns);
    const { id } = await waitingRun();
    return () => send('POST', `/sync-runs/${id}/reject`);
  },
  cancelSyncRun: async () => {
    const { id } = await server.sync();
    // As if another process were reading: nothing here touches it while that one's lease holds.
    await holdLease(sql);
    await sql(`UPDATE sync_run SET status = 'reading', active_corp_row_id = corp_row_id WHERE id = $1`, [id]);
    return () => send('POST', `/sync-runs/${id}/cancel`);
  },
  checkMember: async () => {
    await sql(`UPDATE sync_run SET status = 'cancelled', active_corp_row_id = NULL
      WHERE active_corp_row_id IS NOT NULL`);
    await freeLease(sql);
    const userid = hireSomebody();
    return () => send('POST', `/members/${userid}/check`, { apply: true });
  },
  saveNoticeSettings: async () => () => send('PUT', '/settings/notices', noticeSettings),
  testNoticeChannel: async () => {
    await sql(`UPDATE notice_settings SET webhook_url = 'http://127.0.0.1:1/'`); // refused at once
    return () => send('POST', '/settings/notices/test', { channel: 'webhook' });
  },
  createAttribute: async () => () => send('POST', '/attributes', attribute('cost_center')),
  updateAttribute: async () => {
    await send('POST', '/attributes', attribute('grade'));
    return () => send('PATCH', '/attributes/grade', { nameEn: 'Level' });
  },
  deleteAttribute: async () => {
    await send('POST', '/attributes', attribute('floor'));
    return () => send('DELETE', '/attributes/floor');
  },
  createAttributeImport: async () => {
    await send('POST', '/attributes', attribute('desk'));
    return () => sendFile('userid,desk\nann,12');
  },
  applyAttributeImport: async () => {
    await send('POST', '/attributes', attribute('room'));
    await sendFile('userid,room\nann,12');
    const [judged] = await sql<{ id: string; fingerprint: string }>(
      'SELECT id, fingerprint FROM attribute_import',
    );
    return () => send('POST', `/attribute-imports/${judged?.id}/apply`, { fingerprint: judged?.fingerprint });
  },
  recordExport: async () => () => send('POST', '/audit/exports', { list: 'auditEntries' }),
  createExport: async () => () => send('POST', '/exports', exported),
  deleteExport: async () => {
    const { id } = await server.api.call(endpoints.createExport, { body: exported });
    await expect
      .poll(async () => (await server.api.call(endpoints.getExport, { params: { id } })).status)
      .toBe('finished');
    return () => send('DELETE', `/exports/${id}`);
  },
  setMemberAccess: async () => () => send('PUT', '/members/bob/access', { role: 'auditor' }),
  setMembersAccess: async () => () => send('POST', '/members/access', { userIds: ['bob'], role: 'member' }),
  completeSetup: async () => {
    await sql('DELETE FROM user_account');
    const key = createSecretBox(server.database.env.APP_SECRET ?? '').deriveKey('setup');
    const body = { setupCode: makeSetupCode(key), ...admin };
    return () => send('POST', '/setup', body, server.anonymous());
  },
} satisfies Partial<Record<EndpointName, () => Promise<Ready>>>;

/** They have an entry, but there is nothing of ours that they could change. */
const changeNothing = new Set<EndpointName>([
  'revealMember',
  'revealMyField',
  'checkAuthProvider',
  'testNoticeChannel',
  'recordExport',
]);
/** A sign-in that begins has one once it ends; how a user likes lists and what they have seen is nobody else's business. */
const haveNoEntry = new Set<EndpointName>(['createSignInPanel', 'savePreferences', 'markNoticesRead']);

/** Waits until none of these is left. */
const settle = (rows: string): Promise<void> =>
  expect.poll(async () => (await sql(`SELECT FROM ${rows}`)).length).toBe(0);
const activeRuns = 'sync_run WHERE active_corp_row_id IS NOT NULL';
const exportsAtWork = `export WHERE status IN ('queued', 'running')`;

/**
 * Everything but counters, leases, used-up states of sign-ins, tokens and budgets of WeCom calls, the log, and the
 * notices that follow from a run some time after it.
 */
async function readState(): Promise<string> {
  const skipped = [
    'rate_limit',
    'sync_lease',
    'sign_in_state',
    'wecom_access_token',
    'wecom_call_budget',
    'audit_entry',
    'audit_link',
    'notice',
    'notice_delivery',
    '_prisma_migrations',
  ];
  const tables = await sql<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL ($1) ORDER BY 1`,
    [skipped],
  );
  const rowsOf = ({ name }: { name: string }) =>
    `SELECT '${name}' AS name, (to_jsonb(t) - 'last_seen_at' - 'status_changed_at')::text AS row FROM ${name} t`;
  const rows = await sql(`${tables.map(rowsOf).join(' UNION ALL ')} ORDER BY 1, 2`);
  return JSON.stringify(rows);
}

it('is shown for every route that changes something', () => {
  const changing = Object.entries(endpoints)
    .filter(([name, { method }]) => method !== 'get' || name === 'finishWecomSignIn')
    .map(([name]) => name);
  expect([...Object.keys(writing), ...haveNoEntry].sort()).toEqual(changing.sort());
});

it.each(Object.entries(writing))(
  '%s changes nothing when its entry cannot be written',
  async (name, prepare) => {
    const ask = await prepare();
    await settle(exportsAtWork);
    const before = await readState();
    await sql(
      'CREATE TRIGGER refuse BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_entry()',
    );
    try {
      expect(await ask()).toSatisfy((answer: number | string) =>
        typeof answer === 'number' ? answer >= 500 : answer.startsWith('/sign-in?error=server.unexpected'),
      );
      expect(await readState()).toBe(before);
    } finally {
      await sql('DROP TRIGGER refuse ON audit_entry');
    }
    expect(await ask()).toSatisfy((answer: number | string) => answer === '/' || Number(answer) < 300);
    if (!changeNothing.has(name as EndpointName)) expect(await readState()).not.toBe(before);
  },
);
