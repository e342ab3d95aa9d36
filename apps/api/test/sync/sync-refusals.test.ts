import { endpoints, type SyncRun } from '@orgmirror/contracts';
import {
  type FaultEffect,
  type FaultRule,
  sampleApp,
  startWecomSimulator,
  updateMember,
} from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { dumpMirror } from '../support/read-directory.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { freeLease, holdLease } from '../support/sync-lease.ts';

const corpOf = () =>
  createSmallCorp(
    [
      [1, 0],
      [10, 1],
      [20, 1],
    ],
    [
      ['ann', 1],
      ['bob', 10],
      ['cai', 20],
    ],
  );

describe('a WeCom that refuses', () => {
  let server: TestServer;
  let sql: Sql;
  let credentials: { corpId: string; agentId: number; secret: string };

  beforeAll(async () => {
    server = await startTestServer({ wecom: { corp: corpOf() } });
    sql = openSql(server.database);
    await server.configure();
    credentials = { corpId: server.wecom.corpid, agentId: sampleApp.agentid, secret: sampleApp.secret };
    expect((await server.sync()).status).toBe('succeeded');
  });
  afterAll(() => server.stop());
  let round = 0;
  beforeEach(() => {
    server.wecom.faults.clear();
    updateMember(server.wecom.corp, 'ann', { name: `安${++round}` });
  });

  const readInEnglish = async (id: string): Promise<SyncRun> => {
    const english = server.anonymous({ 'accept-language': 'en' });
    english.cookie = server.api.cookie;
    return english.call(endpoints.getSyncRun, { params: { id } });
  };

  interface Refusal {
    code: string;
    errcode?: number;
    egressIp?: string;
    /** Part of the sentence and of the remedy, in each language. */
    zh: RegExp;
    en: RegExp;
  }

  /** The run fails as told, in both languages, and leaves the mirror alone. */
  async function expectRefused({ code, errcode, egressIp, zh, en }: Refusal): Promise<void> {
    const before = await dumpMirror(sql);
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'failed', finishedAt: expect.any(String) });
    expect(run.error).toMatchObject({
      code,
      ...(errcode !== undefined && { wecom: { errcode, ...(egressIp && { egressIp }) } }),
    });
    expect(run.error?.detail).toMatch(zh);
    expect(run.error?.detail).not.toMatch(/[{}]/);
    const english = await readInEnglish(run.id);
    expect(english.error?.detail).toMatch(en);
    expect(english.error?.detail).not.toMatch(/[{}]|\p{Script=Han}/u);
    expect(JSON.stringify(run)).not.toContain(sampleApp.secret);
    expect(await dumpMirror(sql)).toEqual(before);
  }

  /** The next run takes over what changed meanwhile. */
  async function expectNextRunWorks(): Promise<void> {
    expect(await server.sync()).toMatchObject({ status: 'succeeded', complete: true, error: null });
    const member = await server.api.call(endpoints.getMember, { params: { wecomUserId: 'ann' } });
    expect(member.name).toBe(`安${round}`);
  }

  it('ends the run with a wrong secret', async () => {
    await server.api.call(endpoints.saveWecomSettings, { body: { ...credentials, secret: 'wrong-secret' } });
    await expectRefused({ code: 'wecom.refused', errcode: 40001, zh: /密钥.*Secret/, en: /Secret.*Copy/s });
    await server.api.call(endpoints.saveWecomSettings, { body: credentials });
    await expectNextRunWorks();
  });

  it('ends the run from an IP that is not trusted and names the IP', async () => {
    server.wecom.settings.egressIp = '203.0.113.9';
    await expectRefused({
      code: 'wecom.refused',
      errcode: 60020,
      egressIp: '203.0.113.9',
      zh: /203\.0\.113\.9.*可信/s,
      en: /203\.0\.113\.9.*trusted/is,
    });
    server.wecom.settings.egressIp = null;
    await expectNextRunWorks();
  });

  it('ends the run with the AgentId of another app', async () => {
    await server.api.call(endpoints.saveWecomSettings, { body: { ...credentials, agentId: 2_000_002 } });
    await expectRefused({ code: 'wecom.refused', errcode: 301002, zh: /AgentId/, en: /AgentId/ });
    await server.api.call(endpoints.saveWecomSettings, { body: credentials });
    await expectNextRunWorks();
  });

  it('ends the run of an app without contact rights', async () => {
    const [app] = server.wecom.apps;
    app!.hasContactRights = false;
    await expectRefused({ code: 'wecom.refused', errcode: 48002, zh: /自建应用/, en: /self-built/ });
    app!.hasContactRights = true;
    await expectNextRunWorks();
  });

  it('ends the run of a disabled app', async () => {
    const [app] = server.wecom.apps;
    app!.enabled = false;
    await expectRefused({ code: 'wecom.app_disabled', zh: /启用/, en: /Enable/ });
    app!.enabled = true;
    await expectNextRunWorks();
  });

  const brokenLists: [string, FaultEffect, Refusal][] = [
    ['a web page', { kind: 'nonJson' }, { code: 'wecom.bad_answer', zh: /\p{Script=Han}/u, en: /[a-z]{3}/ }],
    [
      'half an answer',
      { kind: 'truncatedJson' },
      { code: 'wecom.bad_answer', zh: /\p{Script=Han}/u, en: /[a-z]{3}/ },
    ],
    [
      'an answer that breaks off',
      { kind: 'cutMidBody' },
      { code: 'wecom.unreachable', zh: /\p{Script=Han}/u, en: /[a-z]{3}/ },
    ],
    [
      'HTTP 503',
      { kind: 'httpStatus', status: 503 },
      { code: 'wecom.unreachable', zh: /\p{Script=Han}/u, en: /[a-z]{3}/ },
    ],
    [
      'a list without ids',
      { kind: 'missingField', field: 'id' },
      { code: 'wecom.bad_answer', zh: /\p{Script=Han}/u, en: /[a-z]{3}/ },
    ],
    [
      'no list',
      { kind: 'missingField', field: 'department' },
      { code: 'wecom.bad_answer', zh: /\p{Script=Han}/u, en: /[a-z]{3}/ },
    ],
    [
      'errcode -1',
      { kind: 'errcode', errcode: -1 },
      { code: 'wecom.refused', errcode: -1, zh: /繁忙/, en: /busy/ },
    ],
    [
      '80 MB',
      { kind: 'hugeBody', bytes: 80_000_000 },
      { code: 'wecom.bad_answer', zh: /\p{Script=Han}/u, en: /[a-z]{3}/ },
    ],
  ];
  it.each(brokenLists)('ends the run when department/list answers %s', async (_, effect, refusal) => {
    server.wecom.faults.add({ endpoint: 'department/list', effect });
    await expectRefused(refusal);
    server.wecom.faults.clear();
    await expectNextRunWorks();
  });

  const passing: [string, FaultRule][] = [
    ['45033 once', { times: 1, effect: { kind: 'errcode', errcode: 45033 } }],
    ['-1 twice', { endpoint: 'department/list', times: 2, effect: { kind: 'errcode', errcode: -1 } }],
    ['a reset once', { endpoint: 'user/list', times: 1, effect: { kind: 'reset' } }],
    ['42001 once', { endpoint: 'user/list', times: 1, effect: { kind: 'errcode', errcode: 42001 } }],
    ['gzip and unknown fields', { effect: { kind: 'gzip' } }],
    ['every item twice', { effect: { kind: 'duplicateItems' } }],
  ];
  it.each(passing)('gets over %s', async (_, rule) => {
    server.wecom.faults.add(rule);
    await expectNextRunWorks();
  });

  it.each(['expire', 'revoke'] as const)('gets over a token that WeCom %ss in the middle', async (end) => {
    server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'hold' } });
    server.wecom.stats.reset();
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    await expect
      .poll(() => server.wecom.stats.snapshot().calls['user/list'] ?? 0, { interval: 5, timeout: 30_000 })
      .toBeGreaterThan(0);
    server.wecom.tokens[end]();
    server.wecom.faults.clear();
    expect(await server.waitForRun(id)).toMatchObject({ status: 'succeeded', complete: true });
    expect(server.wecom.stats.snapshot().tokensIssued).toBe(1);
    await expectNextRunWorks();
  });

  it('ends the run when the corp is changed before it begins', async () => {
    await holdLease(sql);
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    await server.api.call(endpoints.saveWecomSettings, {
      body: { ...credentials, corpId: 'wwanother', confirmCorpChange: true },
    });
    await freeLease(sql);
    const run = await server.waitForRun(id);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'plan.stale' } });
    await server.api.call(endpoints.saveWecomSettings, { body: { ...credentials, confirmCorpChange: true } });
    await expectNextRunWorks();
  });
});

