import { endpoints, type SyncChange, type SyncRun } from '@orgmirror/contracts';
import { removeMember, updateMember } from '@orgmirror/wecom-simulator';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionStringOf, openSql } from '../support/query-database.ts';
import { createSmallCorp, crowd, hire } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { untilLeaseIsFree } from '../support/sync-lease.ts';
import { usesPostgres } from '../support/test-database.ts';

const nobody = '00000000-0000-4000-8000-000000000000';

describe('following a run', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({
      wecom: {
        corp: createSmallCorp(
          [
            [1, 0],
            [2, 1],
          ],
          crowd(30, 2),
        ),
      },
    });
    await server.configure();
  });
  afterAll(() => server.stop());

  const open = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/v1${path}`, { headers: { cookie: server.api.cookie, ...headers } });

  function parseEvents(text: string): { event: string; run: SyncRun }[] {
    return text.split('\n\n').flatMap((block) => {
      const event = /^event:\s*(.+)$/m.exec(block)?.[1];
      const data = /^data:\s*(.+)$/m.exec(block)?.[1];
      return event && data ? [{ event, run: JSON.parse(data) as SyncRun }] : [];
    });
  }

  it('sends progress, then the end once, and closes by itself', async () => {
    server.wecom.settings.latencyMs = 400;
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    const response = await open(`/sync-runs/${id}/events`, { accept: 'text/event-stream' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toMatch(/no-cache/);
    expect(response.headers.get('cache-control')).toMatch(/no-transform/);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const events = parseEvents(await response.text()); // ends only when the server ends it
    server.wecom.settings.latencyMs = 0;
    expect(events.length).toBeGreaterThan(2);
    expect(new Set(events.slice(0, -1).map(({ event }) => event))).toEqual(new Set(['progress']));
    expect(events.at(-1)).toMatchObject({ event: 'finished', run: { id, status: 'succeeded' } });
    const read = events.map(({ run }) => run.progress.apiCalls);
    expect(read).toEqual(read.toSorted((a, b) => a - b));
    expect(events.at(-1)?.run.progress).toMatchObject({
      departmentsTotal: 2,
      departmentsRead: 2,
      membersRead: 30,
    });
  });

  it.runIf(usesPostgres)('counts whom it has compared while it plans', async () => {
    for (const name of ['dee', 'eli']) hire(server.wecom.corp, name, 1);
    const blocker = new pg.Client({ connectionString: connectionStringOf(server.database) });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE sync_change IN SHARE MODE'); // the plan cannot be stored
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    const readWork = async () =>
      (await server.api.call(endpoints.getSyncRun, { params: { id } })).progress.work;
    await expect.poll(readWork).toEqual({ done: 2, total: 2 });
    await blocker.end();
    expect((await server.waitForRun(id)).status).toBe('succeeded');
  });

  it('counts what it has applied while it applies, and forgets that at the end', async () => {
    for (const name of ['ann', 'ben', 'cyd']) hire(server.wecom.corp, name, 1);
    const sql = openSql(server.database);
    const run = await server.sync();
    expect(run.progress.work).toBeNull();
    await untilLeaseIsFree(sql);
    const [stored] = await sql(
      `SELECT progress->'work' AS work, (SELECT count(*)::int FROM sync_change WHERE run_id = '${run.id}') AS changes
       FROM sync_run WHERE id = '${run.id}'`,
    );
    expect(stored?.changes).toBeGreaterThan(3);
    expect(stored?.work).toEqual({ phase: 'applying', done: stored?.changes, total: stored?.changes });
  });

  it('sends the end of a run that ended before', async () => {
    const { id } = await server.sync();
    const events = parseEvents(await (await open(`/sync-runs/${id}/events`)).text());
    expect(events).toMatchObject([{ event: 'finished', run: { id, status: 'succeeded' } }]);
  });

  it('ends when the run begins to wait for approval', async () => {
    hire(server.wecom.corp, 'zoe', 1);
    const { id } = await server.sync('preview');
    const events = parseEvents(await (await open(`/sync-runs/${id}/events`)).text());
    expect(events).toMatchObject([{ event: 'finished', run: { status: 'awaitingApproval' } }]);
    await server.api.call(endpoints.rejectSyncRun, { params: { id } });
  });

  it('words an error in the language of who listens', async () => {
    server.wecom.faults.add({ endpoint: 'department/list', effect: { kind: 'nonJson' } });
    const { id } = await server.sync();
    server.wecom.faults.clear();
    const [event] = parseEvents(
      await (await open(`/sync-runs/${id}/events`, { 'accept-language': 'en' })).text(),
    );
    expect(event?.run.error?.title).toMatch(/^[\x20-\x7e]+$/);
  });

  it.each(['', '/events', '/changes'])('answers 404 for a run that is not there: %s', async (path) => {
    const response = await open(`/sync-runs/${nobody}${path}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'resource.not_found' });
  });

  it.each(['approve', 'reject', 'cancel'])(
    'answers 404 to %s for a run that is not there',
    async (action) => {
      const body = action === 'approve' ? { planFingerprint: 'x' } : undefined;
      const answer = await server.api.request('POST', `/sync-runs/${nobody}/${action}`, body ? { body } : {});
      expect(answer).toMatchObject({ status: 404, body: { code: 'resource.not_found' } });
    },
  );

  it('asks for a session', async () => {
    expect((await fetch(`${server.url}/api/v1/sync-runs/${nobody}/events`)).status).toBe(401);
  });
});

