import { endpoints, removalGuard } from '@orgmirror/contracts';
import { sampleApp } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { acceptSecret } from '../support/accept-secret.ts';
import { clearMirror } from '../support/clear-mirror.ts';
import { openSql } from '../support/query-database.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { emptyAuditLog } from '../support/tamper-with-audit.ts';

const credentials = { corpId: sampleApp.corpid, agentId: sampleApp.agentid, secret: sampleApp.secret };
const { getWecomSettings, saveWecomSettings, saveSyncSettings, testWecomSettings } = endpoints;

describe('the WeCom settings', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await clearMirror(openSql(server.database));
    await emptyAuditLog(openSql(server.database));
  });

  const get = () => server.api.call(getWecomSettings);
  const save = (body: object) => server.api.call(saveWecomSettings, { body: { ...credentials, ...body } });
  const refuse = (body: object) =>
    server.api.refused(saveWecomSettings, { body: { ...credentials, ...body } });

  it('are nulls before the first save', async () => {
    expect(await get()).toMatchObject({
      corpId: null,
      agentId: null,
      secretSet: false,
      secretUpdatedAt: null,
      syncEnabled: false,
      qrSignInEnabled: false,
      removalGuard: { maxCount: 50, maxPercent: 5, windowHours: 24 },
      lastTest: null,
      callback: { app: { configured: false }, contacts: { configured: false }, agentWarning: null },
      version: 0,
    });
  });

  it('are answered as they were saved, trimmed, and again when read', async () => {
    const saved = await save({
      corpId: ` ${credentials.corpId} `,
      agentId: ' 1000002 ',
      secret: ` ${credentials.secret}\n`,
    });
    expect(saved).toMatchObject({
      corpId: credentials.corpId,
      agentId: 1_000_002,
      secretSet: true,
      version: 1,
    });
    expect(await get()).toEqual(saved);
    expect((await server.api.call(testWecomSettings, { body: {} })).ok).toBe(true);
  });

  it.each([1_000_002, '1000002', '0001000002'])('take the AgentId as %j', async (agentId) => {
    expect((await save({ agentId })).agentId).toBe(1_000_002);
  });

  it.each([0, -1, 1.5, '1.5', 'abc', '', '1e3', '0x10', 2 ** 53, '9'.repeat(16), true, null])(
    'refuse the AgentId %j',
    async (agentId) => {
      expect(await refuse({ agentId })).toMatchObject({ code: 'request.invalid' });
    },
  );

  it.each([
    ['no corpId', { corpId: undefined }],
    ['a blank corpId', { corpId: '  ' }],
    ['a corpId with a path', { corpId: '../../x' }],
    ['a corpId of 65 letters', { corpId: 'w'.repeat(65) }],
    ['a blank secret', { secret: ' ' }],
    ['a secret with a line break', { secret: 'a\nb' }],
    ['a secret of 513 letters', { secret: 's'.repeat(513) }],
    ['an unknown field', { scret: 'x' }],
    ['no secret at the first save', { secret: undefined }],
  ])('refuse %s and save nothing', async (_, body) => {
    expect(await refuse(body)).toMatchObject({ status: 400, code: 'request.invalid' });
    expect((await get()).version).toBe(0);
  });

  it('keep the secret when it is left out', async () => {
    const first = await save({});
    const second = await save({ agentId: 1_000_003, secret: undefined });
    expect(second).toMatchObject({
      agentId: 1_000_003,
      secretSet: true,
      secretUpdatedAt: first.secretUpdatedAt,
    });
    const back = await save({ secret: undefined });
    expect(back.version).toBe(3);
    expect((await server.api.call(testWecomSettings, { body: {} })).ok).toBe(true);
  });

  it('refuse to save over somebody else’s change', async () => {
    const { version } = await save({});
    await save({ agentId: 1_000_003, version });
    expect(await refuse({ agentId: 1_000_004, version })).toMatchObject({
      status: 409,
      code: 'settings.version_conflict',
    });
    expect((await get()).agentId).toBe(1_000_003);
    expect(await refuse({ version: 99 })).toMatchObject({ code: 'settings.version_conflict' });
  });

  it('let one of two savers at once win when both name the version', async () => {
    const { version } = await save({});
    const answers = await Promise.all(
      [1, 2, 3].map((agentId) =>
        server.api.request('PUT', '/settings/wecom', { body: { ...credentials, agentId, version } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('guard a change of the corp while a directory of it exists', async () => {
    await server.configure();
    const before = await save({ corpId: 'wwother', confirmCorpChange: undefined });
    expect(before.corpId).toBe('wwother'); // nothing mirrored yet: no question
    await save({});
    await server.sync();
    const refusal = await refuse({ corpId: 'wwother' });
    expect(refusal).toMatchObject({ status: 409, code: 'settings.corp_changed' });
    expect(refusal.detail).toContain(credentials.corpId);
    expect(await refuse({ corpId: 'wwother', confirmCorpChange: false })).toMatchObject({
      code: 'settings.corp_changed',
    });
    expect((await save({ corpId: 'wwother', confirmCorpChange: true })).corpId).toBe('wwother');
    expect(await server.api.call(endpoints.getDepartmentTree)).toEqual({ items: [] });
    await save({ confirmCorpChange: true });
    const { items } = await server.api.call(endpoints.getDepartmentTree);
    expect(items[0]?.totalMemberCount).toBe(606); // the old directory was kept
  });

  describe('of the sync', () => {
    it('are refused before the connection is saved', async () => {
      for (const body of [{ enabled: true }, { removalGuard: { maxCount: 1 } }])
        expect(await server.api.refused(saveSyncSettings, { body })).toMatchObject({
          status: 409,
          code: 'settings.incomplete',
        });
      expect(await server.api.refused(endpoints.startSyncRun, { body: { mode: 'apply' } })).toMatchObject({
        code: 'settings.incomplete',
      });
      expect(await server.api.refused(testWecomSettings, { body: {} })).toMatchObject({
        code: 'settings.incomplete',
      });
    });

    it('keep what is left out', async () => {
      await save({});
      const { removalGuard: guard } = await server.api.call(saveSyncSettings, {
        body: { removalGuard: { maxCount: 7 } },
      });
      expect(guard).toEqual({ maxCount: 7, maxPercent: 5, windowHours: 24 });
      const enabled = await server.api.call(saveSyncSettings, { body: { enabled: true } });
      expect(enabled).toMatchObject({ syncEnabled: true, removalGuard: guard });
      expect(await save({ secret: undefined })).toMatchObject({ syncEnabled: true, removalGuard: guard });
    });

    it.each([
      { maxCount: 0, maxPercent: 0, windowHours: 1 },
      { maxCount: 1_000_000, maxPercent: 100, windowHours: 720 },
      { maxPercent: 0.5 },
    ])('take the guard %j', async (given) => {
      await save({});
      const { removalGuard: guard } = await server.api.call(saveSyncSettings, {
        body: { removalGuard: given },
      });
      expect(guard).toMatchObject(given);
      expect(removalGuard.parse((await get()).removalGuard)).toEqual(guard);
    });

    it.each([
      { removalGuard: { maxCount: -1 } },
      { removalGuard: { maxCount: 1_000_001 } },
      { removalGuard: { maxCount: 1.5 } },
      { removalGuard: { maxPercent: -0.1 } },
      { removalGuard: { maxPercent: 100.1 } },
      { removalGuard: { windowHours: 0 } },
      { removalGuard: { windowHours: 721 } },
      { removalGuard: { surprise: 1 } },
      { removalGuard: null },
      { enabled: 'yes' },
      { enabled: true, surprise: 1 },
      { schedule: '* * * * *' },
      {},
    ])('refuse %j', async (body) => {
      await save({});
      const { status } = await server.api.request('PATCH', '/settings/wecom/sync', { body });
      expect(status).toBe(400);
      expect(await get()).toMatchObject({ syncEnabled: false, version: 1 });
    });
  });

  describe('under test', () => {
    it('remember a test of exactly what is saved', async () => {
      await save({});
      const result = await server.api.call(testWecomSettings, { body: {} });
      expect((await get()).lastTest).toEqual({ ...result, at: expect.any(String) });
      const typed = await server.api.call(testWecomSettings, {
        body: { ...credentials, secret: 'wrong-one' },
      });
      expect(typed.ok).toBe(false);
      expect((await get()).lastTest).toMatchObject({ ok: true });
      expect((await get()).version).toBe(1);
    });

    it('tell the result of the test in the language of the request', async () => {
      const [app] = server.wecom.apps;
      onTestFinished(() => void Object.assign(app!, { secret: credentials.secret }));
      await save({});
      const headersOf = (language: string) => ({ 'accept-language': language });
      const testIn = (language: string) =>
        server.api.request('POST', '/settings/wecom/test', { body: {}, headers: headersOf(language) });
      const lookIn = async (language: string) => {
        const { body } = await server.api.request('GET', '/settings/wecom', { headers: headersOf(language) });
        const { at: _, ...test } = getWecomSettings.answer.schema.parse(body).lastTest!;
        return test;
      };
      for (const secretIsGood of [true, false]) {
        if (!secretIsGood) app!.secret = 'renewed-in-the-console';
        const zh = await testIn('zh');
        expect(await lookIn('zh')).toEqual(zh.body);
        const seen = await lookIn('en');
        expect(seen).not.toEqual(zh.body);
        expect(seen).toEqual((await testIn('en')).body);
      }
    });

    it('show the result that an earlier version kept as it is', async () => {
      await save({});
      const kept = {
        ok: false,
        at: '2026-11-20T00:00:00.000Z',
        checks: [
          { id: 'credentials', status: 'failed', errcode: 40001, message: '密钥不对。', remedy: '请检查。' },
          { id: 'agent', status: 'skipped', message: '上一步未通过，未执行。' },
        ],
      };
      await openSql(server.database)(
        `UPDATE wecom_connection SET last_test = '${JSON.stringify(kept)}'::jsonb`,
      );
      expect((await get()).lastTest).toEqual(kept);
    });

    it('remember a test of the same values typed again', async () => {
      await save({});
      await server.api.call(testWecomSettings, { body: credentials });
      expect((await get()).lastTest).toMatchObject({ ok: true });
    });

    it.each([
      ['another AgentId', { agentId: 1_000_009, secret: undefined }],
      ['another secret', { secret: 'another-secret' }],
      ['another corp', { corpId: 'wwother', secret: undefined }],
    ])('forget the test when %s is saved', async (_, change) => {
      await save({});
      await server.api.call(testWecomSettings, { body: {} });
      expect((await save(change)).lastTest).toBeNull();
    });

    it('keep the test when nothing of the connection changed', async () => {
      await save({});
      await server.api.call(testWecomSettings, { body: {} });
      expect((await save({ secret: undefined })).lastTest).toMatchObject({ ok: true });
      const { lastTest } = await server.api.call(saveSyncSettings, { body: { enabled: true } });
      expect(lastTest).toMatchObject({ ok: true });
    });
  });

  describe('after APP_SECRET has changed', () => {
    beforeEach(async () => {
      await server.configure();
      await server.restart(acceptSecret(`${Math.random()}`.padEnd(32, 'x')));
      await server.api.call(endpoints.signIn, {
        body: { username: 'admin', password: 'a long enough password' },
      });
    });

    it('say what to do, and are mended by a new secret', async () => {
      expect(await get()).toMatchObject({ corpId: credentials.corpId, secretSet: true });
      const refusal = await server.api.refused(testWecomSettings, { body: {} });
      expect(refusal).toMatchObject({ status: 409, code: 'settings.secret_unreadable' });
      expect(refusal.detail).toContain('APP_SECRET');
      const run = await server.sync();
      expect(run).toMatchObject({ status: 'failed', error: { code: 'settings.secret_unreadable' } });
      expect((await server.api.call(testWecomSettings, { body: credentials })).ok).toBe(true);
      await save({});
      expect((await server.api.call(testWecomSettings, { body: {} })).ok).toBe(true);
      expect((await server.sync()).status).toBe('succeeded');
    });

    it('of the notices are mended by entering them again', async () => {
      const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
      const saveWebhook = async () => {
        const { version } = await server.api.call(endpoints.getNoticeSettings);
        await server.api.call(endpoints.saveNoticeSettings, {
          body: {
            language: 'zh',
            quietHours: null,
            wecom: { enabled: false, userIds: [] },
            email: { enabled: false, host: '', port: 465, security: 'tls', username: '', from: '', to: [] },
            webhook: { enabled: true, url: 'http://127.0.0.1:9/', secret }, // nothing listens there
            version,
          },
        });
      };
      const test = { body: { channel: 'webhook' as const } };
      const failure = async () => (await server.api.call(endpoints.testNoticeChannel, test)).problem?.code;
      await saveWebhook();
      expect(await failure()).toBe('notice.unreachable');
      await server.restart(acceptSecret(`${Math.random()}`.padEnd(32, 'z')));
      await server.api.call(endpoints.signIn, {
        body: { username: 'admin', password: 'a long enough password' },
      });
      const refusal = await server.api.refused(endpoints.testNoticeChannel, test);
      expect(refusal).toMatchObject({ status: 409, code: 'settings.secret_unreadable' });
      expect(refusal.detail).toContain('Webhook');
      await saveWebhook();
      expect(await failure()).toBe('notice.unreachable');
    });

    it('of the event addresses are mended one by one', async () => {
      const generate = (source: 'app' | 'contacts') =>
        server.api.call(endpoints.saveCallback, { params: { source }, body: { generate: true } });
      await save({});
      await generate('app');
      await generate('contacts');
      await server.restart(acceptSecret(`${Math.random()}`.padEnd(32, 'y')));
      await server.api.call(endpoints.signIn, {
        body: { username: 'admin', password: 'a long enough password' },
      });
      await generate('app');
      const send = (source: string) => fetch(`${server.url}/api/v1/wecom/callback/${source}`);
      expect((await send('app')).status).toBe(400);
      expect(await (await send('contacts')).json()).toMatchObject({ code: 'settings.secret_unreadable' });
    });
  });
});
