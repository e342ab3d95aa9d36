import { endpoints, type Schedule } from '@orgmirror/contracts';
import { encrypt } from '@wecom/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallbackSender, createCallbackSender, memberChange } from '../support/callback-sender.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';

let server: TestServer;
let sql: Sql;
beforeAll(async () => {
  server = await startTestServer({ timing: hurriedTiming() });
  sql = openSql(server.database);
});
afterAll(() => server.stop());

const readSettings = async () => (await server.api.call(endpoints.getWecomSettings)).callback;
const listEvents = async (query: object = {}) =>
  (await server.api.call(endpoints.listWecomEvents, { query })).items;
const codeOf = async (response: Response) => ({
  status: response.status,
  code: ((await response.json()) as { code: string }).code,
});

describe('before anything is configured', () => {
  it('shows both addresses', async () => {
    const nothing = {
      configured: false,
      verifiedAt: null,
      lastEventAt: null,
      waiting: 0,
      failed: 0,
      rejected: 0,
      lastRejectedAt: null,
      lastRejection: null,
    };
    expect(await readSettings()).toEqual({
      app: { url: `${server.url}/api/v1/wecom/callback/app`, ...nothing },
      contacts: { url: `${server.url}/api/v1/wecom/callback/contacts`, ...nothing },
      agentWarning: null,
    });
  });

  it.each(['app', 'contacts'])('receives nothing at %s', async (source) => {
    const url = `${server.url}/api/v1/wecom/callback/${source}`;
    const expected = { status: 404, code: 'callback.not_configured' };
    expect(await codeOf(await fetch(url))).toEqual(expected);
    expect(await codeOf(await fetch(url, { method: 'POST', body: '<xml/>' }))).toEqual(expected);
  });

  it('cannot be configured before the connection', async () => {
    const params = { source: 'app' };
    const refused = await server.api.refused(endpoints.saveCallback, { params, body: { generate: true } });
    expect(refused.code).toBe('settings.incomplete');
    expect((await server.api.refused(endpoints.deleteCallback, { params })).code).toBe('settings.incomplete');
  });
});

