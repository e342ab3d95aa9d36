import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { endpoints } from '@orgmirror/contracts';
import { sampleApp, startWecomSimulator, type WecomSimulator } from '@orgmirror/wecom-simulator';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { applyAsBefore } from '../support/earlier-release.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { openSql, readLocks } from '../support/query-database.ts';
import { startReadinessProxy } from '../support/readiness-proxy.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { admin } from '../support/start-test-server.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const migrationLock = 7_302_202;
const lastOfPrisma = '20261125143428_sync_change_kinds';

let database: TestDatabase;
let program: Program;
let url: string;
/** Ended and waited for after each story. */
const running: Program[] = [];
const launch = (env: Record<string, string>): Program => {
  const launched = startProgram({
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    LOG_LEVEL: 'warn',
    ...database.env,
    ...env,
  });
  running.push(launched);
  return launched;
};
const start = async (env: Record<string, string> = {}) => {
  const port = String(await findFreePort());
  url = `http://127.0.0.1:${port}`;
  program = launch({ ...env, PORT: port });
};
afterEach(async () => {
  for (const each of running.splice(0)) {
    each.kill('SIGKILL');
    await each.exited;
  }
  await database.remove();
});

/** A connection of somebody else that holds what the start needs. */
async function hold(...statements: string[]): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database.env.DATABASE_URL });
  await client.connect();
  await client.query('BEGIN');
  for (const statement of statements) await client.query(statement);
  return () => client.end();
}

const statusOf = async (path: string) => (await fetch(`${url}${path}`)).status;
const isListening = () => expect.poll(() => statusOf('/healthz').catch(() => 0)).toBe(200);

/**
 * Sends a request up to its body, once the server has begun to serve it.
 * @returns what sends the body and waits for the status
 */
async function beginRequest(
  path: string,
  body: object,
  cookie = '',
  method = 'POST',
): Promise<() => Promise<number>> {
  const text = JSON.stringify(body);
  const headers = {
    cookie,
    expect: '100-continue',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  };
  const sent = request(`${url}/api/v1${path}`, { method, headers });
  const answered = once(sent, 'response');
  sent.flushHeaders();
  await once(sent, 'continue');
  return async () => {
    sent.end(text);
    const [answer] = (await answered) as [IncomingMessage];
    answer.resume();
    return answer.statusCode ?? 0;
  };
}

describe('a server that waits for its turn to migrate', () => {
  let release: () => Promise<void>;
  beforeEach(async () => {
    database = await createTestDatabase({ empty: true });
    release = await hold(`SELECT pg_advisory_xact_lock(${migrationLock})`);
    await start();
    await isListening();
  });
  afterEach(() => release());

  it('lives, is not ready and says why, until it has had it', async () => {
    await expect.poll(async () => await (await fetch(`${url}/readyz`)).text()).toContain('_init');
    const readiness = await fetch(`${url}/readyz`, { headers: { 'accept-language': 'en' } });
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toMatchObject({ status: 'unavailable', code: 'server.starting' });
    const answer = await fetch(`${url}/api/v1/session`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.json()).toMatchObject({ code: 'server.starting' });
    await release();
    await program.saying('is ready at');
    expect(await statusOf('/readyz')).toBe(200);
  });

  it('stops when it is told to', async () => {
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    expect(program.output.stderr).toBe('');
  });
});

it('SIGTERM rolls the migration under way back', async () => {
  database = await createTestDatabase({ empty: true });
  await applyAsBefore(database.env.DATABASE_URL ?? '', lastOfPrisma);
  const release = await hold('LOCK TABLE audit_entry IN SHARE MODE');
  await start();
  const sql = openSql(database);
  const waiting = () => readLocks(sql, `NOT granted AND relation = 'audit_entry'::regclass`);
  await expect.poll(waiting).toHaveLength(1);
  program.kill('SIGTERM');
  expect(await program.exited).toBe(0);
  expect(await waiting()).toEqual([]);
  const applied = await sql(
    'SELECT max(migration_name) AS last FROM _prisma_migrations WHERE finished_at IS NOT NULL',
  );
  expect(applied).toEqual([{ last: lastOfPrisma }]);
  await release();
  await start();
  await program.saying('is ready at');
  expect(program.output.stdout).toMatch(/Applied \d+ database migration/);
});

