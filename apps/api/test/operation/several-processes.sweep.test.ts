import { setTimeout as pause } from 'node:timers/promises';
import { endpoints } from '@orgmirror/contracts';
import { type Corp, sampleApp, startWecomSimulator, type WecomSimulator } from '@orgmirror/wecom-simulator';
import { afterAll, expect, it } from 'vitest';
import { type Answer, type ApiClient, createApiClient } from '../support/api-client.ts';
import { readCorp, readMirror } from '../support/compare-mirror.ts';
import { connectCallbacks } from '../support/connect-callbacks.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { waitOneMinute } from '../support/killable-stage.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { type ReadinessProxy, startReadinessProxy } from '../support/readiness-proxy.ts';
import { receiveWebhooks, type WebhookReceiver } from '../support/receive-webhooks.ts';
import { createSmallCorp, crowd, hire, move } from '../support/small-corp.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { admin } from '../support/start-test-server.ts';
import { chooseCases } from '../support/sweep.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const roles = ['api', 'worker', 'api', 'worker', 'api'] as const;
/** Which is killed, one after the other: each of five parts kills another in each round. */
const kills = chooseCases(
  Array.from({ length: 20 }, (_, index) => (index + Math.floor(index / roles.length)) % roles.length),
  3,
);
const departmentIds = [1, 2, 3, 4, 5, 6];
const oldHands = 200;
/** They and their downloads are 100 at most in ten minutes. */
const maxExports = 40;
const webhookSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const everyone = { maxCount: 100_000, maxPercent: 100 };

/** One process, which is killed and started again on the same port. */
interface Place {
  role: 'api' | 'worker';
  port: string;
  program: Program;
  kills: number;
  /** From the kill until it is ready again. */
  isDown: boolean;
}

let corp: Corp;
let wecom: WecomSimulator;
let database: TestDatabase;
let sql: Sql;
let places: Place[];
let proxy: ReadinessProxy;
let hook: WebhookReceiver;
let cookie: string;

const urlOf = ({ port }: Place) => `http://127.0.0.1:${port}`;
const start = (role: Place['role'], port: string): Program =>
  startProgram({
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    WECOM_API_BASE_URL: wecom.baseUrl,
    WECOM_MAX_CALLS_PER_MINUTE: '1000000',
    MAX_READS_PER_MINUTE: '1000000',
    MAX_WRITES_PER_MINUTE: '1000000',
    LOG_LEVEL: 'silent',
    ...database.env,
    ROLE: role,
    PORT: port,
    PUBLIC_URL: proxy.url,
  });

/** Starts the processes and has one of them configured. */
async function setUp(): Promise<void> {
  corp = createSmallCorp(
    departmentIds.map((id) => [id, id === 1 ? 0 : 1] as const),
    crowd(oldHands, 1),
  );
  wecom = await startWecomSimulator({ corp, settings: { callsPerMinute: 10_000_000, latencyMs: 20 } });
  database = await createTestDatabase();
  sql = openSql(database);
  hook = await receiveWebhooks(webhookSecret);
  const ports = await Promise.all(roles.map(async () => String(await findFreePort())));
  proxy = await startReadinessProxy(
    ports.filter((_, index) => roles[index] === 'api').map((port) => `http://127.0.0.1:${port}`),
  );
  places = roles.map((role, index) => {
    const port = ports[index] ?? '';
    return { role, port, program: start(role, port), kills: 0, isDown: false };
  });
  await Promise.all(places.map(({ program }) => program.saying('ready')));
  await expect.poll(proxy.ready).toHaveLength(3);
  const api = createApiClient(proxy.url);
  await api.call(endpoints.signIn, { body: admin });
  cookie = api.cookie;
  const credentials = { corpId: wecom.corpid, agentId: sampleApp.agentid, secret: sampleApp.secret };
  await api.call(endpoints.saveWecomSettings, { body: credentials });
  await api.call(endpoints.saveSyncSettings, { body: { enabled: true, removalGuard: everyone } });
  const { version, ...notices } = await api.call(endpoints.getNoticeSettings);
  await api.request('PUT', '/settings/notices', {
    body: { ...notices, webhook: { enabled: true, url: hook.url, secret: webhookSecret }, version },
  });
  await connectCallbacks({ api, wecom });
  Object.assign(wecom.callbacks.delivery, { copies: 2, shuffled: true, tries: 60, retryDelayMs: 500 });
}
afterAll(async () => {
  for (const { program } of places) {
    program.kill('SIGKILL');
    await program.exited;
  }
  await proxy.close();
  await hook.close();
  await wecom.close();
  await database.remove();
});

