import { type Endpoint, endpoints } from '@orgmirror/contracts';
import {
  createApp,
  createSampleApps,
  startWecomSimulator,
  type WecomSimulator,
} from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { collectTraces, type TraceCollector } from '../support/collect-traces.ts';
import { checkTimeoutMs } from '../support/connect-callbacks.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { openSql } from '../support/query-database.ts';
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
/** Of an event; a userid may be shown, a mobile may not. */
const eventMobile = '13987654321';

type WecomMember = Record<'name' | 'mobile' | 'email' | 'address', string>;

/** Shorter ones, such as names of two letters, are in other words as well. */
const isTelling = (value: string | undefined): value is string => value !== undefined && value.length >= 3;

describe('secrets', () => {
  let wecom: WecomSimulator;
  let database: TestDatabase;
  let program: Program;
  let api: ApiClient;
  const answers: string[] = [];
  let mobiles: string[];
  /** What a directory holds of people; an answer may show it, a log or a metric may not. */
  let personal: string[];
  let metrics: string;
  let collector: TraceCollector;
  const callbackSecrets: string[] = [];

  beforeAll(async () => {
    const app = createApp({ agentid: sample?.agentid ?? 0, secret, createdAfter20220620: false });
    wecom = await startWecomSimulator({ apps: [app] });
    database = await createTestDatabase();
    collector = await collectTraces();
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
    });
    await program.saying('is ready at');
    api = createApiClient(`http://127.0.0.1:${port}`);
    await use(api);
    const members = await readMembersOfWecom();
    mobiles = members.map(({ mobile }) => mobile);
    personal = members
      .flatMap(({ name, mobile, email, address }) => [name, mobile, email, address])
      .filter(isTelling);
    metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  });
  afterAll(async () => {
    program.kill('SIGTERM');
    await program.exited;
    await collector.close();
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
    for (const endpoint of [
      endpoints.getWecomSettings,
      endpoints.listWecomEvents,
      endpoints.listSyncRuns,
      endpoints.listAuditEntries,
      endpoints.listMembers,
    ])
      await send(endpoint);
  }

  /**
   * Sets an address up, whose secrets only that one answer holds, and sends it what it takes and what it
   * refuses.
   */
  async function receiveEvents(
    client: ApiClient,
    send: (endpoint: Endpoint, body?: unknown) => Promise<{ status: number; body: unknown }>,
  ): Promise<void> {
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

  async function sync(
    send: (endpoint: Endpoint, body?: unknown) => Promise<{ status: number; body: unknown }>,
  ) {
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
