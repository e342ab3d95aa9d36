import { type ConnectionTest, endpoints } from '@orgmirror/contracts';
import { createApp, type SimulatorApp, sampleApp, sampleContactSync } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { findFreePort } from '../support/find-free-port.ts';
import { openSql } from '../support/query-database.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const { testWecomSettings } = endpoints;
const order = ['credentials', 'agent', 'departments', 'members'] as const;
const fresh = { agentid: sampleApp.agentid, secret: sampleApp.secret };

let server: TestServer;
/** How far the server's clock is ahead of WeCom's. */
let clockAheadMs = 0;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(Date.now() + clockAheadMs) });
  await server.configure();
});
afterAll(() => server.stop());
beforeEach(async () => {
  const { wecom } = server;
  setApp({});
  wecom.faults.clear();
  wecom.settings.egressIp = null;
  await openSql(server.database)('UPDATE wecom_connection SET last_test = NULL');
});

it.each([0, 95, -61])('says how far the clocks are apart: %i s', async (seconds) => {
  clockAheadMs = seconds * 1_000;
  onTestFinished(() => {
    clockAheadMs = 0;
  });
  const { clockAheadSeconds = Number.NaN } = await server.api.call(testWecomSettings, { body: {} });
  expect(Math.abs(clockAheadSeconds - seconds)).toBeLessThan(10); // an answer may be under way for a while
  const { lastTest } = await server.api.call(endpoints.getWecomSettings);
  expect(lastTest?.clockAheadSeconds).toBe(clockAheadSeconds);
});

/** Changes the app while its token stays good, as WeCom's admin does. */
function setApp(fields: Partial<SimulatorApp>): void {
  Object.assign(server.wecom.apps[0] ?? {}, createApp({ ...fresh, ...fields }));
}

/** The test in both languages. */
async function tryBoth(body: object = {}): Promise<Record<'zh' | 'en', ConnectionTest>> {
  const tryIn = async (language: string) => {
    const answer = await server.api.request('POST', '/settings/wecom/test', {
      body,
      headers: { 'accept-language': language },
    });
    expect(answer.status).toBe(200);
    return endpoints.testWecomSettings.answer.schema.parse(answer.body);
  };
  return { zh: await tryIn('zh-CN,zh;q=0.9,en;q=0.5'), en: await tryIn('en-GB,en;q=0.9') };
}

const isChinese = (text: string | undefined) => /\p{Script=Han}/u.test((text ?? '').replace('组织镜像', ''));

/**
 * Expects the step to fail with a sentence and a remedy in both languages, and the ones after it to be
 * skipped.
 */
async function expectFailure(
  at: (typeof order)[number],
  facts: { errcode?: number; egressIp?: string },
  body: object = {},
) {
  const settings = () => server.api.call(endpoints.getWecomSettings);
  // A test of the saved settings is a call like others: it is told by "connection".
  const { lastTest: _, connection: __, ...before } = await settings();
  const both = await tryBoth(body);
  for (const [language, { ok, checks }] of Object.entries(both)) {
    expect(ok).toBe(false);
    expect(checks.map(({ id }) => id)).toEqual(order);
    const failing = order.indexOf(at);
    expect(checks.map(({ status }) => status)).toEqual(
      order.map((__, index) => (index < failing ? 'passed' : index === failing ? 'failed' : 'skipped')),
    );
    const check = checks[failing];
    expect(check).toMatchObject({
      ...facts,
      message: expect.stringMatching(/./),
      remedy: expect.stringMatching(/./),
    });
    if (facts.errcode === undefined) expect(check).not.toHaveProperty('errcode');
    for (const { message, remedy } of checks) {
      expect(isChinese(message), message).toBe(language === 'zh');
      if (remedy !== undefined) expect(/[。!！）)]$/.test(remedy)).toBe(language === 'zh');
    }
  }
  const { lastTest: ___, connection: ____, ...after } = await settings();
  expect(after).toEqual(before);
  return both;
}

