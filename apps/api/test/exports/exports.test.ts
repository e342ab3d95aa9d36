import { randomUUID } from 'node:crypto';
import { type BodyOf, type ExportJob, endpoints } from '@orgmirror/contracts';
import { createApp, removeMember, sampleApp } from '@orgmirror/wecom-simulator';
import pg from 'pg';
import { readSheet } from 'read-excel-file/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { createAccount } from '../support/create-account.ts';
import { startKillableStage } from '../support/killable-stage.ts';
import { connectionStringOf, openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp, crowd } from '../support/small-corp.ts';
import { admin, hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { type TestDatabase, usesPostgres } from '../support/test-database.ts';

const hourMs = 3_600_000;
const corp = createSmallCorp(
  [
    [1, 0],
    [2, 1],
  ],
  [
    ['zoe', 1],
    ['ann', 2],
    ['Bob', 1, 2],
    ['gone', 1],
  ],
);
corp.putMember({
  ...corp.findMember('ann')!,
  name: '=HYPERLINK("http://evil.example")',
  position: '架构师, "资深"',
  extras: { mobile: '13800001234', email: 'ann@corp.example' },
});
corp.putMember({ ...corp.findMember('Bob')!, extras: { mobile: '13900000002', email: '' } });
corp.putMember({ ...corp.findMember('zoe')!, extras: { mobile: '', email: '' } });

type AnyRequest = BodyOf<typeof endpoints.createExport>;
type Request = Extract<AnyRequest, { list: 'members' }>;
const request = (changes: Partial<Request> = {}): Request => ({
  list: 'members',
  format: 'csv',
  columns: ['wecomUserId', 'name', 'position', 'mobile', 'email'],
  ...changes,
});

let passedMs = 0;
/** Ids of the first two runs. */
let runIds: string[];
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
  const first = await server.sync();
  expect(first.status).toBe('succeeded');
  removeMember(corp, 'gone');
  const second = await server.sync();
  expect(second.counts.members.remove).toBe(1);
  runIds = [first.id, second.id];
});
afterAll(() => server.stop());
afterEach(() => sql('DELETE FROM export'));

const startAny = (body: AnyRequest, client: ApiClient = server.api) =>
  client.call(endpoints.createExport, { body });
const start = (changes: Partial<Request> = {}, client: ApiClient = server.api) =>
  startAny(request(changes), client);
const stateOf = ({ id }: { id: string }, client: ApiClient = server.api): Promise<ExportJob> =>
  client.call(endpoints.getExport, { params: { id } });

async function waitUntilEnded(job: { id: string }, client: ApiClient = server.api): Promise<ExportJob> {
  await expect.poll(async () => (await stateOf(job, client)).status).toMatch(/^(finished|failed)$/);
  return stateOf(job, client);
}

async function download({ id }: { id: string }, client: ApiClient = server.api, url = server.url) {
  const response = await fetch(`${url}/api/v1/exports/${id}/file`, { headers: { cookie: client.cookie } });
  expect(response.status).toBe(200);
  return { headers: response.headers, content: Buffer.from(await response.arrayBuffer()) };
}

/** Sessions do not last that long. */
async function passTo(hours: number): Promise<void> {
  passedMs = hours * hourMs;
  await server.api.call(endpoints.signIn, { body: admin });
}

const exportLines = (changes: Partial<Request> = {}, client: ApiClient = server.api): Promise<string[]> =>
  exportAnyLines(request(changes), client);

