import { type Endpoint, endpoints } from '@orgmirror/contracts';
import {
  createApp,
  createSampleApps,
  startWecomSimulator,
  type WecomSimulator,
} from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealContexts } from '../../src/platform/sealed-columns.ts';
import { createSecretBox } from '../../src/platform/secret-box.ts';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { collectTraces, type TraceCollector } from '../support/collect-traces.ts';
import { checkTimeoutMs } from '../support/connect-callbacks.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { openSql } from '../support/query-database.ts';
import { type MailReceiver, receiveMail } from '../support/receive-mail.ts';
import { receiveWebhooks, type WebhookReceiver } from '../support/receive-webhooks.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const admin = { username: 'admin', password: 'a password to be found nowhere' };
const wrongPassword = 'a wrong password to be found nowhere';
const [sample] = createSampleApps();
const secret = 'REAL-secret-to-be-found-nowhere-0123456789';
const wrongSecret = 'WRONG-secret-to-be-found-nowhere-987654321';
/** The collector is given it, in a header. */
const collectorKey = 'COLLECTOR-key-to-be-found-nowhere-13579';
const contactSecret = 'CONTACT-secret-to-be-found-nowhere-5678';
const mailPassword = 'MAIL-password-to-be-found-nowhere-24680';
const webhookSecret = `whsec_${Buffer.alloc(32, 11).toString('base64')}`;
/** Set by a link. */
const linkedPassword = 'a password by a link, to be found nowhere';
/** What the enterprise itself adds to a member, by a file: stored in clear, and shown to admins. */
const attributeValue = 'ATTRIBUTE-value-of-a-member-97531';
const databasePassword = 'DATABASE-password-to-be-found-nowhere-86420';
/** Of an event; a userid may be shown, a mobile may not. */
const eventMobile = '13987654321';

type WecomMember = Record<'name' | 'mobile' | 'email' | 'address', string>;

/** Shorter ones, such as names of two letters, are in other words as well. */
const isTelling = (value: string | undefined): value is string => value !== undefined && value.length >= 3;

/** The test Postgres asks for none, but the server has it. */
function withPassword(databaseUrl: string | undefined): Record<string, string> {
  if (databaseUrl === undefined) return {};
  return { DATABASE_URL: Object.assign(new URL(databaseUrl), { password: databasePassword }).href };
}