describe('a connection test', () => {
  it('passes, names the app and its scope and the fields that WeCom gives', async () => {
    const { zh, en } = await tryBoth();
    expect(en).toMatchObject({
      ok: true,
      agent: { name: '组织镜像', visibleDepartmentIds: [1] },
      checks: order.map((id) => ({ id, status: 'passed' })),
    });
    expect(en.fields?.notReturned).toEqual(expect.arrayContaining(['mobile', 'email', 'avatar']));
    expect(en.fields?.returned).toEqual(expect.arrayContaining(['name', 'position']));
    expect(zh.checks.every(({ message }) => isChinese(message))).toBe(true);
  });

  it('tells that an old app gets the sensitive fields', async () => {
    setApp({ createdAfter20220620: false });
    const { en } = await tryBoth();
    expect(en.fields?.returned).toEqual(expect.arrayContaining(['mobile', 'email', 'avatar', 'qr_code']));
    expect(en.fields?.notReturned).not.toContain('mobile');
  });

  it('fails at the credentials with a wrong secret', async () => {
    await expectFailure('credentials', { errcode: 40001 }, { secret: 'wrong' });
  });

  it('fails at the credentials with a wrong CorpID', async () => {
    await expectFailure('credentials', { errcode: 40013 }, { corpId: 'wwnone' });
  });

  it('fails at the app with the AgentId of another one', async () => {
    await expectFailure('agent', { errcode: 301_002 }, { agentId: sampleContactSync.agentid });
  });

  it('fails at the app with an AgentId that no app has', async () => {
    await expectFailure('agent', { errcode: 40_056 }, { agentId: 1_000_009 });
  });

  it('names the address to trust when WeCom does not trust ours', async () => {
    server.wecom.settings.egressIp = '203.0.113.7';
    const { zh, en } = await expectFailure('agent', { errcode: 60_020, egressIp: '203.0.113.7' });
    for (const { checks } of [zh, en]) expect(checks[1]?.remedy).toContain('203.0.113.7');
  });

  it('fails at the departments of an app without the right to read contacts', async () => {
    setApp({ hasContactRights: false });
    await expectFailure('departments', { errcode: 48_002 });
  });

  it('fails when the app is disabled', async () => {
    setApp({ enabled: false });
    const { en } = await tryBoth();
    expect(en.ok).toBe(false);
    const failed = en.checks.find(({ status }) => status === 'failed');
    expect(`${failed?.message} ${failed?.remedy}`).toMatch(/enable|disabled/i);
    expect(en.checks.at(-1)?.status).toBe('skipped');
  });

  it.each([
    ['an HTML page', { kind: 'nonJson' }],
    ['half an answer', { kind: 'truncatedJson' }],
    ['a broken connection', { kind: 'cutMidBody' }],
    ['a reset', { kind: 'reset' }],
    ['a 502 of a proxy', { kind: 'httpStatus', status: 502 }],
  ] as const)('fails at the credentials on %s', async (_, effect) => {
    server.wecom.faults.add({ endpoint: 'gettoken', effect });
    await expectFailure('credentials', {});
  });

  it('fails at the members when only those cannot be read', async () => {
    server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'errcode', errcode: 60_011 } });
    await expectFailure('members', { errcode: 60_011 });
  });

  it('warns of an empty visible scope', async () => {
    const scope = { partyIds: [], userids: [], tagIds: [] };
    setApp({ scope });
    const { zh, en } = await tryBoth();
    for (const { checks } of [zh, en])
      expect(checks[1]).toMatchObject({ id: 'agent', status: 'warning', remedy: expect.stringMatching(/./) });
    expect(isChinese(zh.checks[1]?.message)).toBe(true);
    expect(isChinese(en.checks[1]?.message)).toBe(false);
  });

  it('reads a member who is visible without a department', async () => {
    const scope = { partyIds: [], userids: ['linyi'], tagIds: [] };
    setApp({ scope });
    const { en } = await tryBoth();
    expect(en.checks.find(({ id }) => id === 'members')).toMatchObject({ status: 'passed' });
  });

  it('asks WeCom each time: a secret that was taken back fails at once', async () => {
    expect((await tryBoth()).en.ok).toBe(true);
    setApp({ secret: 'renewed-in-the-console' });
    await expectFailure('credentials', { errcode: 40_001 });
    const typed = await server.api.call(testWecomSettings, { body: { secret: 'renewed-in-the-console' } });
    expect(typed.ok).toBe(true);
  });

  it('is written down with its result, without the secret', async () => {
    await tryBoth({ secret: 'wrong-secret-typed' });
    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'settings.test', limit: 1 },
    });
    expect(items[0]).toMatchObject({ actor: 'admin', result: 'failed', target: sampleApp.corpid });
    expect(JSON.stringify(items)).not.toContain('wrong-secret-typed');
  });

  it('says that WeCom cannot be reached when nothing listens', async () => {
    await server.restart({ WECOM_API_BASE_URL: `http://127.0.0.1:${await findFreePort()}` });
    const { en } = await expectFailure('credentials', {});
    expect(en.checks[0]?.message).toMatch(/connect|reach/i);
    await server.restart({ WECOM_API_BASE_URL: server.wecom.baseUrl });
  });
});