/** Exports and reads the lines of the CSV file. */
async function exportAnyLines(body: AnyRequest, client: ApiClient = server.api): Promise<string[]> {
  const job = await startAny(body, client);
  expect(await waitUntilEnded(job, client)).toMatchObject({ status: 'finished', problem: null });
  const text = (await download(job, client)).content.toString('utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  return text.slice(1).trimEnd().split('\r\n');
}

const entriesOf = async (action: string) =>
  (await server.api.call(endpoints.listAuditEntries, { query: { action } })).items;

describe('a file of members', () => {
  it('is CSV that no spreadsheet takes for formulas, masked, in the order of userids', async () => {
    const job = await start();
    expect(job).toMatchObject({ status: 'queued', scope: 'all', revealed: false, problem: null });
    expect(await waitUntilEnded(job)).toMatchObject({ status: 'finished', rows: 3, total: 3 });
    const { headers, content } = await download(job);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(/filename\*=UTF-8''%E6%88%90%E5%91%98-\d{4}-/);
    expect(content.toString('utf8')).toBe(
      [
        '\uFEFF账号,姓名,职务,手机,邮箱',
        `ann,"'=HYPERLINK(""http://evil.example"")","架构师, ""资深""",138****1234,a***@corp.example`,
        'Bob,成员Bob,,139****0002,',
        'zoe,成员zoe,,,',
        '',
      ].join('\r\n'),
    );
    expect(await stateOf(job)).toMatchObject({ size: content.length });
  });

  it('is an xlsx file of texts that a spreadsheet reader opens', async () => {
    const columns = ['wecomUserId', 'name', 'departments', 'mainDepartment', 'status'] as const;
    const job = await start({ format: 'xlsx', columns: [...columns] });
    expect((await waitUntilEnded(job)).status).toBe('finished');
    const { headers, content } = await download(job);
    expect(headers.get('content-type')).toContain('spreadsheetml');
    expect(await readSheet(content)).toEqual([
      ['账号', '姓名', '部门', '主部门', '状态'],
      ['ann', '=HYPERLINK("http://evil.example")', '部门1/部门2', '部门1/部门2', '已激活'],
      ['Bob', '成员Bob', '部门1; 部门1/部门2', '部门1', '已激活'],
      ['zoe', '成员zoe', '部门1', '部门1', '已激活'],
    ]);
  });

  it('speaks the language of the one who asked', async () => {
    const client = server.anonymous({ 'accept-language': 'en' });
    await client.call(endpoints.signIn, { body: admin });
    const job = await start({ columns: ['wecomUserId', 'status'], userIds: ['zoe'] }, client);
    await waitUntilEnded(job, client);
    const { headers, content } = await download(job, client);
    expect(content.toString('utf8')).toBe('\uFEFFUserid,Status\r\nzoe,Activated\r\n');
    expect(headers.get('content-disposition')).toMatch(/filename="?members-\d{4}-\d\d-\d\d\.csv"?$/);
  });

  it('holds those of a filter, or those who were named', async () => {
    const columns = ['wecomUserId'] as const satisfies Request['columns'];
    const userIdsOf = async (changes: Partial<Request>) =>
      (await exportLines({ columns: [...columns], ...changes })).slice(1);
    expect(await userIdsOf({ filter: { departmentId: 2 } })).toEqual(['ann', 'Bob']);
    expect(await userIdsOf({ filter: { departmentId: 1, recursive: true } })).toEqual(['ann', 'Bob', 'zoe']);
    expect(await userIdsOf({ filter: { q: '成员' } })).toEqual(['Bob', 'zoe']);
    expect(await userIdsOf({ filter: { presence: 'left' } })).toEqual(['gone']);
    expect(await userIdsOf({ filter: { presence: 'all' } })).toEqual(['ann', 'Bob', 'gone', 'zoe']);
    expect(await userIdsOf({ filter: { status: 'disabled' } })).toEqual([]);
    expect(await userIdsOf({ userIds: ['ZOE', 'bob', 'nobody'] })).toEqual(['Bob', 'zoe']);
    expect(
      await server.api.refused(endpoints.createExport, { body: request({ filter: { departmentId: 99 } }) }),
    ).toMatchObject({ code: 'resource.not_found' });
    expect(
      await server.api.refused(endpoints.createExport, { body: request({ filter: {}, userIds: ['ann'] }) }),
    ).toMatchObject({ code: 'request.invalid' });
  });
});

describe('a file of a run’s changes', () => {
  const list = 'run-changes' as const;

  it('has a row for each field that changed, masked, and no formulas', async () => {
    const [runId = ''] = runIds;
    const filter = { entity: 'member' as const, q: 'ANN' };
    const lines = await exportAnyLines({ list, format: 'csv', runId, filter });
    expect(lines[0]).toBe('对象,类型,名称,编号,字段,原值,新值,待批准');
    const about = `成员,新增,"'=HYPERLINK(""http://evil.example"")",ann`;
    expect(lines).toContain(`${about},职务,,"架构师, ""资深""",否`);
    expect(lines).toContain(`${about},手机,,138****1234,否`);
    expect(lines).toContain(`${about},状态,,已激活,否`);
    expect(lines.slice(1).every((line) => line.startsWith(about))).toBe(true);
    expect((await entriesOf('sync.export'))[0]).toMatchObject({ target: runId, after: { filter } });
  });

  it('is as well an xlsx file, with all changes in the order of the plan', async () => {
    const [, runId = ''] = runIds;
    const job = await startAny({ list, format: 'xlsx', runId });
    expect(job).toMatchObject({ list, runId, scope: 'all', revealed: false });
    expect(await waitUntilEnded(job)).toMatchObject({ status: 'finished', rows: 2, total: 2 });
    const { headers, content } = await download(job);
    expect(headers.get('content-disposition')).toContain(encodeURIComponent('变更明细'));
    const rows = await readSheet(content);
    expect(rows).toContainEqual(['成员', '移除', '成员gone', 'gone', '在职情况', '在职', '已退出', '否']);
    expect(rows).toContainEqual([
      '部门归属',
      '移除',
      '成员gone · 部门1',
      'gone/1',
      '部门',
      '部门1',
      null,
      '否',
    ]);
  });

  it('of a run that is not here is refused', async () => {
    const body = { list, format: 'csv' as const, runId: randomUUID() };
    expect((await server.api.refused(endpoints.createExport, { body })).code).toBe('resource.not_found');
  });
});

describe('a file of the audit log', () => {
  it('holds the entries of the filter, newest first', async () => {
    const filter = { action: 'sync.start' };
    const lines = await exportAnyLines({ list: 'audit', format: 'csv', filter });
    expect(lines[0]).toBe('时间,操作人,操作,对象,姓名,结果,原值,新值,IP,请求编号,序号,校验值');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,admin,发起同步,/);
    expect(lines.slice(1).map((line) => line.split(',')[3])).toEqual(runIds.toReversed());
    expect((await entriesOf('audit.export'))[0]).toMatchObject({ actor: 'admin', after: { filter } });
  });

  it('without a filter holds all there is, its own entry first', async () => {
    const job = await startAny({ list: 'audit', format: 'csv' });
    const { rows, total } = await waitUntilEnded(job);
    const lines = (await download(job)).content.toString('utf8').trimEnd().split('\r\n');
    expect(lines[1]).toContain('导出操作日志');
    expect([rows, total]).toEqual([lines.length - 1, lines.length - 1]);
  });

  it('is for auditors too, not for members', async () => {
    const body = { list: 'audit', format: 'xlsx' } as const;
    const auditor = await createAccount(server, 'auditor');
    const job = await startAny(body, auditor);
    expect((await waitUntilEnded(job, auditor)).status).toBe('finished');
    const [heads] = await readSheet((await download(job, auditor)).content);
    expect(heads?.slice(0, 3)).toEqual(['时间', '操作人', '操作']);
    const member = await createAccount(server, 'member');
    expect((await member.refused(endpoints.createExport, { body })).code).toBe('permission.denied');
  });
});

