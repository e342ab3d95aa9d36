import { randomUUID } from 'node:crypto';
import { type Endpoint, endpoints } from '@orgmirror/contracts';
import { sampleApp, startWecomSimulator } from '@orgmirror/wecom-simulator';
import fc from 'fast-check';
import jwt from 'jsonwebtoken';
import { expect, it } from 'vitest';
import { createSecretBox } from '../../src/platform/secret-box.ts';
import { anyBody, anyFile } from '../support/any-body.ts';
import { createApiClient } from '../support/api-client.ts';
import { hostileHeaders, sendRaw } from '../support/hostile-headers.ts';
import { openSql } from '../support/query-database.ts';
import { spawnServer } from '../support/spawn-server.ts';
import { admin } from '../support/start-test-server.ts';
import { chooseCount, sweepSeed } from '../support/sweep.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { watchHeap } from '../support/watch-heap.ts';

const requests = chooseCount({ sample: 800, whole: 100_000 });
const maxGrowthMb = 40;
const maxAnswerMs = 1_000;
const concurrency = 6;
/** Generated at a time, each time by another seed. */
const batchSize = 2_000;

const roles = ['anonymous', 'member', 'auditor', 'admin'] as const;
type Role = (typeof roles)[number];

interface FuzzedRequest {
  role: Role;
  endpoint: Endpoint;
  id: string;
  query: string;
  headers: Record<string, string>;
  /** Whether a hostile cookie stands before that of the session. */
  isCookieFirst: boolean;
  body: string | Uint8Array | undefined;
}

/**
 * Any route with any path, query, headers and body; half of the headers are those of a well-behaved client.
 */
const anyRequest = fc.constantFrom(...Object.values<Endpoint>(endpoints)).chain((endpoint) =>
  fc.record<FuzzedRequest>({
    endpoint: fc.constant(endpoint),
    role: fc.constantFrom(...roles),
    id: fc.oneof(
      fc.uuid(),
      fc.constantFrom('ChenXing', 'app', 'contacts', '1', '%00', '%ff', 'x'.repeat(300)),
    ),
    query: anyQuery(endpoint),
    headers: fc.oneof(fc.constant({}), hostileHeaders),
    isCookieFirst: fc.boolean(),
    body: anyContent(endpoint),
  }),
);

function anyContent(endpoint: Endpoint): fc.Arbitrary<string | Uint8Array | undefined> {
  if (endpoint.upload) return anyFile;
  return endpoint.body ? anyBody(endpoint).map((body) => JSON.stringify(body)) : fc.constant(undefined);
}

function anyQuery({ query }: Endpoint): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer().map(String),
    fc.constantFrom('true', 'left', ''),
  );
  const names = fc.constantFrom('x', ...Object.keys(query?.shape ?? {}));
  return fc
    .array(fc.tuple(names, value), { maxLength: 4 })
    .map((pairs) =>
      new URLSearchParams(
        pairs.map(([name, text]): [string, string] => [name, text.toWellFormed()]),
      ).toString(),
    );
}

/** Puts a session of each role into the database, again whenever a request has ended or lost one. */
function createSessions(database: TestDatabase) {
  const sql = openSql(database);
  const key = createSecretBox(database.env.APP_SECRET ?? '').deriveKey('session');
  const ids = { auditor: randomUUID(), member: randomUUID(), admin: randomUUID() };
  const auditorId = randomUUID();
  const revive = async () => {
    await sql(
      `INSERT INTO user_account (id, username, username_key, password_hash, role)
       VALUES ($1, 'auditor', 'auditor', 'none', 'auditor') ON CONFLICT DO NOTHING`,
      [auditorId],
    );
    await sql(
      `UPDATE member SET role = 'member', disabled_by = NULL, status = 1 WHERE user_key = 'chenxing'`,
    );
    await sql(
      `INSERT INTO session (id, user_id, member_id, expires_at) VALUES
       ($1, $4, NULL, now() + interval '1 day'),
       ($2, NULL, (SELECT id FROM member WHERE user_key = 'chenxing'), now() + interval '1 day'),
       ($3, (SELECT id FROM user_account WHERE username = 'admin'), NULL, now() + interval '1 day')
       ON CONFLICT DO NOTHING`,
      [ids.auditor, ids.member, ids.admin, auditorId],
    );
  };
  /** The cookie of the role's session, beside a hostile one if there is any. */
  const cookieOf = ({ role, headers, isCookieFirst }: FuzzedRequest): Record<string, string> => {
    if (role === 'anonymous') return {};
    const cookies = [`orgmirror_session=${jwt.sign({ sid: ids[role] }, key)}`];
    if (headers.cookie !== undefined) cookies[isCookieFirst ? 'unshift' : 'push'](headers.cookie);
    return { cookie: cookies.join('; ') };
  };
  return { revive, cookieOf };
}