describe('a server that is told to stop', () => {
  let wecom: WecomSimulator;
  let api: ApiClient;
  beforeAll(async () => {
    wecom = await startWecomSimulator({ corp: createSmallCorp([[1, 0]], [['ann', 1]]) });
  });
  afterAll(() => wecom.close());
  beforeEach(async () => {
    database = await createTestDatabase();
    await start({ WECOM_API_BASE_URL: wecom.baseUrl });
    await program.saying('is ready at');
    api = createApiClient(url);
    await api.call(endpoints.signIn, { body: admin });
    const credentials = { corpId: wecom.corpid, agentId: sampleApp.agentid, secret: sampleApp.secret };
    await api.call(endpoints.saveWecomSettings, { body: credentials });
    await api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
  });

  it('ends what is under way, closes streams and idle connections, and takes nothing new', async () => {
    const first = await api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    await expect
      .poll(async () => (await api.call(endpoints.getSyncRun, { params: { id: first.id } })).status)
      .toBe('succeeded');
    wecom.settings.latencyMs = 700;
    const { id } = await api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    const stream = await fetch(`${url}/api/v1/sync-runs/${id}/events`, { headers: { cookie: api.cookie } });
    const streamed = stream.text();
    const underWay = [
      await beginRequest('/settings/wecom/test', {}, api.cookie),
      await beginRequest('/members/ann/check', {}, api.cookie),
      ...(await Promise.all([1, 2, 3].map(() => beginRequest('/session', admin)))),
    ];
    const passwords = { currentPassword: admin.password, newPassword: 'another long password of 2026' };
    const changePassword = await beginRequest('/me/password', passwords, api.cookie, 'PUT');
    program.kill('SIGTERM');
    const statuses = await Promise.all(underWay.map((finish) => finish()));
    wecom.settings.latencyMs = 0;
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect(await changePassword()).toBe(204); // last: with it the other password ends
    expect(await connectTo(url)).toBe('ECONNREFUSED');
    await streamed;
    expect(await program.exited).toBe(0);
    expect(program.output.stderr).toBe('');
  });
});

describe('a server that drains', () => {
  it('says that it is not ready, serves on with answers that end their connection, until a second signal', async () => {
    database = await createTestDatabase();
    await start({ SHUTDOWN_DRAIN_SECONDS: '600' });
    await program.saying('is ready at');
    program.kill('SIGTERM');
    await program.saying('Stopping');
    await expect.poll(() => statusOf('/readyz')).toBe(503);
    const readiness = await fetch(`${url}/readyz`, { headers: { 'accept-language': 'zh' } });
    expect(await readiness.json()).toMatchObject({ code: 'server.stopping', title: '服务正在停止' });
    expect(await statusOf('/healthz')).toBe(200);
    await createApiClient(url).call(endpoints.signIn, { body: admin });
    const answer = await fetch(`${url}/api/v1/session`);
    expect([answer.status, answer.headers.get('connection')]).toEqual([401, 'close']);
    let code: number | null | undefined;
    void program.exited.then((exitCode) => {
      code = exitCode;
    });
    await expect // signals within half a second are one
      .poll(() => {
        program.kill('SIGTERM');
        return code;
      })
      .toBe(143);
  });

  it('loses no request when two behind a proxy are restarted in turn', { timeout: 120_000 }, async () => {
    database = await createTestDatabase();
    const ports = [String(await findFreePort()), String(await findFreePort())];
    const urls = ports.map((port) => `http://127.0.0.1:${port}`);
    const serve = (PORT: string) => launch({ PORT, SHUTDOWN_DRAIN_SECONDS: '3' });
    const servers = ports.map(serve);
    const proxy = await startReadinessProxy(urls);
    onTestFinished(proxy.close);
    await expect.poll(proxy.ready).toHaveLength(2);
    const statuses = new Map<string, number>();
    const client = createApiClient(proxy.url);
    await client.call(endpoints.signIn, { body: admin });
    let isOver = false;
    const ask = async (method: string, path: string, body?: unknown) => {
      while (!isOver) {
        const { status } = await client.request(method, path, body === undefined ? {} : { body });
        const kind = `${method} ${path} ${status}`;
        statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
      }
    };
    const users = [...[1, 2, 3, 4].map(() => ask('GET', '/members')), ask('PATCH', '/me/preferences', {})];
    for (const [place, server] of servers.entries()) {
      server.kill('SIGTERM');
      expect(await server.exited).toBe(0);
      serve(ports[place] ?? '');
      await expect.poll(proxy.ready).toHaveLength(2);
    }
    isOver = true;
    await Promise.all(users);
    expect([...statuses.keys()].sort()).toEqual(['GET /members 200', 'PATCH /me/preferences 200']);
  });
});

const settableClock = `--import=${new URL('../support/settable-clock.ts', import.meta.url).href}`;

it.each(['api', 'worker'])('a process with ROLE=%s says that its clock was set', async (ROLE) => {
  database = await createTestDatabase();
  await start({ ROLE, NODE_OPTIONS: settableClock });
  await program.saying(ROLE === 'worker' ? 'worker is ready' : 'is ready at');
  program.kill('SIGUSR2');
  await program.saying('the clock was set');
  expect(program.output.stdout).toContain('the clock was set');
});

/** What a new connection meets. */
function connectTo(address: string): Promise<string | undefined> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  return new Promise((resolve) => {
    socket
      .once('connect', () => resolve(undefined))
      .once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    socket.once('connect', () => socket.destroy());
  });
}