describe('who may', () => {
  it('an admin has mobiles in full when they ask for it, and the log says so', async () => {
    const lines = await exportLines({ reveal: true, userIds: ['ann'] });
    expect(lines[1]).toContain('13800001234,ann@corp.example');
    const [asked] = await entriesOf('member.export');
    expect(asked).toMatchObject({ actor: 'admin', after: { selected: 1, format: 'csv', revealed: true } });
    const [taken] = await entriesOf('export.download');
    expect(taken).toMatchObject({ target: asked?.after?.export, after: { rows: 1, revealed: true } });
  });

  it('an auditor has them masked, a member none', async () => {
    const auditor = await createAccount(server, 'auditor');
    const body = request({ reveal: true });
    expect((await auditor.refused(endpoints.createExport, { body })).code).toBe('permission.denied');
    expect((await exportLines({ userIds: ['ann'] }, auditor))[1]).toContain('138****1234,a***@corp.example');
    const member = await createAccount(server, 'member');
    expect((await member.refused(endpoints.createExport, { body: request() })).code).toBe(
      'permission.denied',
    );
  });

  it('one who is no admin any more cannot take away what an admin asked for', async () => {
    const client = await createAccount(server, 'admin');
    const job = await start({ reveal: true }, client);
    await waitUntilEnded(job, client);
    await sql(`UPDATE user_account SET role = 'auditor' WHERE username LIKE 'admin-%'`);
    const params = { id: job.id };
    expect((await client.refused(endpoints.downloadExport, { params })).code).toBe('permission.denied');
  });

  it('nobody sees, takes or deletes the export of another', async () => {
    const job = await start();
    await waitUntilEnded(job);
    const other = await createAccount(server, 'admin');
    const params = { id: job.id };
    expect((await other.call(endpoints.listExports)).items).toEqual([]);
    for (const endpoint of [endpoints.getExport, endpoints.downloadExport, endpoints.deleteExport])
      expect((await other.refused(endpoint, { params })).code).toBe('resource.not_found');
    expect((await server.api.call(endpoints.listExports)).items).toMatchObject([{ id: job.id }]);
  });

  it('keeps ten at most', async () => {
    for (let kept = 0; kept < 10; kept++) await start({ userIds: ['ann'] });
    const refusal = await server.api.refused(endpoints.createExport, { body: request() });
    expect(refusal).toMatchObject({ code: 'export.too_many', detail: expect.stringContaining('10') });
    const [{ id } = { id: '' }] = (await server.api.call(endpoints.listExports)).items;
    await server.api.call(endpoints.deleteExport, { params: { id } });
    expect((await start({ userIds: ['ann'] })).status).toBe('queued');
  });
});