/** What clients did until the kills are over. */
interface Load {
  /** Ids that a server has confirmed. */
  runs: string[];
  exports: string[];
  hired: string[];
  /** Answers that no client should see. */
  wrong: string[];
  /** Answers of each kind, for the reader of a failure. */
  seen: Map<string, number>;
  isOver: boolean;
}

/** What a server rightly says to who asks for too much. */
const expectedConflicts = new Set(['sync.already_running', 'export.too_many']);

/** Asks one process. @returns undefined when it was killed meanwhile, is not there, or says that it starts */
async function ask(
  load: Load,
  place: Place,
  [method, path, body]: [method: string, path: string, body?: unknown],
): Promise<Answer<unknown> | undefined> {
  const client = createApiClient(urlOf(place));
  client.cookie = cookie;
  const { kills, isDown } = place;
  const count = (what: string) => load.seen.set(what, (load.seen.get(what) ?? 0) + 1);
  try {
    const answer = await client.request(method, path, body === undefined ? {} : { body });
    count(`${method} ${path} ${answer.status}`);
    if (answer.status < 300) return answer;
    const isExpected = expectedConflicts.has((answer.body as { code?: string }).code ?? '');
    if (!isExpected && !(answer.status === 503 && answer.headers.has('retry-after')))
      load.wrong.push(`${method} ${path} ${answer.status} ${JSON.stringify(answer.body)}`);
    return undefined;
  } catch (error) {
    const reason = String((error as { cause?: { code?: unknown } }).cause?.code ?? error);
    count(`${method} ${path} ${reason}`);
    // A connection is refused while nobody listens, and cut only by a kill.
    if (reason !== 'ECONNREFUSED' && place.kills === kills && !isDown)
      load.wrong.push(`${method} ${path} ${reason}`);
    await pause(20);
    return undefined;
  }
}

const idOf = ({ body }: Answer<unknown>): string => (body as { id: string }).id;

/** Reads of each process, syncs and exports of any, changes in WeCom with their events. @returns the end of them all */
function startLoad(load: Load): Promise<unknown> {
  const servers = places.filter(({ role }) => role === 'api');
  const repeat = async (work: (turn: number) => Promise<void> | void, everyMs: number) => {
    for (let turn = 0; !load.isOver; turn++) {
      await work(turn);
      await pause(everyMs);
    }
  };
  const inTurn = (turn: number): Place => servers[turn % servers.length] ?? servers[0]!;
  return Promise.all([
    ...servers.flatMap((place) =>
      ['/members', '/overview', '/sync-runs'].map((path) =>
        repeat(async () => void (await ask(load, place, ['GET', path])), 30),
      ),
    ),
    repeat(async (turn) => {
      const begun = await ask(load, inTurn(turn), ['POST', '/sync-runs', { mode: 'apply' }]);
      if (begun) load.runs.push(idOf(begun));
    }, 300),
    repeat(async (turn) => {
      if (load.exports.length >= maxExports) return;
      const body = { list: 'members', format: 'csv', columns: ['wecomUserId'] };
      const begun = await ask(load, inTurn(turn), ['POST', '/exports', body]);
      if (begun) load.exports.push(idOf(begun));
    }, 1_500),
    repeat((turn) => {
      const department = departmentIds[turn % departmentIds.length] ?? 1;
      hire(corp, `new${turn}`, department);
      load.hired.push(`new${turn}`);
      move(corp, `u${(turn % oldHands) + 1}`, department);
    }, 100),
  ]);
}

async function killAndRestart(place: Place): Promise<void> {
  if (place.role === 'worker') {
    const underWay = `SELECT 1 FROM sync_run WHERE status IN ('reading', 'planning', 'applying')`;
    await expect.poll(() => sql(underWay)).not.toEqual([]);
  }
  place.kills++;
  place.isDown = true;
  place.program.kill('SIGKILL');
  await place.program.exited;
  if (place.role === 'worker') await outliveClaims();
  place.program = start(place.role, place.port);
  await place.program.saying('ready');
  place.isDown = false;
}

/** What a killed worker had claimed is free at once, and what a living one holds may be taken from it, too. */
async function outliveClaims(): Promise<void> {
  await waitOneMinute(sql);
  await sql(`UPDATE export SET claimed_until = claimed_until - interval '1 minute'`);
}