it(`${requests} requests over all routes as four roles: no 5xx, none slow, memory flat`, async () => {
  const wecom = await startWecomSimulator();
  const database = await createTestDatabase();
  const server = await spawnServer({
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    WECOM_API_BASE_URL: wecom.baseUrl,
    WECOM_OAUTH_BASE_URL: wecom.baseUrl,
    WECOM_LOGIN_BASE_URL: wecom.baseUrl,
    ...database.env,
  });
  try {
    const api = createApiClient(server.url);
    await api.call(endpoints.signIn, { body: admin });
    const { agentid: agentId, secret } = sampleApp;
    await api.call(endpoints.saveWecomSettings, { body: { corpId: wecom.corpid, agentId, secret } });
    await api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
    const { id } = await api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    while ((await api.call(endpoints.getSyncRun, { params: { id } })).status !== 'succeeded')
      await new Promise((resolve) => setTimeout(resolve, 50));
    await api.call(endpoints.createAuthProvider, { body: { kind: 'wecom-oauth2', name: '企业微信' } });

    const { revive, cookieOf } = createSessions(database);
    await revive();
    const send = (asked: FuzzedRequest) => {
      const { endpoint, id: pathId, query, headers, body } = asked;
      return sendRaw(server.url, {
        method: endpoint.method.toUpperCase(),
        path: `/api/v1${endpoint.path.replace(/:\w+/, pathId)}?${query}`,
        headers: {
          host: new URL(server.url).host,
          ...(body !== undefined && { 'content-type': endpoint.upload?.[0] ?? 'application/json' }),
          ...headers,
          ...cookieOf(asked),
        },
        ...(body !== undefined && { body }),
      });
    };
    const timed = async (asked: FuzzedRequest) => {
      const startedAt = performance.now();
      const status = await send(asked);
      return { status, tookMs: performance.now() - startedAt };
    };
    /** A slow machine is told from a slow answer by asking alone, the best of three. */
    const isSlow = async (asked: FuzzedRequest) => {
      for (let time = 1; time <= 3; time++) if ((await timed(asked)).tookMs <= maxAnswerMs) return false;
      return true;
    };
    const heap = watchHeap(server, requests);

    const failures: unknown[] = [];
    const statuses = new Map<number, number>();
    let knownBesideHostile = 0;
    const late: { tookMs: number; asked: FuzzedRequest }[] = [];
    let begun = 0;
    let batch: FuzzedRequest[] = [];
    const takeNext = (): FuzzedRequest => {
      const place = begun % batchSize;
      if (place === 0) batch = fc.sample(anyRequest, { numRuns: batchSize, seed: sweepSeed + begun });
      begun++;
      return batch[place]!;
    };
    const work = async () => {
      while (begun < requests) {
        const asked = takeNext();
        await heap.look(begun);
        const { status, tookMs } = await timed(asked);
        if (tookMs > maxAnswerMs) late.push({ tookMs, asked });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status >= 500) failures.push({ status, ...asked, endpoint: asked.endpoint.path });
        if (asked.role !== 'anonymous' && asked.headers.cookie !== undefined && status !== 401)
          knownBesideHostile++;
        if (status === 401 && asked.role !== 'anonymous') await revive();
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));

    expect(failures).toEqual([]);
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404]));
    expect(knownBesideHostile).toBeGreaterThan(requests / 100); // a session is found beside a hostile cookie
    const slow: string[] = [];
    for (const { asked } of late.toSorted((one, other) => other.tookMs - one.tookMs).slice(0, 20))
      if (await isSlow(asked)) slow.push(asked.endpoint.path);
    expect(slow).toEqual([]);
    expect(await heap.growthMb()).toBeLessThan(maxGrowthMb);
  } finally {
    await server.stop();
    await wecom.close();
    await database.remove();
  }
}, 1_800_000);