describe('a file', () => {
  it('is served by any process on the database, and lies in it unreadable', async () => {
    const job = await start();
    await waitUntilEnded(job);
    const { content } = await download(job);
    const [part] = await sql<{ content: Buffer }>('SELECT content FROM export_part');
    expect(part?.content.includes('zoe')).toBe(false);
    const other = await server.startBeside();
    try {
      expect((await download(job, server.api, other.url)).content).toEqual(content);
    } finally {
      await other.stop();
    }
  });

  it('is gone after a day', async () => {
    const job = await start();
    await waitUntilEnded(job);
    await passTo(23);
    expect((await stateOf(job)).status).toBe('finished');
    await passTo(24.1);
    expect((await server.api.call(endpoints.listExports)).items).toEqual([]);
    const params = { id: job.id };
    expect((await server.api.refused(endpoints.downloadExport, { params })).code).toBe('resource.not_found');
    await server.restart(); // the purge is its first work
    await expect.poll(() => sql('SELECT FROM export')).toEqual([]);
    expect(await sql('SELECT FROM export_part')).toEqual([]);
    await passTo(0);
  });

  it('cannot be taken before it is finished', async () => {
    const job = await start();
    await waitUntilEnded(job);
    await sql(`UPDATE export SET status = 'running', claimed_until = now() + interval '1 hour'`);
    const params = { id: job.id };
    expect((await server.api.refused(endpoints.downloadExport, { params })).code).toBe('export.not_ready');
  });
});

