import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endpoints } from '@orgmirror/contracts';
import { removeMember, sampleApp } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSql } from '../support/query-database.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
});
afterAll(() => server.stop());

const scrape = async () => (await fetch(`${server.url}/metrics`)).text();

/** Value of the one sample of that name and labels. */
function readSample(text: string, sample: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${sample} `));
  if (line === undefined) throw new Error(`There is no ${sample}.`);
  return Number(line.slice(sample.length + 1));
}

it('count requests by method, pattern of the path and status', async () => {
  await server.anonymous().request('GET', '/members/000000');
  await server.anonymous().request('GET', '/no-such-page-as-this');
  const text = await scrape();
  expect(
    readSample(text, 'http_requests_total{method="GET",route="/members/:wecomUserId",status="401"}'),
  ).toBe(1);
  expect(text).toMatch(/^http_requests_total\{method="GET",route="other",status="404"\} \d+$/m);
  expect(text).toContain(
    'http_request_duration_seconds_bucket{le="0.05",method="GET",route="/sync-runs/:id"}',
  );
  expect(text).toContain('process_resident_memory_bytes');
});

it('tell of runs, their phases, and the calls to WeCom', async () => {
  const ended = 'orgmirror_sync_runs_total{trigger="manual",mode="apply",status="succeeded"}';
  await expect.poll(async () => readSample(await scrape(), ended)).toBe(1); // it is counted last of all
  const text = await scrape();
  for (const phase of ['reading', 'planning', 'applying'])
    expect(readSample(text, `orgmirror_sync_phase_duration_seconds_count{phase="${phase}"}`)).toBe(1);
  const calls = 'orgmirror_wecom_calls_total{endpoint="department/list",outcome="ok",errcode=""}';
  expect(readSample(text, calls)).toBe(server.wecom.stats.snapshot().calls['department/list']);
  expect(text).toContain('orgmirror_wecom_call_duration_seconds_count{endpoint="user/list"}');
});

it('tell of what is stored and of what waits', async () => {
  const before = await scrape();
  expect(readSample(before, 'orgmirror_database_up')).toBe(1);
  expect(readSample(before, 'orgmirror_last_full_sync_timestamp_seconds')).toBeCloseTo(
    Date.now() / 1_000,
    -2,
  );
  expect(readSample(before, 'orgmirror_sessions')).toBe(1);
  expect(before).not.toMatch(/^orgmirror_sync_queue_oldest_timestamp_seconds \d/m);
  const members = readSample(before, 'orgmirror_members_present');
  for (const { userid } of [...server.wecom.corp.members.values()].slice(0, 50))
    removeMember(server.wecom.corp, userid);
  expect((await server.sync()).status).toBe('awaitingApproval');
  const held = await scrape();
  expect(readSample(held, 'orgmirror_sync_runs_open{status="awaitingApproval"}')).toBe(1);
  expect(readSample(held, 'orgmirror_members_present')).toBe(members);
});

it('tell of sign-ins, drift, the lease and the delay of events', async () => {
  const refused = 'orgmirror_sign_ins_total{method="account",result="sign_in.invalid_credentials"}';
  await server.anonymous().refused(endpoints.signIn, { body: { ...admin, password: 'not this one' } });
  const before = await scrape();
  expect(readSample(before, refused)).toBe(1);
  expect(readSample(before, 'orgmirror_sign_ins_total{method="account",result="succeeded"}')).toBe(1);
  expect(before).not.toMatch(/^orgmirror_(event_delay|drift|sync_lease_renewed)\w*(\{.*\})? \d/m);

  const sql = openSql(server.database);
  await sql(
    `UPDATE sync_run SET drift = '{"departments":0,"members":2,"memberships":1}' WHERE status = 'succeeded'`,
  );
  // A run under way whose process took the lease, or renewed it, ten seconds ago; a lease lasts 30 s.
  await sql(`UPDATE sync_run SET active_corp_row_id = corp_row_id WHERE status = 'awaitingApproval'`);
  await sql(`UPDATE sync_lease SET expires_at = now() + interval '20 seconds',
    run_id = (SELECT id FROM sync_run WHERE active_corp_row_id IS NOT NULL)`);
  await sql(`INSERT INTO callback_event (id, corp_row_id, source, digest, event, sealed, status, received_at, processed_at)
    SELECT gen_random_uuid(), id, 'app', decode(number::text, 'hex'), 'change_contact', '', 'processed',
      now() - make_interval(secs => 100 + number), now() - interval '1 minute'
    FROM corp, generate_series(10, 30, 20) AS number`);
  const after = await scrape();
  expect(readSample(after, 'orgmirror_drift{entity="members"}')).toBe(2);
  expect(readSample(after, 'orgmirror_drift{entity="departments"}')).toBe(0);
  const renewedAt = readSample(after, 'orgmirror_sync_lease_renewed_timestamp_seconds');
  expect(Math.abs(Date.now() / 1_000 - 10 - renewedAt)).toBeLessThan(5);
  expect(readSample(after, 'orgmirror_event_delay_seconds')).toBeCloseTo(70, 0);
  expect(readSample(after, 'orgmirror_events{status="processed"}')).toBe(2);
  await sql(`UPDATE sync_run SET active_corp_row_id = NULL WHERE status = 'awaitingApproval'`);
  expect(await scrape()).not.toMatch(/^orgmirror_sync_lease_renewed_timestamp_seconds \d/m); // its run has ended
});

it('tell of calls that waited, of refused tokens and of the connections to the database', async () => {
  server.wecom.tokens.revoke();
  const busy = { kind: 'errcode', errcode: -1 } as const;
  server.wecom.faults.add({ endpoint: 'user/get', times: 1, effect: busy }); // which is tried again after a while
  await server.api.call(endpoints.checkMember, { params: { wecomUserId: 'ChenXing' }, body: {} });
  const text = await scrape();
  expect(readSample(text, 'orgmirror_wecom_wait_seconds_total{reason="backOff"}')).toBeGreaterThan(0);
  expect(readSample(text, 'orgmirror_wecom_tokens_refused_total')).toBe(1);
  const connections = (state: string) => readSample(text, `orgmirror_database_connections{state="${state}"}`);
  expect(connections('idle') + connections('busy')).toBeGreaterThan(0);
  expect(connections('wanted')).toBe(0);
});

it('tell of no person, secret or token', async () => {
  const text = await scrape();
  const { items } = await server.api.call(endpoints.listMembers, {});
  for (const { wecomUserId, name } of items) {
    expect(text).not.toContain(name);
    expect(text).not.toMatch(new RegExp(`"${wecomUserId}"`, 'i'));
  }
  for (const secret of ['"admin"', 'token=', server.wecom.corpid, sampleApp.secret])
    expect(text).not.toContain(secret);
});

const readDeployed = (name: string) =>
  readFile(join(import.meta.dirname, '../../../../deploy', name), 'utf8');

async function expectMetrics(expressions: readonly string[], minNames: number): Promise<void> {
  const names = expressions.flatMap(
    (expression) => expression.match(/\b(?:orgmirror|http|process|nodejs)_\w+/g) ?? [],
  );
  expect(new Set(names).size).toBeGreaterThanOrEqual(minNames);
  const text = await scrape();
  for (const name of names) expect(text).toContain(`# TYPE ${name.replace(/_bucket$/, '')} `);
}

it('have every metric that an alert rule names', async () => {
  const rules = await readDeployed('prometheus-rules.yaml');
  const expressions = [...rules.matchAll(/^ +expr: (.*)$/gm)].map(([, expression = '']) => expression);
  await expectMetrics(expressions, 9);
});

it('have every metric that the dashboard shows, and the dashboard shows all of ours', async () => {
  const { panels } = JSON.parse(await readDeployed('grafana-dashboard.json')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  const expressions = panels.flatMap(({ targets }) => targets ?? []).map(({ expr }) => expr);
  await expectMetrics(expressions, 20);
  const ours = (await scrape()).match(/(?<=^# TYPE )(?:orgmirror|http)_\w+/gm) ?? [];
  for (const name of ours) expect(expressions.join('\n'), name).toContain(name);
});
