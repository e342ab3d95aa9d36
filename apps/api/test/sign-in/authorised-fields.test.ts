import { type Consent, endpoints, type MemberDetail } from '@orgmirror/contracts';
import { hireMember, removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appOf, enableSignIn } from '../support/enable-sign-in.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createWecomBrowser, type WecomBrowser, wxworkUserAgent } from '../support/wecom-browser.ts';

const everything = ['gender', 'avatar', 'qr_code', 'mobile', 'email', 'biz_mail', 'address'];
const given = {
  gender: '2',
  avatar: 'http://wx.qlogo.cn/mmhead/GIVEN/0',
  qr_code: 'https://open.work.weixin.qq.com/wwopen/userQRCode?vcode=GIVEN',
  mobile: '13912345678',
  email: 'given@mail.example',
  biz_mail: 'given@corp.example',
  address: '广州市天河区某路1号',
} as const;
const inClear = /139123|given@|某路|vcode/;
const dayMs = 24 * 3_600_000;

const corp = createSmallCorp([[1, 0]]);
let hired = 0;
let passedMs = 0;
let server: TestServer;
let sql: ReturnType<typeof openSql>;
beforeAll(async () => {
  for (let count = 0; count < 30; count++)
    hireMember(corp, { userid: `u${count}`, name: `成员${count}`, departmentIds: [1] });
  for (const member of [...corp.members.values()]) corp.putMember({ ...member, extras: given });
  server = await startTestServer({ wecom: { corp }, now: () => new Date(Date.now() + passedMs) });
  sql = openSql(server.database);
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
  await enableSignIn(server, { scope: 'snsapi_privateinfo' });
});
afterAll(() => server.stop());
beforeEach(() => {
  server.wecom.faults.clear();
  server.wecom.stats.reset();
  appOf(server).grantedConsentFields = everything as never; // the simulator's own names
});

/** A member of their own for each test, in the WeCom client on a phone. */
function createMember() {
  const userid = `u${hired++}`;
  const browser = createWecomBrowser(server.url, { 'user-agent': wxworkUserAgent });
  const signIn = async (agreed: readonly string[], query = 'mode=auto') => {
    expect(await browser.signIn(`member:${userid}`, { query, agreed })).toMatch(/^\/(me)?$/);
    return readMe(browser);
  };
  return { userid, browser, signIn };
}
const readMe = async (browser: WecomBrowser) =>
  (await browser.api('GET', '/me')).body as { member: MemberDetail; authorisation: Consent };
const read = (wecomUserId: string) => server.api.call(endpoints.getMember, { params: { wecomUserId } });
const reveal = (wecomUserId: string, field: 'mobile' | 'email' | 'bizMail' | 'address' | 'qrCode') => ({
  params: { wecomUserId },
  body: { field },
});
const countDetailCalls = () => server.wecom.stats.snapshot().calls['auth/getuserdetail'] ?? 0;
const countStored = async (userid: string) =>
  (
    await sql(
      `SELECT s.member_id FROM member_sensitive s JOIN member m ON m.id = s.member_id
       WHERE m.user_key = $1 AND s.source = 'authorised'`,
      [userid],
    )
  ).length;
const findByMobile = async () =>
  (await server.api.call(endpoints.listMembers, { query: { q: given.mobile, limit: 100 } })).items.map(
    ({ wecomUserId }) => wecomUserId,
  );
const fieldsOf = ({ authorisation }: { authorisation: Consent }) =>
  authorisation.fields.map(({ field }) => field);