describe('once configured', () => {
  let sender: CallbackSender;
  let reconcile: Schedule;
  const generate = { params: { source: 'contacts' }, body: { generate: true } } as const;
  beforeAll(async () => {
    await server.configure();
    // Nothing is processed: this is about receiving.
    await server.api.call(endpoints.saveSyncSettings, { body: { enabled: false } });
    await server.api.call(endpoints.saveCallback, generate);
    reconcile = (await server.api.call(endpoints.getWecomSettings)).schedule;
    sender = await createCallbackSender(server);
  });

  describe('the secrets', () => {
    it('are of the form that WeCom asks for', () => {
      expect(sender.token).toMatch(/^[A-Za-z0-9]{32}$/);
      expect(sender.encodingAesKey).toMatch(/^[A-Za-z0-9]{43}$/);
    });

    it('are shown once and stored sealed', async () => {
      const settings = JSON.stringify(await readSettings());
      const rows = JSON.stringify(await sql('SELECT * FROM callback_endpoint'));
      const audit = JSON.stringify(await server.api.call(endpoints.listAuditEntries));
      for (const text of [settings, rows, audit]) {
        expect(text).not.toContain(sender.token);
        expect(text).not.toContain(sender.encodingAesKey);
      }
      expect(audit).toContain('callback.save');
    });

    it('can be given, and are then not answered', async () => {
      const body = { token: 'QDG6eK', encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
      const params = { source: 'app' };
      const answer = await server.api.call(endpoints.saveCallback, { params, body });
      expect(answer).not.toHaveProperty('token');
      expect(answer).toMatchObject({ configured: true, verifiedAt: null });
    });

    it.each([
      [{ token: 'x'.repeat(33), encodingAesKey: 'a'.repeat(43) }],
      [{ token: '', encodingAesKey: 'a'.repeat(43) }],
      [{ token: 'x-y', encodingAesKey: 'a'.repeat(43) }],
      [{ token: 'x', encodingAesKey: 'a'.repeat(42) }],
      [{ token: 'x', encodingAesKey: 'a'.repeat(44) }],
      [{ token: 'x' }],
      [{ generate: false }],
      [{ generate: true, token: 'x' }],
    ])('are refused when they cannot be right: %j', async (body) => {
      const { status } = await server.api.request('PUT', '/settings/wecom/callbacks/app', { body });
      expect(status).toBe(400);
    });

    it('are unknown for a third address', async () => {
      const answer = await server.api.request('PUT', '/settings/wecom/callbacks/other', {
        body: { generate: true },
      });
      expect(answer.status).toBe(400);
      expect((await fetch(`${server.url}/api/v1/wecom/callback/other`)).status).toBe(404);
    });
  });

  describe('the daily reconcile', () => {
    it('is switched on with the first address, which is audited', async () => {
      expect(reconcile).toEqual({ kind: 'daily', at: '03:30' });
      const { items } = await server.api.call(endpoints.listAuditEntries, {
        query: { action: 'callback.reconcile' },
      });
      expect(items).toMatchObject([{ actor: null, before: { schedule: { kind: 'off' } } }]);
    });

    it('stays off when an admin switched it off', async () => {
      await server.api.call(endpoints.saveSyncSettings, { body: { schedule: { kind: 'off' } } });
      await server.api.call(endpoints.saveCallback, generate);
      expect((await server.api.call(endpoints.getWecomSettings)).schedule).toEqual({ kind: 'off' });
      sender = await createCallbackSender(server);
    });
  });

  describe('the URL check', () => {
    it('is answered with the bare plaintext', async () => {
      const response = await sender.check('5927782489442352469');
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(await response.text()).toBe('5927782489442352469');
      expect((await readSettings()).contacts.verifiedAt).not.toBeNull();
    });

    it('is answered when "+" came as it is, which a query reads as a blank', async () => {
      for (;;) {
        const encrypted = encrypt(sender.encodingAesKey, 'echo', server.wecom.corpid);
        if (!encrypted.includes('+')) continue;
        const plus = await sender.check('echo', { encrypted });
        expect(await plus.text()).toBe('echo');
        const url = new URL(plus.url);
        const raw = plus.url.replace(/echostr=.*/, `echostr=${encrypted}`);
        expect(raw).toContain('+');
        expect(await (await fetch(raw)).text()).toBe('echo');
        url.searchParams.set('echostr', encrypted.replaceAll('+', ' '));
        expect(await (await fetch(url)).text()).toBe('echo');
        return;
      }
    });

    it('is refused with another signature, key or receiver, and counted', async () => {
      const before = (await readSettings()).contacts.rejected;
      expect(await codeOf(await sender.check('x', { signature: 'a'.repeat(40) }))).toEqual({
        status: 403,
        code: 'callback.bad_signature',
      });
      expect(await codeOf(await sender.check('x', { receiver: 'ww0' }))).toEqual({
        status: 403,
        code: 'callback.wrong_receiver',
      });
      const foreign = encrypt('a'.repeat(43), 'x', server.wecom.corpid);
      expect(await codeOf(await sender.check('x', { encrypted: foreign }))).toEqual({
        status: 400,
        code: 'callback.undecryptable',
      });
      expect(await codeOf(await sender.check('x', { query: 'a=b' }))).toEqual({
        status: 400,
        code: 'callback.malformed',
      });
      expect((await readSettings()).contacts).toMatchObject({
        rejected: before + 4,
        lastRejection: 'callback.malformed',
      });
    });
  });

  describe('an event', () => {
    it('is answered with nothing and kept', async () => {
      const response = await sender.send(memberChange('update_user', 'WangWu', 'wang.wu'));
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('');
      const [event] = await listEvents();
      expect(event).toMatchObject({
        source: 'contacts',
        event: 'change_contact',
        changeType: 'update_user',
        object: 'WangWu',
        newObject: 'wang.wu',
        status: 'waiting',
        attempts: 0,
        error: null,
        runId: null,
        processedAt: null,
      });
      const { contacts } = await readSettings();
      expect(contacts.waiting).toBe(1);
      expect(contacts.lastEventAt).not.toBeNull();
    });

    it('is kept once however often it comes, from whichever address', async () => {
      const app = await createCallbackSender(server, 'app');
      const text = `<xml><FromUserName>sys</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType>${memberChange('create_user', 'once')}</xml>`;
      for (const from of [sender, app, sender]) expect((await from.send('', { text })).status).toBe(200);
      expect(await listEvents({ q: 'ONCE' })).toHaveLength(1);
    });

    it.each(['text/xml', 'application/xml', 'application/json', 'text/plain; charset=gbk', 'nonsense'])(
      'may be called %s',
      async (type) => {
        const response = await sender.send(memberChange('update_user', 'typed'), {
          headers: { 'content-type': type },
        });
        expect(response.status).toBe(200);
      },
    );

    it('may come without a type, in a JSON envelope, and from another site’s page', async () => {
      const encrypted = encrypt(
        sender.encodingAesKey,
        `<xml>${memberChange('update_user', 'json')}</xml>`,
        server.wecom.corpid,
      );
      const body = JSON.stringify({ tousername: server.wecom.corpid, encrypt: encrypted, agentid: '' });
      const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': '' };
      expect((await sender.send('', { encrypted, body, headers })).status).toBe(200);
      expect(await listEvents({ q: 'json' })).toHaveLength(1);
    });

    it('shows its text to admins, sensitive values masked, and stores nothing else', async () => {
      const inside = memberChange('create_user', 'masked').concat(
        '<Mobile>13812345678</Mobile><Email><![CDATA[zhang@example.com]]></Email><Address>广州市海珠区</Address><Telephone>020-123</Telephone><ExtAttr><Item><Name>卡号</Name><Text><Value>6222</Value></Text></Item></ExtAttr>',
      );
      await sender.send(inside);
      const [event] = await listEvents({ q: 'masked' });
      const { text } = await server.api.call(endpoints.getWecomEvent, { params: { id: event!.id } });
      expect(text).toContain('<UserID><![CDATA[masked]]></UserID>');
      for (const masked of ['138****5678', 'z***@example.com', '广州市***']) expect(text).toContain(masked);
      for (const secret of ['13812345678', 'zhang@', '海珠', '020-123', '6222'])
        expect(text).not.toContain(secret);
      expect(JSON.stringify(await sql('SELECT * FROM callback_event'))).not.toContain('masked@');
    });

    it.each<[string, string, string | null]>([
      ['<Event>enter_agent</Event><AgentID>1</AgentID>', 'enter_agent', null],
      ['<Event>LOCATION</Event><Latitude>23.1</Latitude>', 'LOCATION', null],
      ['<Event>change_contact</Event><ChangeType>split_atom</ChangeType>', 'change_contact', 'split_atom'],
      [
        '<Event>change_contact</Event><ChangeType>update_party</ChangeType><Id>x</Id>',
        'change_contact',
        'update_party',
      ],
    ])('of another kind is kept and ignored: %s', async (inside, event, changeType) => {
      expect((await sender.send(inside)).status).toBe(200);
      const [newest] = await listEvents({ limit: 1 });
      expect(newest).toMatchObject({ event, changeType, object: null, status: 'ignored' });
    });

    it('that takes the app out of use is shown until it is back', async () => {
      await sender.send('<Event>close_inactive_agent</Event><AgentID>1000002</AgentID>');
      expect((await readSettings()).agentWarning).toMatchObject({ event: 'close_inactive_agent' });
      await new Promise((resolve) => setTimeout(resolve, 1_100)); // WeCom's times are whole seconds
      await sender.send('<Event>reopen_inactive_agent</Event><AgentID>1000002</AgentID>');
      expect((await readSettings()).agentWarning).toBeNull();
    });

    it.each<[string, Parameters<CallbackSender['send']>[1], number, string]>([
      ['a wrong signature', { signature: 'f'.repeat(40) }, 403, 'callback.bad_signature'],
      ['another receiver', { receiver: 'ww1111111111111111' }, 403, 'callback.wrong_receiver'],
      ['no receiver', { receiver: '' }, 403, 'callback.wrong_receiver'],
      ['a signed text that is no base64', { encrypted: 'hello' }, 400, 'callback.undecryptable'],
      ['a text that is no XML', { text: 'hello' }, 400, 'callback.malformed'],
      [
        'a text with a DTD',
        { text: '<!DOCTYPE x [<!ENTITY e "y">]><xml>&e;</xml>' },
        400,
        'callback.malformed',
      ],
      ['an envelope that is no XML', { body: 'hello' }, 400, 'callback.malformed'],
      [
        'an envelope with a DTD',
        { body: '<!DOCTYPE x><xml><Encrypt>x</Encrypt></xml>' },
        400,
        'callback.malformed',
      ],
      ['nothing', { body: '' }, 400, 'callback.malformed'],
      ['no signature', { query: '' }, 400, 'callback.malformed'],
      [
        'two signatures',
        { query: 'msg_signature=a&msg_signature=b&timestamp=1&nonce=1' },
        400,
        'callback.malformed',
      ],
      ['256 KB and a byte', { body: ' '.repeat(256 * 1024 + 1) }, 413, 'request.too_large'],
      [
        'a compressed body',
        { headers: { 'content-encoding': 'gzip' } },
        415,
        'request.unsupported_media_type',
      ],
    ])('is refused with %s, and counted', async (_, changes, status, code) => {
      const before = (await readSettings()).contacts.rejected;
      expect(await codeOf(await sender.send(memberChange('update_user', 'refused'), changes))).toEqual({
        status,
        code,
      });
      expect((await readSettings()).contacts).toMatchObject({ rejected: before + 1, lastRejection: code });
      expect(await listEvents({ q: 'refused' })).toEqual([]);
    });

    it('is refused by no other method', async () => {
      const url = `${server.url}/api/v1/wecom/callback/app`;
      const response = await fetch(url, { method: 'DELETE' });
      expect(response.headers.get('allow')).toBe('GET, POST');
      expect(await codeOf(response)).toEqual({ status: 405, code: 'request.method_not_allowed' });
    });

    it('is received once in 2,000 that come at the same time with their repetitions', async () => {
      const before = (await sql<{ count: string }>('SELECT count(*) FROM callback_event'))[0]!.count;
      const texts = Array.from(
        { length: 1_000 },
        (_, index) => `<xml>${memberChange('update_user', `many${index}`)}</xml>`,
      );
      const statuses: number[] = [];
      const rest = [...texts, ...texts].values();
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          for (const text of rest) statuses.push((await sender.send('', { text })).status);
        }),
      );
      expect(new Set(statuses)).toEqual(new Set([200]));
      const after = (await sql<{ count: string }>('SELECT count(*) FROM callback_event'))[0]!.count;
      expect(Number(after) - Number(before)).toBe(1_000);
    });
  });

  describe('the list', () => {
    it('goes on from its cursor and filters', async () => {
      const first = await server.api.call(endpoints.listWecomEvents, { query: { limit: 3, q: 'many' } });
      expect(first.items).toHaveLength(3);
      const second = await server.api.call(endpoints.listWecomEvents, {
        query: { limit: 200, q: 'many', cursor: first.nextCursor! },
      });
      const ids = new Set([...first.items, ...second.items].map(({ id }) => id));
      expect(ids.size).toBe(203);
      expect(await listEvents({ status: 'ignored', limit: 200 })).not.toHaveLength(0);
      expect(await listEvents({ source: 'app', q: 'many' })).toEqual([]);
      expect(await listEvents({ changeType: 'split_atom' })).toHaveLength(1);
    });

    it('knows no event of that id', async () => {
      const params = { id: '0190b3b0-0000-7000-8000-000000000000' };
      expect((await server.api.refused(endpoints.getWecomEvent, { params })).code).toBe('resource.not_found');
      expect((await server.api.refused(endpoints.replayWecomEvent, { params })).code).toBe(
        'resource.not_found',
      );
    });

    it('replays what failed and nothing else', async () => {
      const [event] = await listEvents({ q: 'many7' });
      const params = { id: event!.id };
      expect((await server.api.refused(endpoints.replayWecomEvent, { params })).code).toBe(
        'event.not_replayable',
      );
      await sql(
        `UPDATE callback_event SET status = 'failed', attempts = 5, error = '{"code":"plan.stale"}' WHERE id = $1`,
        [event!.id],
      );
      expect((await readSettings()).contacts.failed).toBe(1);
      expect(await listEvents({ status: 'failed' })).toMatchObject([{ error: { code: 'plan.stale' } }]);
      const replayed = await server.api.call(endpoints.replayWecomEvent, { params });
      expect(replayed).toMatchObject({ status: 'waiting', attempts: 0, error: null });
      const { items } = await server.api.call(endpoints.listAuditEntries, {
        query: { action: 'event.replay' },
      });
      expect(items).toMatchObject([{ target: event!.id }]);
    });
  });

  it('receives nothing more once it is switched off', async () => {
    await server.api.call(endpoints.deleteCallback, { params: { source: 'contacts' } });
    expect((await readSettings()).contacts.configured).toBe(false);
    expect(await codeOf(await sender.send(memberChange('update_user', 'late')))).toEqual({
      status: 404,
      code: 'callback.not_configured',
    });
    await server.api.call(endpoints.deleteCallback, { params: { source: 'contacts' } });
  });
});

it('names the public address, not the one of the request', async () => {
  await server.restart({ PUBLIC_URL: 'https://orgmirror.example.com' });
  const { app } = await readSettings();
  expect(app.url).toBe('https://orgmirror.example.com/api/v1/wecom/callback/app');
});