describe('looking back', () => {
  let server: TestServer;
  let first: SyncRun;
  beforeAll(async () => {
    const corp = createSmallCorp(
      [
        [1, 0],
        [2, 1],
      ],
      crowd(30, 2),
    );
    updateMember(corp, 'u1', { name: '50%折扣' });
    updateMember(corp, 'u2', { name: 'a_b' });
    updateMember(corp, 'u3', { name: 'back\\slash' });
    server = await startTestServer({ wecom: { corp } });
    await server.configure();
    first = await server.sync();
  });
  afterAll(() => server.stop());

  async function readAll(query: Record<string, string>, limit: number): Promise<SyncChange[]> {
    const items: SyncChange[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: SyncChange[]; nextCursor: string | null } = await server.api.call(
        endpoints.listSyncChanges,
        // Query texts, as a browser sends them; the contract's types are those after parsing.
        { params: { id: first.id }, query: { ...query, limit, ...(cursor && { cursor }) } as never },
      );
      expect(page.items.length).toBeLessThanOrEqual(limit);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  it.each([1, 7, 31, 62, 200])('gives every change exactly once in pages of %i', async (limit) => {
    const changes = await readAll({}, limit);
    expect(changes).toHaveLength(2 + 30 + 30);
    expect(new Set(changes.map(({ entity, key }) => `${entity} ${key}`)).size).toBe(62);
    expect(changes.slice(0, 2).map(({ entity, key }) => `${entity} ${key}`)).toEqual([
      'department 1',
      'department 2',
    ]);
  });

  it('filters by entity, kind and held', async () => {
    expect(await readAll({ entity: 'department' }, 50)).toHaveLength(2);
    expect(await readAll({ entity: 'membership', kind: 'create' }, 7)).toHaveLength(30);
    expect(await readAll({ kind: 'remove' }, 50)).toEqual([]);
    expect(await readAll({ held: 'true' }, 50)).toEqual([]);
    expect(await readAll({ held: 'false' }, 50)).toHaveLength(62);
  });

  it.each([
    ['%', ['u1']],
    ['_', ['u2']],
    ['\\', ['u3']],
    ['0%折', ['u1']],
    ['A_B', ['u2']],
    ['u30', ['u30']],
    ["'; DROP TABLE member; --", []],
  ])('searches for %s as it is written', async (q, keys) => {
    const changes = await readAll({ q, entity: 'member' }, 50);
    expect(changes.map(({ key }) => key)).toEqual(keys);
  });

  it('refuses a limit beyond 200 and a cursor that is none', async () => {
    for (const query of ['limit=201', 'limit=0', 'cursor=nonsense', 'held=perhaps', 'kind=explode']) {
      const answer = await server.api.request('GET', `/sync-runs/${first.id}/changes?${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
    }
  });

  it('lists runs newest first, page by page, and by status', async () => {
    const ids = [first.id];
    for (let number = 0; number < 4; number++) ids.unshift((await server.sync()).id);
    for (let number = 1; number <= 4; number++) removeMember(server.wecom.corp, `u${number}`);
    ids.unshift((await server.sync()).id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: SyncRun[]; nextCursor: string | null } = await server.api.call(
        endpoints.listSyncRuns,
        {
          query: { limit: 2, ...(cursor !== null && { cursor }) },
        },
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(ids);
    const waiting = await server.api.call(endpoints.listSyncRuns, { query: { status: 'awaitingApproval' } });
    expect(waiting.items.map(({ id }) => id)).toEqual([ids[0]]);
  });
});