describe('what a member agrees to give', () => {
  it('is kept, masked everywhere, with source and time', async () => {
    const { userid, signIn } = createMember();
    const before = Date.now();
    expect(await read(userid)).toMatchObject({ mobileMasked: null, avatarUrl: null, sensitiveFields: [] });
    const me = await signIn(everything);
    const { decision, decidedAt, available, fields } = me.authorisation;
    expect({ decision, available }).toEqual({ decision: 'agreed', available: true });
    expect(Date.parse(decidedAt ?? '')).toBeGreaterThanOrEqual(before - 1);
    expect(fields.map(({ field, value }) => [field, value])).toEqual([
      ['avatar', 'https://wx.qlogo.cn/mmhead/GIVEN/0'],
      ['gender', 'female'],
      ['mobile', '139****5678'],
      ['email', 'g***@mail.example'],
      ['bizMail', 'g***@corp.example'],
      ['qrCode', '***'],
      ['address', '广州市***'],
    ]);
    const detail = await read(userid);
    expect(detail).toMatchObject({
      avatarUrl: 'https://wx.qlogo.cn/mmhead/GIVEN/0',
      gender: 'female',
      mobileMasked: '139****5678',
      emailMasked: 'g***@mail.example',
      bizMailMasked: 'g***@corp.example',
      addressMasked: '广州市***',
      qrCodeSet: true,
    });
    expect(detail.sensitiveFields).toEqual(
      fields.map(({ field, authorisedAt }) => ({ field, source: 'authorised', at: authorisedAt })),
    );
    const list = await server.api.call(endpoints.listMembers, { query: { q: userid } });
    expect(list.items[0]).toMatchObject({ mobileMasked: '139****5678', gender: 'female' });
    expect(JSON.stringify([me, detail, list])).not.toMatch(inClear);
  });

  it('is sealed in the database', async () => {
    const { userid, signIn } = createMember();
    await signIn(everything);
    const rows = await sql<{ text: string }>(
      `SELECT s::text AS text FROM member_sensitive s JOIN member m ON m.id = s.member_id WHERE m.user_key = $1`,
      [userid],
    );
    expect(rows).toHaveLength(1);
    for (const value of Object.values(given).filter((text) => text.length > 1)) {
      expect(rows[0]?.text).not.toContain(value);
      expect(rows[0]?.text).not.toContain(Buffer.from(value).toString('hex'));
    }
  });

  it('is only what they ticked and the admin allowed; the rest stays unknown', async () => {
    const { userid, signIn } = createMember();
    appOf(server).grantedConsentFields = ['mobile', 'email'];
    const me = await signIn(['mobile', 'address']);
    expect(fieldsOf(me)).toEqual(['mobile']);
    expect(await read(userid)).toMatchObject({
      mobileMasked: '139****5678',
      emailMasked: null,
      addressMasked: null,
      gender: null,
      qrCodeSet: null,
    });
  });

  it('never overwrites what is known with nothing, and renews the time of what came', async () => {
    const { signIn } = createMember();
    const first = await signIn(['mobile', 'email', 'gender']);
    passedMs = dayMs / 4;
    const second = await signIn(['email']);
    passedMs = 0;
    expect(fieldsOf(second)).toEqual(['gender', 'mobile', 'email']);
    const at = ({ authorisation }: typeof first, field: string) =>
      authorisation.fields.find((known) => known.field === field)?.authorisedAt;
    expect(at(second, 'mobile')).toBe(at(first, 'mobile'));
    expect(at(second, 'email')).not.toBe(at(first, 'email'));
    expect(second.authorisation.decidedAt).toBe(first.authorisation.decidedAt);
  });

  it('adds up when it comes from two devices at the same moment', async () => {
    const { userid, browser } = createMember();
    const other = createWecomBrowser(server.url, { 'user-agent': wxworkUserAgent });
    const fields = everything.filter((field) => field !== 'gender');
    server.wecom.faults.add({ endpoint: 'auth/getuserdetail', effect: { kind: 'delay', delayMs: 300 } });
    const pages = await Promise.all(
      fields.map(async (field, index) => {
        const device = index % 2 === 0 ? browser : other;
        const page = await device.start('mode=auto');
        return { device, callback: await device.choose(page, `member:${userid}`, [field]) };
      }),
    );
    await Promise.all(pages.map(({ device, callback }) => device.open(callback)));
    expect(fieldsOf(await readMe(browser))).toEqual([
      'avatar',
      'mobile',
      'email',
      'bizMail',
      'qrCode',
      'address',
    ]);
  });

  it('is nothing: then nothing was decided and they can be asked', async () => {
    const { userid, signIn } = createMember();
    const me = await signIn([]);
    expect(me.authorisation).toEqual({ decision: null, decidedAt: null, available: true, fields: [] });
    expect(await countStored(userid)).toBe(0);
  });

  it('does not come by the QR code, which gives no ticket', async () => {
    const { signIn } = createMember();
    expect((await signIn(everything, 'mode=web')).authorisation.decision).toBeNull();
    expect(countDetailCalls()).toBe(0);
  });

  it('is nothing when WeCom answers about somebody else, and the audit log says so', async () => {
    const { userid, signIn } = createMember();
    const value = `u${hired++}`;
    server.wecom.faults.add({
      endpoint: 'auth/getuserdetail',
      effect: { kind: 'replacedField', field: 'userid', value },
    });
    const { member, authorisation } = await signIn(['mobile']);
    expect(authorisation).toMatchObject({ decision: null, fields: [] });
    expect(member.mobileMasked).toBeNull();
    expect(
      await sql('SELECT FROM member_sensitive s JOIN member m ON m.id = s.member_id WHERE user_id = $1', [
        userid,
      ]),
    ).toEqual([]);
    const { items } = await server.api.call(endpoints.listAuditEntries, { query: { limit: 2 } });
    expect(items).toContainEqual(
      expect.objectContaining({
        action: 'authorisation.agree',
        result: 'failed',
        after: { error: 'wecom.bad_answer', answered: value },
      }),
    );
    server.wecom.faults.clear();
    server.wecom.faults.add({
      endpoint: 'auth/getuserdetail',
      effect: { kind: 'replacedField', field: 'userid', value: userid.toUpperCase() },
    });
    expect((await signIn(['mobile'])).authorisation.fields).toHaveLength(1);
  });

  it('is in the audit log by name of the fields only', async () => {
    const { userid, signIn } = createMember();
    await signIn(['mobile', 'gender']);
    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'authorisation.agree', limit: 1 },
    });
    expect(items).toMatchObject([
      { actor: `成员${userid.slice(1)} (${userid})`, after: { fields: ['gender', 'mobile'] } },
    ]);
    expect(JSON.stringify(items)).not.toMatch(inClear);
  });

  it.each([
    ['errcode 84014', { kind: 'errcode', errcode: 84014 }],
    ['errcode 45009', { kind: 'errcode', errcode: 45009 }],
    ['a broken connection', { kind: 'reset' }],
    ['no answer', { kind: 'hang' }],
  ] as const)('does not come when WeCom fails with %s, and the sign-in succeeds', async (_fact, effect) => {
    const { userid, signIn } = createMember();
    server.wecom.faults.add({ endpoint: 'auth/getuserdetail', effect });
    const startedAt = Date.now();
    expect((await signIn(everything)).authorisation.fields).toEqual([]);
    expect(Date.now() - startedAt).toBeLessThan(45_000);
    expect(await countStored(userid)).toBe(0);
  });
});