describe('a WeCom that is down', () => {
  it('ends the run as unreachable, and the next one works once it is back', async () => {
    const corp = corpOf();
    const server = await startTestServer({ wecom: { corp } });
    await server.configure();
    await server.sync();
    await server.wecom.close();
    const failed = await server.sync();
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'wecom.unreachable' } });
    expect((await server.api.call(endpoints.listMembers)).total).toBe(3);
    const back = await startWecomSimulator({ corp, port: Number(new URL(server.wecom.baseUrl).port) });
    expect(await server.sync()).toMatchObject({ status: 'succeeded', complete: true });
    await back.close();
    server.wecom.close = async () => undefined; // it is down already
    await server.stop();
  });
});

describe('starting a sync', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ wecom: { corp: corpOf() } });
  });
  afterAll(() => server.stop());

  const start = () => server.api.request('POST', '/sync-runs', { body: { mode: 'apply' } });

  it('is refused before the settings are complete', async () => {
    expect(await start()).toMatchObject({ status: 409, body: { code: 'settings.incomplete' } });
  });

  it('is refused while syncing is switched off', async () => {
    await server.configure();
    await server.api.call(endpoints.saveSyncSettings, { body: { enabled: false } });
    expect(await start()).toMatchObject({ status: 409, body: { code: 'sync.disabled' } });
    await server.api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
  });

  it('makes exactly one run of 20 parallel requests; the others are told its id', async () => {
    server.wecom.faults.add({ endpoint: 'department/list', effect: { kind: 'hold' } });
    const answers = await Promise.all(Array.from({ length: 20 }, start));
    const made = answers.filter(({ status }) => status === 202);
    expect(made).toHaveLength(1);
    const { id } = made[0]!.body as SyncRun;
    expect(made[0]!.headers.get('location')).toBe(`/api/v1/sync-runs/${id}`);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(19);
    for (const { body } of refused) expect(body).toMatchObject({ code: 'sync.already_running', runId: id });
    server.wecom.faults.clear();
    expect((await server.waitForRun(id)).status).toBe('succeeded');
    expect((await server.api.call(endpoints.listSyncRuns)).items).toHaveLength(1);
  });
});
