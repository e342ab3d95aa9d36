import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { endpoints } from '@orgmirror/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { connectCallbacks } from '../support/connect-callbacks.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';

let server: TestServer;
let beside: { url: string; stop(): Promise<void> };
let sql: Sql;
let clients: [ApiClient, ApiClient];
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp: createSmallCorp([[1, 0]], [['ann', 1]]) } });
  await server.configure();
  await server.sync();
  sql = openSql(server.database);
});
afterAll(() => server.stop());

/** As if nobody had asked for anything: in both processes and in the database. */
beforeEach(async () => {
  const limits = { MAX_READS_PER_MINUTE: '100', MAX_WRITES_PER_MINUTE: '20' };
  await server.restart(limits);
  await sql('DELETE FROM rate_limit');
  beside = await server.startBeside(limits);
  const other = createApiClient(beside.url);
  await other.call(endpoints.signIn, { body: admin });
  clients = [server.api, other];
  return () => beside.stop();
});

const countedReads = () => sql(`SELECT points FROM rate_limit WHERE key LIKE 'requests-read%'`);

/** Asks by turns at both processes until one refuses. */
async function askUntilRefused(ask: (client: ApiClient) => ReturnType<ApiClient['request']>) {
  for (let served = 0; served < 300; served++) {
    const answer = await ask(clients[served % 2 === 0 ? 0 : 1]);
    if (answer.status !== 200 && answer.status !== 204) return { served, answer };
  }
  throw new Error('Nothing was refused.');
}

describe('requests of one user', () => {
  const read = (client: ApiClient) => client.request('GET', '/session');

  it('that read are refused beyond the limit at all processes, with when to go on', async () => {
    const { served, answer } = await askUntilRefused(read);
    expect(served).toBeGreaterThanOrEqual(100);
    expect(served).toBeLessThan(200); // a batch of 50 for each of two processes
    const { status, body, headers } = answer;
    expect([status, (body as { code: string }).code]).toEqual([429, 'request.throttled']);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((body as { detail: string }).detail).toContain(String(seconds));
  });

  it('that read cost no statement while they are few', async () => {
    for (let time = 0; time < 48; time++) await read(server.api);
    expect(await countedReads()).toEqual([]);
  });

  it('that change something are refused sooner', async () => {
    const { served } = await askUntilRefused((client) =>
      client.request('PATCH', '/settings/wecom/sync', { body: { enabled: true } }),
    );
    expect(served).toBeGreaterThanOrEqual(20);
    expect(served).toBeLessThan(40);
  });

  it('that reveal a field are refused at the 101st, each counted', async () => {
    await sql(
      `INSERT INTO rate_limit SELECT 'requests-reveal:' || id, 99, now() + interval '5 minutes' FROM user_account`,
    );
    const reveal = () => server.api.request('POST', '/members/ann/reveal', { body: { field: 'mobile' } });
    expect((await reveal()).status).toBe(404); // ann has none, and it counts

    const answer = await clients[1].request('POST', '/members/ann/reveal', { body: { field: 'mobile' } });
    expect(answer.status).toBe(429);
  });

  it('that are refused hold up neither WeCom nor anybody else', async () => {
    await askUntilRefused(read);
    expect((await server.anonymous().request('GET', endpoints.getSetup.path)).status).toBe(200);
    await connectCallbacks(server); // WeCom's check of the address is answered
    expect((await read(server.api)).status).toBe(429);
  });

  it('that begin an export are refused at the 101st, each counted', async () => {
    await sql(
      `INSERT INTO rate_limit SELECT 'requests-export:' || id, 99, now() + interval '5 minutes' FROM user_account`,
    );
    const body = { list: 'members', format: 'csv', columns: ['name'] };
    expect((await server.api.request('POST', '/exports', { body })).status).toBe(202);
    expect((await clients[1].request('POST', '/exports', { body })).status).toBe(429);
  });

  it('that only read are served while they cannot be counted', async () => {
    await sql('ALTER TABLE rate_limit RENAME TO elsewhere');
    for (let time = 0; time < 120; time++) expect((await read(server.api)).status).toBe(200);
    await sql('ALTER TABLE elsewhere RENAME TO rate_limit');
  });
});

it('event streams of one session are refused beyond twenty, until one ends', async () => {
  server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'hang' } });
  const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'preview' } });
  const closing = new AbortController();
  const follow = (client: ApiClient, signal = closing.signal) =>
    fetch(`${server.url}/api/v1/sync-runs/${id}/events`, { headers: { cookie: client.cookie }, signal });
  try {
    const last = new AbortController();
    const streams = await Promise.all([
      ...Array.from({ length: 19 }, () => follow(server.api)),
      follow(server.api, last.signal),
    ]);
    expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    const refused = await follow(server.api);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'request.too_many_streams' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = server.anonymous();
    await other.call(endpoints.signIn, { body: admin });
    expect((await follow(other)).status).toBe(200);
    last.abort();
    await expect.poll(async () => (await follow(server.api)).status).toBe(200);
  } finally {
    closing.abort();
    server.wecom.faults.clear();
    await sql(`UPDATE sync_run SET cancel_requested_at = now() WHERE id = $1`, [id]);
  }
});

it('connections to a port are closed beyond the limit, until others end', async () => {
  const small = await server.startBeside({ MAX_CONNECTIONS: '10' });
  const { hostname, port } = new URL(small.url);
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined); // the server may reset it
    await once(socket, 'connect');
    return socket;
  };
  const isAnswered = async (socket: Socket): Promise<boolean> => {
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    return Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]);
  };
  const sockets = await Promise.all(Array.from({ length: 10 }, open));
  try {
    expect(await Promise.all(sockets.map(isAnswered))).not.toContain(false);
    expect(await isAnswered(await open())).toBe(false);
    sockets.pop()?.destroy();
    await expect
      .poll(async () => {
        const socket = await open();
        sockets.push(socket);
        return isAnswered(socket);
      })
      .toBe(true);
  } finally {
    for (const socket of sockets) socket.destroy();
    await small.stop();
  }
});