describe('bad days', () => {
  it('a full disk fails the export, with the reason', async () => {
    await sql(`CREATE FUNCTION fill_disk() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`);
    await sql(`CREATE TRIGGER fill BEFORE INSERT ON export_part FOR EACH ROW EXECUTE FUNCTION fill_disk()`);
    try {
      const job = await waitUntilEnded(await start());
      expect(job).toMatchObject({ status: 'failed', size: null, problem: { code: 'database.full' } });
      expect(job.problem?.title).toBe('数据库磁盘已满');
    } finally {
      await sql('DROP TRIGGER fill ON export_part');
    }
    expect((await waitUntilEnded(await start())).status).toBe('finished');
  });

  it.each([
    ['sorry, too many clients already', '53300'],
    ['cannot execute INSERT in a read-only transaction', '25006'],
    ['role "mirror" is not permitted to log in', '28000'],
    ['terminating connection due to administrator command', '57P01'],
  ])('goes on once the database has recovered that said half-way: %s', async (text, code) => {
    await sql('CREATE SEQUENCE refusals'); // counts although what it counts is rolled back
    await sql(`CREATE FUNCTION refuse_part() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN PERFORM nextval('refusals'); RAISE EXCEPTION '${text}' USING ERRCODE = '${code}'; END $$`);
    await sql(
      'CREATE TRIGGER refuse BEFORE INSERT ON export_part FOR EACH ROW EXECUTE FUNCTION refuse_part()',
    );
    const job = await start();
    try {
      await expect.poll(() => sql('SELECT is_called FROM refusals')).toEqual([{ is_called: true }]);
    } finally {
      await sql('DROP FUNCTION refuse_part CASCADE');
      await sql('DROP SEQUENCE refusals');
    }
    await sql(`UPDATE export SET claimed_until = now() - interval '1 second'`); // as after a minute
    expect(await waitUntilEnded(job)).toMatchObject({ status: 'finished', rows: 3, problem: null });
  });

  /** As if the process that wrote it had died. */
  const abandon = (attempts: number) =>
    sql(
      `UPDATE export SET status = 'running', attempts = $1, size = NULL, finished_at = NULL, rows = 1,
         claimed_until = now() - interval '1 second'`,
      [attempts],
    );

  it('what a dead process had begun another begins anew', async () => {
    const job = await start();
    await waitUntilEnded(job);
    const { content } = await download(job);
    await abandon(1);
    expect(await waitUntilEnded(job)).toMatchObject({ status: 'finished', rows: 3 });
    expect((await download(job)).content).toEqual(content);
  });

  it('an export that ended three processes is given up', async () => {
    const job = await start();
    await waitUntilEnded(job);
    await abandon(3);
    expect(await waitUntilEnded(job)).toMatchObject({
      status: 'failed',
      problem: { code: 'export.interrupted', detail: expect.stringContaining('连续 3 次') },
    });
  });

  /** Nobody can read where members are until it is released; the embedded database has one session for all. */
  async function holdMemberships(database: TestDatabase): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: connectionStringOf(database) });
    await client.connect();
    await client.query('BEGIN');
    await client.query('LOCK TABLE membership IN ACCESS EXCLUSIVE MODE');
    return () => client.end();
  }

  it.runIf(usesPostgres)('one that is cancelled half-way leaves nothing', async () => {
    const release = await holdMemberships(server.database);
    const job = await start();
    await expect.poll(async () => (await stateOf(job)).status).toBe('running');
    await server.api.call(endpoints.deleteExport, { params: { id: job.id } });
    await release();
    expect((await waitUntilEnded(await start())).status).toBe('finished'); // the worker is free again
    const exports = (await server.api.call(endpoints.listExports)).items;
    expect(exports.map(({ id }) => id)).not.toContain(job.id);
    expect(await sql('SELECT FROM export_part WHERE export_id = $1', [job.id])).toEqual([]);
    expect((await entriesOf('export.delete'))[0]).toMatchObject({ target: job.id });
  });

  it.runIf(usesPostgres)(
    'a server that is killed half-way finishes it after its next start',
    async () => {
      const stage = await startKillableStage(createSmallCorp([[1, 0]], crowd(5, 1)));
      try {
        expect((await stage.sync()).status).toBe('succeeded');
        const release = await holdMemberships(stage.database);
        const job = await start({ columns: ['wecomUserId'] }, stage.api);
        await expect.poll(async () => (await stateOf(job, stage.api)).status).toBe('running');
        await stage.server().kill();
        await release();
        await stage.sql(`UPDATE export SET claimed_until = now()`); // a minute passes
        await stage.restart();
        await expect
          .poll(async () => await stateOf(job, stage.api), { timeout: 60_000 })
          .toMatchObject({ status: 'finished', rows: 5, total: 5 });
      } finally {
        await stage.stop();
      }
    },
    120_000,
  );
});