describe('secrets', () => {
  let wecom: WecomSimulator;
  let database: TestDatabase;
  let program: Program;
  let url: string;
  let api: ApiClient;
  const answers: string[] = [];
  let mobiles: string[];
  /** What a directory holds of people; an answer may show it, a log or a metric may not. */
  let personal: string[];
  let metrics: string;
  let collector: TraceCollector;
  const callbackSecrets: string[] = [];
  let mailbox: MailReceiver;
  let hook: WebhookReceiver;
  let resetToken: string;
  let exportKey: string;

  beforeAll(async () => {
    const app = createApp({ agentid: sample?.agentid ?? 0, secret, createdAfter20220620: false });
    wecom = await startWecomSimulator({ apps: [app] });
    database = await createTestDatabase();
    collector = await collectTraces();
    mailbox = await receiveMail({
      onAuth: ({ username, password }, _session, done) =>
        password === mailPassword ? done(null, { user: username }) : done(new Error('wrong password')),
    });
    hook = await receiveWebhooks(webhookSecret);
    const port = String(await findFreePort());
    program = startProgram({
      PORT: port,
      LOG_LEVEL: 'trace',
      ADMIN_USERNAME: admin.username,
      ADMIN_PASSWORD: admin.password,
      WECOM_API_BASE_URL: wecom.baseUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${collectorKey}`,
      ...database.env,
      ...withPassword(database.env.DATABASE_URL),
    });
    await program.saying('is ready at');
    url = `http://127.0.0.1:${port}`;
    api = createApiClient(url);
    await use(api);
    const members = await readMembersOfWecom();
    mobiles = members.map(({ mobile }) => mobile);
    personal = members
      .flatMap(({ name, mobile, email, address }) => [name, mobile, email, address])
      .concat(attributeValue)
      .filter(isTelling);
    metrics = await (await fetch(`${url}/metrics`)).text();
  });
  afterAll(async () => {
    program.kill('SIGTERM');
    await program.exited;
    await collector.close();
    await mailbox.close();
    await hook.close();
    await wecom.close();
    await database.remove();
  });

  /** Everything that an admin does with secrets, with mistakes; every answer is kept. */
  async function use(client: ApiClient): Promise<void> {
    const send = async (endpoint: Endpoint, body?: unknown) => {
      const answer = await client.request(
        endpoint.method.toUpperCase(),
        endpoint.path,
        body === undefined ? {} : { body },
      );
      answers.push(JSON.stringify(answer.body));
      return answer;
    };
    const credentials = { corpId: wecom.corpid, agentId: sample?.agentid, secret };
    await send(endpoints.signIn, { username: 'admin', password: wrongPassword });
    await send(endpoints.signIn, admin);
    await send(endpoints.testWecomSettings, { ...credentials, secret: wrongSecret });
    await send(endpoints.saveWecomSettings, { ...credentials, secret: wrongSecret });
    await send(endpoints.testWecomSettings, {});
    await send(endpoints.saveSyncSettings, { enabled: true });
    await sync(send);
    await send(endpoints.saveWecomSettings, { ...credentials, secret: `${secret} with blanks` });
    await send(endpoints.saveWecomSettings, `{"secret":"${secret}"`);
    await send(endpoints.saveWecomSettings, { ...credentials, contactSecret });
    wecom.faults.add({ endpoint: 'user/list', times: 1, effect: { kind: 'reset' } });
    wecom.faults.add({ endpoint: 'agent/get', times: 1, effect: { kind: 'nonJson' } });
    await send(endpoints.testWecomSettings, {});
    await send(endpoints.testWecomSettings, credentials);
    await sync(send);
    await receiveEvents(client, send);
    await sendNotices(send);
    await setPasswordByLink(client, send);
    await addAttribute(client, send);
    await exportMembers(send);
    for (const endpoint of [
      endpoints.getWecomSettings,
      endpoints.listWecomEvents,
      endpoints.listSyncRuns,
      endpoints.listAuditEntries,
      endpoints.listMembers,
      endpoints.getNoticeSettings,
      endpoints.listAdministrators,
      endpoints.listExports,
    ])
      await send(endpoint);
  }

  type Send = (endpoint: Endpoint, body?: unknown) => Promise<{ status: number; body: unknown }>;

  /** By mail and webhook, whose receivers are given their secrets. */
  async function sendNotices(send: Send): Promise<void> {
    const { status } = await send(endpoints.saveNoticeSettings, {
      language: 'zh',
      quietHours: null,
      wecom: { enabled: false, userIds: [] },
      email: {
        ...{ enabled: true, host: '127.0.0.1', port: mailbox.port, security: 'none' },
        ...{
          username: 'mirror',
          password: mailPassword,
          from: 'mirror@corp.example',
          to: ['it@corp.example'],
        },
      },
      webhook: { enabled: true, url: hook.url, secret: webhookSecret },
      version: 0,
    });
    expect(status).toBe(200);
    for (const channel of ['email', 'webhook'])
      expect(await send(endpoints.testNoticeChannel, { channel })).toMatchObject({ body: { ok: true } });
  }

  /** The answer with the link aside, which is the one that holds it. */
  async function setPasswordByLink(client: ApiClient, send: Send): Promise<void> {
    const body = { username: 'linked', role: 'auditor' } as const;
    const { link } = await client.call(endpoints.createLocalAccount, { body });
    resetToken = new URL(link.url).hash.split('=').at(-1) ?? '';
    expect(resetToken.length).toBeGreaterThan(20);
    await send(endpoints.completePasswordReset, { token: resetToken, newPassword: 'short' });
    const chosen = { token: resetToken, newPassword: linkedPassword };
    expect((await send(endpoints.completePasswordReset, chosen)).status).toBe(200);
    await send(endpoints.completePasswordReset, chosen);
  }

  async function addAttribute(client: ApiClient, send: Send): Promise<void> {
    await send(endpoints.createAttribute, { key: 'badge', nameZh: '工牌', nameEn: 'Badge', type: 'text' });
    const response = await fetch(`${url}/api/v1/attribute-imports`, {
      method: 'POST',
      headers: { cookie: client.cookie, 'content-type': 'text/csv' },
      body: `userid,badge\nLiSi,${attributeValue}\n`,
    });
    const { id, fingerprint } = (await response.json()) as { id: string; fingerprint: string };
    const apply = { ...endpoints.applyAttributeImport, path: `/attribute-imports/${id}/apply` };
    expect((await send(apply, { fingerprint })).status).toBe(200);
  }

  /** The key of the file is of the product's own making: it is opened as only the holder of APP_SECRET can. */
  async function exportMembers(send: Send): Promise<void> {
    const asked = { list: 'members', format: 'csv', columns: ['name', 'mobile'], reveal: true };
    const { id } = (await send(endpoints.createExport, asked)).body as { id: string };
    const progress = { ...endpoints.getExport, path: `/exports/${id}` };
    while (((await send(progress)).body as { status: string }).status !== 'finished')
      await new Promise((resolve) => setTimeout(resolve, 100));
    const [row] = await openSql(database)<{ sealed: Buffer }>('SELECT file_key_sealed AS sealed FROM export');
    const secretBox = createSecretBox(database.env.APP_SECRET ?? '');
    exportKey = secretBox.open(row?.sealed ?? Buffer.alloc(0), sealContexts.exportKey);
  }

  /**
   * Sets an address up, whose secrets only that one answer holds, and sends it what it takes and what it
   * refuses.
   */
  async function receiveEvents(client: ApiClient, send: Send): Promise<void> {
    const address = { ...endpoints.saveCallback, path: '/settings/wecom/callbacks/contacts' };
    const answer = await client.call(address, { body: { generate: true } });
    callbackSecrets.push(answer.token ?? '', answer.encodingAesKey ?? '');
    await wecom.callbacks.set(
      'contacts',
      {
        url: answer.url,
        token: answer.token ?? '',
        encodingAesKey: answer.encodingAesKey ?? '',
        shape: 'full',
      },
      checkTimeoutMs,
    );
    wecom.callbacks.send(
      'contacts',
      'change_contact',
      `<ChangeType>update_user</ChangeType><UserID>LiSi</UserID><Mobile>${eventMobile}</Mobile>`,
    );
    await wecom.callbacks.idle();
    await fetch(`${answer.url}?msg_signature=${eventMobile}&timestamp=1&nonce=n`, {
      method: 'POST',
      body: `<xml><Encrypt>${eventMobile}</Encrypt></xml>`,
    });
    const events = await send(endpoints.listWecomEvents);
    const [event] = (events.body as { items: { id: string }[] }).items;
    await send({ ...endpoints.getWecomEvent, path: `/wecom-events/${event?.id}` });
  }

  async function sync(send: Send) {
    const { body } = await send(endpoints.startSyncRun, { mode: 'apply' });
    const path = `/sync-runs/${(body as { id: string }).id}`;
    for (;;) {
      const run = (await send({ ...endpoints.getSyncRun, path })).body as { status: string };
      if (['succeeded', 'failed'].includes(run.status)) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await send({ ...endpoints.listSyncChanges, path: `${path}/changes?limit=200` });
  }

  /** As WeCom gave them, of members that were mirrored. */
  async function readMembersOfWecom(): Promise<WecomMember[]> {
    const token = [...(await tokensGiven())][0];
    const response = await fetch(`${wecom.baseUrl}/cgi-bin/user/list?access_token=${token}&department_id=1`);
    return ((await response.json()) as { userlist: WecomMember[] }).userlist;
  }

  /** The simulator reuses a token until it expires: asking gives the one that the server holds. */
  async function tokensGiven(): Promise<Set<string>> {
    const response = await fetch(
      `${wecom.baseUrl}/cgi-bin/gettoken?corpid=${wecom.corpid}&corpsecret=${secret}`,
    );
    return new Set([((await response.json()) as { access_token: string }).access_token]);
  }

  const everySecret = async () => [
    secret,
    wrongSecret,
    contactSecret,
    collectorKey,
    admin.password,
    wrongPassword,
    database.env.APP_SECRET ?? '',
    ...(await tokensGiven()),
    ...callbackSecrets,
    eventMobile,
    mailPassword,
    webhookSecret,
    resetToken,
    linkedPassword,
    exportKey,
    databasePassword,
  ];

  it('were used: the directory is there', async () => {
    const { body } = await api.request('GET', '/members?limit=1');
    expect(body).toMatchObject({ total: 606 });
    expect(mobiles.length).toBeGreaterThan(0);
    expect(program.output.stdout.length).toBeGreaterThan(1_000); // trace level did write
  });

  it('are in no answer', async () => {
    const text = answers.join('\n');
    expect(text.length).toBeGreaterThan(10_000);
    for (const value of [...(await everySecret()), ...mobiles]) expect(text).not.toContain(value);
  });

  it('are in no line of the log at trace level', async () => {
    const text = program.output.stdout + program.output.stderr;
    for (const value of [...(await everySecret()), ...personal, api.cookie.split('=')[1] ?? ''])
      expect(text).not.toContain(value);
  });

  it('are in no metric, nor is anything of a person', async () => {
    expect(metrics).toContain('wecom_calls_total');
    for (const value of [...(await everySecret()), ...personal, wecom.corpid])
      expect(metrics).not.toContain(value);
  });

  it('are in no trace, nor is anything of a person', async () => {
    const names = () => collector.spans.map(({ name }) => name);
    await expect.poll(names).toContain('wecom user/list');
    await expect.poll(names).toContain('GET /api/v1/wecom-events/:id');
    const text = collector.bodies.join('\n');
    for (const value of [...(await everySecret()), ...personal, wecom.corpid, api.cookie.split('=')[1] ?? ''])
      expect(text).not.toContain(value);
  });

  it('are in no column of the database', async () => {
    const sql = openSql(database);
    const tables = await sql<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    expect(tables.length).toBeGreaterThan(12);
    const values = [...(await everySecret()), ...mobiles, api.cookie.split('=')[1] ?? ''];
    const spellings = values.flatMap((value) => [
      value,
      Buffer.from(value).toString('hex'),
      Buffer.from(value).toString('base64').replace(/=+$/, ''),
    ]);
    for (const { name } of tables) {
      const rows = await sql<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      const text = rows.map((row) => row.text).join('\n');
      for (const spelling of spellings) expect(text.includes(spelling), `${name}: ${spelling}`).toBe(false);
    }
  });
});