describe('a member who does not agree', () => {
  it('declines once and nothing is taken any more, until they want it themselves', async () => {
    const { userid, browser, signIn } = createMember();
    await signIn([]);
    expect((await browser.api('POST', '/me/authorisation/decline')).status).toBe(204);
    expect((await readMe(browser)).authorisation.decision).toBe('declined');
    server.wecom.stats.reset();
    const again = await signIn(everything);
    expect(again.authorisation).toMatchObject({ decision: 'declined', fields: [] });
    expect([countDetailCalls(), await countStored(userid)]).toEqual([0, 0]);
    const willing = await signIn(everything, 'mode=auto&authorise=true&returnTo=/me');
    expect(willing.authorisation).toMatchObject({ decision: 'agreed' });
    expect(fieldsOf(willing)).toHaveLength(7);
  });

  it('withdraws: the fields are erased, and the next sign-in takes none', async () => {
    const { userid, browser, signIn } = createMember();
    await signIn(everything);
    expect(await countStored(userid)).toBe(1);
    expect(await findByMobile()).toContain(userid);
    expect((await browser.api('DELETE', '/me/authorised-fields')).status).toBe(204);
    expect(await countStored(userid)).toBe(0);
    expect(await findByMobile()).not.toContain(userid);
    const me = await readMe(browser);
    expect(me.authorisation).toMatchObject({ decision: 'withdrawn', fields: [] });
    expect(me.member).toMatchObject({
      mobileMasked: null,
      avatarUrl: null,
      gender: null,
      sensitiveFields: [],
    });
    expect((await signIn(everything)).authorisation).toMatchObject({ decision: 'withdrawn', fields: [] });
    expect(await countStored(userid)).toBe(0);
    expect((await signIn(['mobile'], 'mode=auto&authorise=true')).authorisation).toMatchObject({
      decision: 'agreed',
      fields: [{ field: 'mobile' }],
    });
  });

  it('is not asked by an authentication that asks nobody', async () => {
    const { signIn } = createMember();
    const [provider] = (await server.api.call(endpoints.listAuthProviders)).items;
    const set = (scope: 'snsapi_base' | 'snsapi_privateinfo') =>
      server.api.call(endpoints.updateAuthProvider, { params: { id: provider!.id }, body: { scope } });
    await set('snsapi_base');
    const me = await signIn(everything, 'mode=inApp&authorise=true');
    expect(me.authorisation).toMatchObject({ available: false, decision: null, fields: [] });
    await set('snsapi_privateinfo');
  });
});

