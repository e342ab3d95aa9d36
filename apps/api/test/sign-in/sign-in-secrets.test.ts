import { randomBytes } from 'node:crypto';
import { endpoints } from '@orgmirror/contracts';
import {
  consentFields,
  createApp,
  sampleApp,
  startWecomSimulator,
  type WecomSimulator,
} from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiClient } from '../support/api-client.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { createWecomBrowser, wxworkUserAgent } from '../support/wecom-browser.ts';

const admin = { username: 'admin', password: 'a password to be found nowhere' };
const given = {
  mobile: '13955550001',
  email: 'ann.found-nowhere@mail.example',
  biz_mail: 'ann.found-nowhere@corp.example',
  address: '到处都找不到的路7号',
  qr_code: 'https://open.work.weixin.qq.com/wwopen/userQRCode?vcode=FOUND-NOWHERE',
} as const;

describe('what a sign-in by WeCom must keep to itself', () => {
  let wecom: WecomSimulator;
  let database: TestDatabase;
  let program: Program;
  /** Tokens, codes and tickets of WeCom; states, browser keys and session tokens of ours. */
  const secrets: string[] = [];
  const answers: string[] = [];

  beforeAll(async () => {
    const corp = createSmallCorp([[1, 0]], [['ann', 1]]);
    corp.putMember({ ...corp.findMember('ann')!, extras: given });
    const port = String(await findFreePort());
    const { agentid, secret } = sampleApp;
    wecom = await startWecomSimulator({
      corp,
      apps: [createApp({ agentid, secret, trustedDomain: `127.0.0.1:${port}` })],
      createText: (length) => {
        const text = randomBytes(length).toString('base64url').slice(0, length);
        if (length > 40) secrets.push(text); // shorter ones are hints of errors
        return text;
      },
    });
    database = await createTestDatabase();
    program = startProgram({
      PORT: port,
      LOG_LEVEL: 'trace',
      ADMIN_USERNAME: admin.username,
      ADMIN_PASSWORD: admin.password,
      WECOM_API_BASE_URL: wecom.baseUrl,
      WECOM_OAUTH_BASE_URL: wecom.baseUrl,
      WECOM_LOGIN_BASE_URL: wecom.baseUrl,
      ...database.env,
    });
    await program.saying('is ready at');
    await setUp(`http://127.0.0.1:${port}`);
    await signInInEveryWay(`http://127.0.0.1:${port}`);
  });
  afterAll(async () => {
    program.kill('SIGTERM');
    await program.exited;
    await wecom.close();
    await database.remove();
  });

  async function setUp(url: string): Promise<void> {
    const api = createApiClient(url);
    await api.call(endpoints.signIn, { body: admin });
    const { agentid, secret } = sampleApp;
    await api.call(endpoints.saveWecomSettings, { body: { corpId: wecom.corpid, agentId: agentid, secret } });
    await api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
    const { id } = await api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    while ((await api.call(endpoints.getSyncRun, { params: { id } })).status !== 'succeeded')
      await new Promise((resolve) => setTimeout(resolve, 100));
    await api.call(endpoints.createAuthProvider, {
      body: { kind: 'wecom-oauth2', name: '企业微信', scope: 'snsapi_privateinfo' },
    });
  }

  /** Well, twice, refused by WeCom, cut off, stolen, with a ticket that fails; every answer is kept. */
  async function signInInEveryWay(url: string): Promise<void> {
    const signIn = async (fault?: Parameters<WecomSimulator['faults']['add']>[0]) => {
      const browser = createWecomBrowser(url, { 'user-agent': wxworkUserAgent });
      const page = await browser.start('mode=auto&returnTo=/me');
      secrets.push(page.searchParams.get('state') ?? '');
      const callback = await browser.choose(page, 'member:ann', consentFields);
      if (fault) wecom.faults.add({ times: 1, ...fault });
      const stolen = await fetch(callback, { redirect: 'manual' });
      for (const answer of [stolen, await browser.open(callback), await browser.open(callback)])
        answers.push(answer.headers.get('location') ?? '', await answer.text());
      const paths = ['/me', '/me/sessions', '/members/ann', '/members'];
      for (const path of paths) answers.push(JSON.stringify((await browser.api('GET', path)).body));
      secrets.push(...[...browser.cookies.values()].map(({ value }) => value));
    };
    await signIn();
    await signIn({ endpoint: 'auth/getuserinfo', effect: { kind: 'errcode', errcode: 40029 } });
    await signIn({ endpoint: 'auth/getuserinfo', effect: { kind: 'reset' } });
    await signIn({ endpoint: 'auth/getuserinfo', effect: { kind: 'truncatedJson' } });
    await signIn({ endpoint: 'auth/getuserdetail', effect: { kind: 'errcode', errcode: 84015 } });
    await signIn({ endpoint: 'auth/getuserdetail', effect: { kind: 'nonJson' } });
    const client = createApiClient(url);
    await client.call(endpoints.signIn, { body: admin });
    for (const path of ['/audit', '/settings/auth-providers', '/sign-in/options', '/members/ann'])
      answers.push(JSON.stringify((await client.request('GET', path)).body));
  }

  const everything = () => [...secrets, ...Object.values(given)];
  const spellings = (value: string) => [value, Buffer.from(value).toString('hex'), encodeURIComponent(value)];

  it('was used', () => {
    expect(wecom.stats.snapshot().calls).toMatchObject({ 'auth/getuserinfo': 6, 'auth/getuserdetail': 3 });
    expect(secrets.length).toBeGreaterThan(20);
    expect(answers.join('\n')).toContain('139****0001');
    expect(program.output.stdout).toContain('a sign-in by WeCom was refused');
    expect(program.output.stdout).toContain('could not be taken over');
  });

  it('is in no answer', () => {
    for (const value of everything()) expect(answers.join('\n')).not.toContain(value);
  });

  it('is in no line of the log at trace level', () => {
    const text = program.output.stdout + program.output.stderr;
    for (const value of everything())
      for (const spelling of spellings(value)) expect(text).not.toContain(spelling);
  });

  it('is in no column of the database', async () => {
    const sql = openSql(database);
    const tables = await sql<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      const rows = await sql<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      const text = rows.map((row) => row.text).join('\n');
      for (const value of everything())
        for (const spelling of spellings(value))
          expect(text.includes(spelling), `${name}: ${spelling}`).toBe(false);
    }
  });
});
