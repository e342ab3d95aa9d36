import { endpoints } from '@orgmirror/contracts';
import { createApp, removeMember, sampleApp } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { createAccount } from '../support/create-account.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp, crowd } from '../support/small-corp.ts';
import { admin, hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';

const corp = createSmallCorp([[1, 0]], [['ann', 1], ['bob', 1], ['13800001234', 1], ...crowd(20, 1)]);
const setMobile = (userid: string, mobile: string) =>
  corp.putMember({ ...corp.findMember(userid)!, extras: { mobile } });
setMobile('ann', '13800001234');
setMobile('bob', '+852-98765432');

let passedMs = 0;
let server: TestServer;
let sql: Sql;
beforeAll(async () => {
  const { agentid, secret } = sampleApp;
  const app = createApp({ agentid, secret, createdAfter20220620: false }); // such an app is given sensitive fields
  server = await startTestServer({
    wecom: { corp, apps: [app] },
    now: () => new Date(Date.now() + passedMs),
    timing: { ...hurriedTiming(), exportsIntervalMs: 50 },
  });
  sql = openSql(server.database);
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
});
afterAll(() => server.stop());

const find = async (q: string, client: ApiClient = server.api) =>
  (await client.call(endpoints.listMembers, { query: { q } })).items.map(({ wecomUserId }) => wecomUserId);
const countReveals = async () =>
  (await server.api.call(endpoints.listAuditEntries, { query: { action: 'member.reveal' } })).items.length;
/** A search of before no longer counts as the same. */
const passMinutes = (minutes: number) => {
  passedMs += minutes * 60_000;
};

describe('a full mobile number', () => {
  it.each([
    '13800001234',
    '+8613800001234',
    '8613800001234',
    '0086 138-0000-1234',
    ' 138 0000 1234 ',
    '１３８００００１２３４',
  ])('of the mainland finds the member however it is written: %s', async (q) => {
    expect(await find(q)).toContain('ann');
  });

  it('finds beside it who has it in the userid', async () => {
    expect((await find('13800001234')).toSorted()).toEqual(['13800001234', 'ann']);
  });

  it.each(['+852 9876 5432', '0085298765432'])('of elsewhere is found with its country: %s', async (q) => {
    expect(await find(q)).toEqual(['bob']);
  });

  it.each(['98765432', '85298765432', '1380000123', '00001234', '138000012345', '+8613800001235'])(
    'is not found by less or another: %s',
    async (q) => {
      expect(await find(q)).not.toContain('ann');
      expect(await find(q)).not.toContain('bob');
    },
  );

  it.each(['auditor', 'member'] as const)('finds nobody for one with the role %s', async (role) => {
    const before = await countReveals();
    expect(await find('+852 9876 5432', await createAccount(server, role))).toEqual([]);
    expect(await countReveals()).toBe(before);
  });

  it('finds only among those whom the other filters list', async () => {
    const { items } = await server.api.call(endpoints.listMembers, {
      query: { q: '+852 9876 5432', presence: 'left' },
    });
    expect(items).toEqual([]);
  });
});

describe('who was found by a mobile', () => {
  it('is in the audit log, once for one search, and the number is in no table', async () => {
    passMinutes(2);
    const before = await countReveals();
    await Promise.all([find('+85298765432'), find('+85298765432')]);
    await find('+85298765432');
    expect(await countReveals()).toBe(before + 1);
    passMinutes(2);
    await find('+85298765432');
    expect(await countReveals()).toBe(before + 2);
    const { items } = await server.api.call(endpoints.listAuditEntries, { query: { limit: 1 } });
    expect(items).toMatchObject([
      {
        action: 'member.reveal',
        actor: 'admin',
        target: 'bob',
        after: { field: 'mobile', mode: 'search' },
      },
    ]);
    const tables = await sql<{ tablename: string }>(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`,
    );
    for (const { tablename } of tables) {
      const rows = await sql<{ text: string }>(`SELECT t::text AS text FROM "${tablename}" t`);
      expect(
        rows
          .map(({ text }) => text)
          .join('\n')
          .includes('98765432'),
        tablename,
      ).toBe(false);
    }
  });

  it('is exported as the list shows it, without the number in the request', async () => {
    const create = (client: ApiClient) =>
      client.call(endpoints.createExport, {
        body: {
          list: 'members',
          format: 'csv',
          columns: ['wecomUserId'],
          filter: { q: '+852 9876 5432' },
        },
      });
    const rowsOf = async (client: ApiClient) => {
      const { id } = await create(client);
      const read = () => client.call(endpoints.getExport, { params: { id } });
      await expect.poll(async () => (await read()).status).toBe('finished');
      return (await read()).rows;
    };
    const before = await countReveals();
    expect(await rowsOf(server.api)).toBe(1);
    expect(await countReveals()).toBe(before + 1);
    expect(await rowsOf(await createAccount(server, 'auditor'))).toBe(0);
    const stored = await sql(`SELECT request::text FROM export`);
    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'member.export' },
    });
    expect(JSON.stringify([stored, items])).not.toMatch(/9876 ?5432/);
  });

  it('counts as revealed: one number after the other is refused', async () => {
    const other = await createAccount(server, 'admin');
    const statusOf = async (q: string) => (await other.request('GET', `/members?q=${q}`)).status;
    await sql(`DELETE FROM rate_limit WHERE key LIKE 'requests-reveal:%'`);
    expect(await statusOf('13900000000')).toBe(200);
    const counted = await sql(
      `UPDATE rate_limit SET points = 99 WHERE key LIKE 'requests-reveal:%' AND points = 1 RETURNING key`,
    );
    expect(counted).toHaveLength(1);
    expect(await statusOf('13900000000')).toBe(200); // the same search
    expect(await statusOf('13900000001')).toBe(200);
    expect(await statusOf('13900000002')).toBe(429);
    expect(await statusOf('ann')).toBe(200);
  });
});

describe('a mobile that changes', () => {
  it('is found by the new number, after an undo by the former again', async () => {
    setMobile('ann', '13900005678');
    const run = await server.sync();
    expect(await find('13900005678')).toEqual(['ann']);
    expect(await find('13800001234')).toEqual(['13800001234']);
    const { id } = await server.api.call(endpoints.undoSyncRun, { params: { id: run.id } });
    expect((await server.waitForRun(id)).status).toBe('succeeded');
    expect(await find('13900005678')).toEqual([]);
    expect(await find('13800001234')).toContain('ann');
    setMobile('ann', '13800001234');
    await server.sync();
  });

  it('is found of one who left, until it is erased', async () => {
    setMobile('u1', '13700000001');
    await server.sync();
    removeMember(corp, 'u1');
    await server.sync();
    const findLeft = async () =>
      (
        await server.api.call(endpoints.listMembers, {
          query: { q: '13700000001', presence: 'left' },
        })
      ).items.length;
    expect(await findLeft()).toBe(1);
    await server.restart({}, () => passMinutes(60 * 24 * 181));
    await server.api.call(endpoints.signIn, { body: admin });
    await expect.poll(findLeft).toBe(0);
    const left = await sql(
      `SELECT mobile_digest FROM sync_change WHERE user_key = 'u1' AND mobile_digest IS NOT NULL`,
    );
    expect(left).toEqual([]);
  });

  it('that an earlier release stored is made searchable beside the work', async () => {
    await server.restart({}, () =>
      sql(`UPDATE member_sensitive SET mobile_digest = NULL`).then(() => undefined),
    );
    await expect.poll(() => find('13800001234')).toContain('ann');
    expect(await sql('SELECT member_id FROM member_sensitive WHERE mobile_digest IS NULL')).toEqual([]);
  });
});