it(`${roles.length} processes on one database, killed and restarted under load: nothing is lost or done twice`, {
  timeout: 600_000,
}, async () => {
  await setUp();
  const load: Load = { runs: [], exports: [], hired: [], wrong: [], seen: new Map(), isOver: false };
  const loaded = startLoad(load);
  for (const index of kills) await killAndRestart(places[index]!);
  load.isOver = true;
  await loaded;
  expect(load.wrong, [...load.seen].join('\n')).toEqual([]);
  const api = createApiClient(proxy.url);
  api.cookie = cookie;
  await expect.poll(proxy.ready).toHaveLength(3);
  await wecom.callbacks.idle();
  await outliveClaims();
  await settle(api);

  expect(await readMirror(sql)).toEqual(readCorp(corp));
  await expectEventsOnce();
  await expectRunsOnce(load);
  await expectExportsWhole(load, api);
  expectNoticesAlike();
});

const activeRuns = () => sql('SELECT 1 FROM sync_run WHERE active_corp_row_id IS NOT NULL');

/** Lets what is under way end, then syncs once: that covers events whose run was cut off. */
async function settle(api: ApiClient): Promise<void> {
  const begin = async () => {
    await expect.poll(activeRuns, { timeout: 60_000 }).toEqual([]);
    return api.request('POST', '/sync-runs', { body: { mode: 'apply' } });
  };
  let begun = await begin();
  while (begun.status === 409) begun = await begin(); // a run for events came first
  expect(begun.status).toBe(202);
  await expect.poll(activeRuns, { timeout: 60_000 }).toEqual([]);
  const last = await api.call(endpoints.getSyncRun, { params: { id: idOf(begun) } });
  expect(last).toMatchObject({ status: 'succeeded', complete: true });
}

/** Each event that WeCom has sent, twice and until it was taken, is there once and was processed. */
async function expectEventsOnce(): Promise<void> {
  const { delivered, lost } = wecom.callbacks.stats();
  expect(lost).toBe(0);
  const states = () => sql('SELECT status, count(*)::int AS events FROM callback_event GROUP BY status');
  await expect.poll(states, { timeout: 60_000 }).toEqual([{ status: 'processed', events: delivered / 2 }]);
}

/** Each confirmed run has ended, and no member was created by two. */
async function expectRunsOnce({ runs, hired }: Load): Promise<void> {
  const ends = await sql(
    `SELECT DISTINCT status, error->>'code' AS code FROM sync_run WHERE id = ANY($1::uuid[]) ORDER BY 1`,
    [runs],
  );
  expect([
    { status: 'failed', code: 'sync.interrupted' },
    { status: 'succeeded', code: null },
  ]).toEqual(expect.arrayContaining(ends));
  const [{ stored } = { stored: 0 }] = await sql<{ stored: number }>(
    'SELECT count(*)::int AS stored FROM sync_run WHERE id = ANY($1::uuid[])',
    [runs],
  );
  expect(stored).toBe(new Set(runs).size);
  const created = await sql<{ key: string }>(`SELECT key FROM sync_change JOIN sync_run ON id = run_id
    WHERE status = 'succeeded' AND entity = 'member' AND kind = 'create' AND key LIKE 'new%'`);
  expect(created.map(({ key }) => key).sort()).toEqual([...hired].sort());
}

/** Each confirmed export ends as a file that names each of its members once. */
async function expectExportsWhole({ exports }: Load, api: ApiClient): Promise<void> {
  expect(exports.length).toBeGreaterThan(0);
  for (const id of exports) {
    const read = () => api.call(endpoints.getExport, { params: { id } });
    await expect.poll(async () => (await read()).status, { timeout: 60_000 }).toBe('finished');
    const answer = await api.request('GET', `/exports/${id}/file`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const userIds = String(answer.body).trimEnd().split('\r\n').slice(1);
    expect(new Set(userIds).size).toBe(userIds.length);
    expect(userIds).toHaveLength((await read()).rows);
  }
}

/** A receiver gets a notice again only under its own id, which is how it knows. */
function expectNoticesAlike(): void {
  const bodies = new Map<string, string>();
  for (const { id, body } of hook.received) {
    const { data } = body as { data: unknown };
    expect(bodies.get(id) ?? JSON.stringify(data)).toBe(JSON.stringify(data));
    bodies.set(id, JSON.stringify(data));
  }
}