it('a member sees their own field in full, which is audited without it; an account has none', async () => {
  const { userid, signIn, browser } = createMember();
  await signIn(['mobile']);
  const shown = await browser.api('POST', '/me/reveal', { field: 'mobile' });
  expect(shown).toMatchObject({ status: 200, body: { value: given.mobile } });
  expect((await browser.api('POST', '/me/reveal', { field: 'email' })).status).toBe(404);
  const { items } = await server.api.call(endpoints.listAuditEntries, { query: { limit: 1 } });
  expect(items).toMatchObject([{ action: 'member.reveal', target: userid, after: { field: 'mobile' } }]);
  expect(JSON.stringify(items)).not.toMatch(inClear);
  expect(await server.api.refused(endpoints.revealMyField, { body: { field: 'mobile' } })).toMatchObject({
    status: 404,
  });
});

describe('an admin who needs a field', () => {
  it('sees it in full, which is audited without it', async () => {
    const { userid, signIn } = createMember();
    await signIn(everything);
    const fields = {
      mobile: 'mobile',
      email: 'email',
      bizMail: 'biz_mail',
      address: 'address',
      qrCode: 'qr_code',
    } as const;
    for (const [field, name] of Object.entries(fields) as [keyof typeof fields, keyof typeof given][]) {
      const { value } = await server.api.call(endpoints.revealMember, reveal(userid.toUpperCase(), field));
      expect(value).toBe(given[name]);
      const { items } = await server.api.call(endpoints.listAuditEntries, { query: { limit: 1 } });
      expect(items).toMatchObject([
        { action: 'member.reveal', actor: 'admin', target: userid, after: { field } },
      ]);
      expect(JSON.stringify(items)).not.toMatch(inClear);
    }
  });

  it('finds nothing where there is nothing', async () => {
    const { userid, signIn } = createMember();
    await signIn(['email']);
    const notFound = { status: 404, code: 'resource.not_found' };
    expect(await server.api.refused(endpoints.revealMember, reveal(userid, 'mobile'))).toMatchObject(
      notFound,
    );
    expect(await server.api.refused(endpoints.revealMember, reveal('nobody', 'mobile'))).toMatchObject(
      notFound,
    );
    const bad = await server.api.request('POST', `/members/${userid}/reveal`, { body: { field: 'gender' } });
    expect(bad.status).toBe(400);
  });
});

describe('a sync', () => {
  const sync = async () => expect((await server.sync()).status).toBe('succeeded');

  it('leaves what a member gave alone', async () => {
    const { userid, signIn } = createMember();
    const before = await signIn(everything);
    updateMember(corp, userid, { position: '经理' });
    await sync();
    const detail = await read(userid);
    expect(detail).toMatchObject({ position: '经理', mobileMasked: '139****5678' });
    expect(detail.sensitiveFields).toEqual(before.member.sensitiveFields);
  });

  it('that reads a field itself goes before what the member gave, but for an empty one', async () => {
    const { userid, signIn } = createMember();
    await signIn(everything);
    const member = corp.findMember(userid)!;
    const wireOverride = { mobile: '13700000001', email: '', gender: '1' };
    corp.putMember({ ...member, extras: { ...given, wireOverride } });
    await sync();
    const detail = await read(userid);
    expect(detail).toMatchObject({
      mobileMasked: '137****0001',
      emailMasked: 'g***@mail.example',
      gender: 'male',
    });
    const sources = Object.fromEntries(detail.sensitiveFields.map(({ field, source }) => [field, source]));
    expect(sources).toEqual({
      avatar: 'authorised',
      mobile: 'contacts',
      email: 'authorised',
      bizMail: 'authorised',
      qrCode: 'authorised',
      address: 'authorised',
    });
    const { value } = await server.api.call(endpoints.revealMember, reveal(userid, 'mobile'));
    expect(value).toBe('13700000001');
  });

  it('and its undo touch nothing that a member gave', async () => {
    const { userid, signIn } = createMember();
    await signIn(['mobile']);
    updateMember(corp, userid, { position: '将被撤销' });
    const run = await server.sync();
    const { id } = await server.api.call(endpoints.undoSyncRun, { params: { id: run.id } });
    expect((await server.waitForRun(id)).status).toBe('succeeded');
    expect(await read(userid)).toMatchObject({ position: '', mobileMasked: '139****5678' });
  });

  it('that finds the member gone ends what they gave, and their decision with it', async () => {
    const { userid, signIn } = createMember();
    await signIn(everything);
    removeMember(corp, userid);
    await sync();
    expect(await read(userid)).toMatchObject({ presence: 'left', mobileMasked: null });
    expect(await countStored(userid)).toBe(0);
    const decisions = await sql(
      `SELECT a.decision FROM member_authorisation a JOIN member m ON m.id = a.member_id WHERE m.user_key = $1`,
      [userid],
    );
    expect(decisions).toEqual([]);
  });
});
