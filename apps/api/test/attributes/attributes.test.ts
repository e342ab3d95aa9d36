import { type AttributeImport, attributeImport, type BodyOf, endpoints } from '@orgmirror/contracts';
import { removeMember } from '@orgmirror/wecom-simulator';
import { writeXlsx } from 'hucre/xlsx';
import { readSheet } from 'read-excel-file/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { createAccount } from '../support/create-account.ts';
import { enableSignIn } from '../support/enable-sign-in.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp, hire } from '../support/small-corp.ts';
import { hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createWecomBrowser, wxworkUserAgent } from '../support/wecom-browser.ts';

const corp = createSmallCorp(
  [[1, 0]],
  [
    ['zoe', 1],
    ['Ann', 1],
    ['bob', 1],
    ['gone', 1],
  ],
);
let server: TestServer;
let sql: Sql;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp }, timing: { ...hurriedTiming(), exportsIntervalMs: 50 } });
  sql = openSql(server.database);
  await server.configure();
  await server.sync();
  removeMember(corp, 'gone');
  expect((await server.sync()).counts.members.remove).toBe(1);
  await define({ key: 'employee_no', nameZh: '工号', nameEn: 'Employee no.', type: 'text' });
  await define({ key: 'joined_on', nameZh: '入职日期', nameEn: 'Joined on', type: 'date' });
  await define({ key: 'cost', nameZh: '成本', nameEn: 'Cost', type: 'number' });
  await define({ key: 'grade', nameZh: '职级', nameEn: 'Grade', type: 'choice', choices: ['P1', 'P2'] });
});
afterAll(() => server.stop());
afterEach(() => sql('DELETE FROM member_attributes'));

const define = (body: BodyOf<typeof endpoints.createAttribute>) =>
  server.api.call(endpoints.createAttribute, { body });

const types = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

async function upload(content: string | Uint8Array, type: keyof typeof types = 'csv', client = server.api) {
  const response = await fetch(`${server.url}/api/v1/attribute-imports?fileName=people`, {
    method: 'POST',
    headers: { cookie: client.cookie, 'content-type': types[type] },
    body: typeof content === 'string' ? content : new Uint8Array(content),
  });
  const body: unknown = await response.json();
  return { status: response.status, body };
}

async function judge(
  content: string | Uint8Array,
  type: keyof typeof types = 'csv',
): Promise<AttributeImport> {
  const { status, body } = await upload(content, type);
  expect(status).toBe(201);
  return attributeImport.parse(body);
}

const apply = ({ id, fingerprint }: AttributeImport, client: ApiClient = server.api) =>
  client.request('POST', `/attribute-imports/${id}/apply`, { body: { fingerprint } });

async function store(content: string): Promise<AttributeImport> {
  const judged = await judge(content);
  expect((await apply(judged)).status).toBe(200);
  return judged;
}

const valuesOf = async (wecomUserId: string) =>
  (await server.api.call(endpoints.getMember, { params: { wecomUserId } })).attributeValues;

async function download(path: string, client: ApiClient = server.api): Promise<Buffer> {
  const response = await fetch(`${server.url}/api/v1${path}`, { headers: { cookie: client.cookie } });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const search = async (q: string, client: ApiClient = server.api) =>
  (await client.call(endpoints.listMembers, { query: { q } })).items.map(({ wecomUserId }) => wecomUserId);

describe('a file of attributes', () => {
  it('is judged without changing anything, then applied as it was judged', async () => {
    const judged = await judge(
      '账号,工号,入职日期,成本,职级\nann,00042,2026/1/5,12.50,P1\nBOB,,,,\nzoe,7,,,',
    );
    expect(judged).toMatchObject({
      fileName: 'people',
      status: 'judged',
      columns: ['employee_no', 'joined_on', 'cost', 'grade'],
      counts: { set: 2, cleared: 0, unchanged: 1, refused: 0, valuesCleared: 0 },
      refused: [],
    });
    expect(await valuesOf('ann')).toEqual({});
    expect(await apply(judged)).toMatchObject({ status: 200, body: { status: 'applied' } });
    expect(await valuesOf('ann')).toEqual({
      employee_no: '00042',
      joined_on: '2026-01-05',
      cost: '12.50',
      grade: 'P1',
    });
    expect(await apply(judged)).toMatchObject({ status: 409, body: { code: 'attribute.import_applied' } });
  });

  it('clears by an empty cell, and leaves alone what it has no column for', async () => {
    await store('userid,employee_no,cost\nann,1,5\nbob,2,6\nzoe,3,7');
    const judged = await store('userid,cost\nann,\nbob,9\nzoe,7');
    expect(judged.counts).toEqual({ set: 1, cleared: 1, unchanged: 1, refused: 0, valuesCleared: 1 });
    expect(await valuesOf('ann')).toEqual({ employee_no: '1' });
    expect(await valuesOf('bob')).toEqual({ employee_no: '2', cost: '9' });
  });

  it('is read from every encoding that Excel writes, and from xlsx with dates, numbers and formulas', async () => {
    const text = '账号\t职级\t工号\r\nann\tP2\t"一号\t甲"\r\n';
    const gb18030 = Buffer.from('d5cbbac52cb9a4bac50d0a616e6e2cd2bbbac50d0a', 'hex'); // 账号,工号 / ann,一号
    const files = [
      `\uFEFF${text.replaceAll('\t甲', '').replaceAll('\t', ',')}`,
      Buffer.from(`\uFEFF${text.replaceAll('\t甲', '')}`, 'utf16le'),
      Buffer.from(`\uFEFF${text.replaceAll('\t甲', '')}`, 'utf16le').swap16(),
      gb18030,
    ];
    for (const file of files) {
      const judged = await judge(file);
      expect(judged.counts).toMatchObject({ set: 1, refused: 0 });
      await apply(judged);
      expect((await valuesOf('ann')).employee_no).toBe('一号');
      await sql('DELETE FROM member_attributes');
    }
    const sheet = await writeXlsx({
      sheets: [
        {
          name: 'any',
          rows: [
            ['Userid', 'Joined on', 'Cost', 'employee_no'],
            ['ann', new Date('2026-02-03T00:00:00Z'), null, 10086],
          ],
          cells: new Map([['1,2', { formula: 'SUM(5,7.5)', formulaResult: 12.5 }]]),
        },
      ],
    });
    await apply(await judge(sheet, 'xlsx'));
    expect(await valuesOf('ann')).toEqual({ joined_on: '2026-02-03', cost: '12.5', employee_no: '10086' });
  });

  it('has each bad row told to the one who can mend it, and the others applied', async () => {
    const rows = [
      'nobody,1,,,',
      'gone,1,,,',
      ',1,,,',
      'zoe,2,,,',
      'ZOE,3,,,',
      `bob,${'x'.repeat(201)},,,`,
      'ann,1,,,',
    ];
    const judged = await judge(['userid,employee_no,joined_on,cost,grade', ...rows].join('\n'));
    expect(judged.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'unknownMember'],
      [3, 'memberLeft'],
      [4, 'noUserId'],
      [5, 'duplicate'],
      [6, 'duplicate'],
      [7, 'tooLong'],
    ]);
    expect(judged.counts).toMatchObject({ set: 1, refused: 6 });
    expect((await apply(judged)).status).toBe(200);
    expect(await valuesOf('ann')).toEqual({ employee_no: '1' });
    const errors = (await download(`/attribute-imports/${judged.id}/errors`)).toString('utf8');
    expect(errors.split('\r\n').slice(0, 3)).toEqual([
      '\uFEFF行,账号,列,内容,原因',
      '2,nobody,,,组织架构中没有此账号',
      '3,gone,,,该成员已退出',
    ]);
  });

  it.each([
    ['employee_no', '=1+1', 'formula'],
    ['cost', '1e5', 'notNumber'],
    ['cost', '1,000', 'notNumber'],
    ['joined_on', '2026-02-30', 'notDate'],
    ['grade', 'p1', 'notChoice'],
    ['employee_no', 'a\u0001b', 'badCharacters'],
  ])('refuses in %s the cell %j: %s', async (key, cell, reason) => {
    const { refused } = await judge(`userid,${key}\nann,"${cell}"`);
    expect(refused).toMatchObject([{ line: 2, wecomUserId: 'ann', attribute: key, reason }]);
  });

  it.each([
    ['junk', Buffer.from([0x81, 0x00, 0xff]), 'attribute.file_unreadable'],
    ['an xlsx file that is cut off', Buffer.from('PK\x03\x04junk'), 'attribute.file_unreadable'],
    ['an empty file', Buffer.alloc(0), 'attribute.file_columns'],
    ['a file without userids', '工号\n1', 'attribute.file_columns'],
    ['an unknown column', 'userid,salary\nann,1', 'attribute.file_columns'],
    ['a column twice', 'userid,工号,employee_no\nann,1,2', 'attribute.file_columns'],
    ['only userids', 'userid\nann', 'attribute.file_columns'],
    ['too many rows', `userid,工号\n${'x,1\n'.repeat(100_001)}`, 'attribute.too_many_rows'],
    ['too many bytes', Buffer.alloc(32 * 1024 * 1024 + 1, 'x'), 'request.too_large'],
  ])('refuses %s as a whole, and keeps nothing of it', async (_, content, code) => {
    await sql('DELETE FROM attribute_import');
    const { status, body } = await upload(content);
    expect(body).toMatchObject({ code, status });
    expect(await sql('SELECT FROM attribute_import')).toEqual([]);
  });

  it('refuses an xlsx file that would unpack to gigabytes', async () => {
    const sheet = Buffer.from(await writeXlsx({ sheets: [{ name: 'any', rows: [['Userid', '工号']] }] }));
    const entry = sheet.indexOf('PK\x01\x02', 'latin1');
    sheet.writeUInt32LE(0x7fff_ffff, entry + 24);
    expect((await upload(sheet, 'xlsx')).body).toMatchObject({ code: 'attribute.file_unreadable' });
  });

  it('is not applied once a value, a member or an attribute has changed', async () => {
    const [early, late] = ['userid,cost\nann,1\nbob,1', 'userid,cost\nbob,2'];
    const judged = await judge(early);
    await sql(`INSERT INTO member_attributes (member_id, values, search_text)
      SELECT id, '{"cost": "2"}', ' 2' FROM member WHERE user_key = 'bob'`);
    const problem = { status: 409, body: { code: 'attribute.import_stale' } };
    expect(await apply(judged)).toMatchObject(problem);
    expect(await valuesOf('ann')).toEqual({});
    const second = await judge(late.replace('cost', 'employee_no'));
    await sql(`UPDATE member SET presence = 'left' WHERE user_key = 'bob'`);
    expect(await apply(second)).toMatchObject(problem);
    await sql(`UPDATE member SET presence = 'present' WHERE user_key = 'bob'`);
    await define({ key: 'passing', nameZh: '临时', nameEn: 'Passing', type: 'text' });
    const third = await judge('userid,passing\nann,1');
    await server.api.call(endpoints.deleteAttribute, { params: { key: 'passing' } });
    expect(await apply(third)).toMatchObject(problem);
    expect(await apply({ ...(await judge(early)), fingerprint: 'another' })).toMatchObject(problem);
  });

  it('has 100,000 rows, is judged soon with outdated statistics, and is refused to others', async () => {
    await judge('userid,employee_no\nann,1');
    await sql('ANALYZE attribute_import_row'); // it now expects one row of an import
    const rows = Array.from({ length: 100_000 }, (_, index) => `person${index},${index}`).join('\n');
    const judged = await judge(`userid,employee_no\n${rows}`);
    expect(judged.counts.refused).toBe(100_000);
    expect(judged.refused).toHaveLength(100);
    const other = await createAccount(server, 'admin');
    expect(await apply(judged, other)).toMatchObject({ status: 404 });
  }, 120_000);
});

describe('the values', () => {
  it('are in a template that changes nothing when it is sent back', async () => {
    await store('userid,employee_no,grade\nann,=@x,P1\nzoe,-5,P2'.replace('=@x', "'=cmd"));
    const sheet = await download('/attributes/template?format=xlsx');
    expect(await readSheet(sheet)).toEqual([
      ['账号', '姓名', '工号', '入职日期', '成本', '职级'],
      ['Ann', '成员Ann', '=cmd', null, null, 'P1'],
      ['bob', '成员bob', null, null, null, null],
      ['zoe', '成员zoe', '-5', null, null, 'P2'],
    ]);
    const unchanged = { set: 0, cleared: 0, unchanged: 3, refused: 0, valuesCleared: 0 };
    expect((await judge(sheet, 'xlsx')).counts).toEqual(unchanged);
    const csv = await download('/attributes/template?format=csv');
    expect(csv.toString('utf8')).toContain("Ann,成员Ann,'=cmd,,,P1");
    expect((await judge(csv)).counts).toEqual(unchanged);
  });

  it('are found by the search, but not by colleagues, who see none either', async () => {
    await store('userid,employee_no,cost\nann,GH-0042,1\nbob,GH-0043,1\nzoe,张江路,1');
    expect(await search('gh-0042')).toEqual(['Ann']);
    expect((await search('gh')).sort()).toEqual(['Ann', 'bob']);
    expect(await search('江路')).toEqual(['zoe']);
    const { total } = await server.api.call(endpoints.listMembers, { query: { q: 'gh-004' } });
    expect(total).toBe(2);
    const { items } = await server.api.call(endpoints.listMembers, { query: { q: 'gh-0043' } });
    expect(items[0]?.attributeValues).toEqual({ employee_no: 'GH-0043', cost: '1' });
    await enableSignIn(server);
    const colleague = createWecomBrowser(server.url, { 'user-agent': wxworkUserAgent });
    await colleague.signIn('member:zoe', { query: 'mode=auto' });
    const listed = async (q: string) =>
      endpoints.listMembers.answer.schema.parse((await colleague.api('GET', `/members?q=${q}`)).body).items;
    expect(await listed('gh-0043')).toEqual([]);
    expect((await listed('ann')).map(({ attributeValues }) => attributeValues)).toEqual([{}]);
  });

  it('are exported as columns of their own', async () => {
    await store('userid,employee_no\nann,42');
    const job = await server.api.call(endpoints.createExport, {
      body: {
        list: 'members',
        format: 'csv',
        columns: ['wecomUserId'],
        attributes: ['employee_no', 'unknown'],
      },
    });
    const params = { id: job.id };
    await expect
      .poll(async () => (await server.api.call(endpoints.getExport, { params })).status)
      .toBe('finished');
    expect((await download(`/exports/${job.id}/file`)).toString('utf8')).toBe(
      '\uFEFF账号,工号\r\nAnn,42\r\nbob,\r\nzoe,\r\n',
    );
  });

  it('are not written by a sync, and stay while somebody is away', async () => {
    hire(corp, 'traveller', 1);
    await server.sync();
    await store('userid,employee_no\ntraveller,77');
    corp.putMember({ ...corp.findMember('traveller')!, position: 'changed' });
    await server.sync();
    expect(await valuesOf('traveller')).toEqual({ employee_no: '77' });
    removeMember(corp, 'traveller');
    await server.sync();
    expect(await valuesOf('traveller')).toEqual({ employee_no: '77' });
    hire(corp, 'traveller', 1);
    await server.sync();
    expect(await valuesOf('traveller')).toEqual({ employee_no: '77' });
  });
});

describe('an attribute', () => {
  it('is renamed, counted and deleted with its values, each in the audit log', async () => {
    await define({ key: 'floor', nameZh: '楼层', nameEn: 'Floor', type: 'text' });
    await store('userid,floor,cost\nann,third,1\nbob,fourth,');
    const params = { key: 'floor' };
    await server.api.call(endpoints.updateAttribute, { params, body: { nameZh: '所在楼层' } });
    const { items } = await server.api.call(endpoints.listAttributes, { query: { counts: 'true' } });
    expect(items.find(({ key }) => key === 'floor')).toMatchObject({ nameZh: '所在楼层', members: 2 });
    expect(await search('fourth')).toEqual(['bob']);
    await server.api.call(endpoints.deleteAttribute, { params });
    expect(await valuesOf('ann')).toEqual({ cost: '1' });
    expect(await search('fourth')).toEqual([]);
    const log = await server.api.call(endpoints.listAuditEntries, { query: { target: 'floor' } });
    expect(log.items.map(({ action }) => action)).toEqual([
      'attribute.delete',
      'attribute.update',
      'attribute.create',
    ]);
    expect(log.items[0]?.after).toEqual({ members: 2 });
  });

  it('has a name that leads to it alone, and there are at most 20', async () => {
    const taken = (names: object) =>
      server.api.refused(endpoints.createAttribute, {
        body: { key: 'fresh', nameZh: '新', nameEn: 'Fresh', type: 'text', ...names },
      });
    expect(await taken({ key: 'cost' })).toMatchObject({ code: 'attribute.name_taken' });
    expect(await taken({ nameEn: 'GRADE' })).toMatchObject({ code: 'attribute.name_taken' });
    expect(await taken({ nameZh: '账号' })).toMatchObject({ code: 'attribute.name_taken' });
    expect(await taken({ type: 'choice' })).toMatchObject({ code: 'request.invalid' });
    const [{ count } = { count: 0 }] = await sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM attribute',
    );
    for (let next = count; next < 20; next++)
      await define({ key: `filler${next}`, nameZh: `补${next}`, nameEn: `Filler ${next}`, type: 'text' });
    expect(await taken({})).toMatchObject({ code: 'attribute.too_many' });
    await sql(`DELETE FROM attribute WHERE key LIKE 'filler%'`);
  });

  it('is read by an auditor, who changes none and takes no template away', async () => {
    const auditor = await createAccount(server, 'auditor');
    expect((await auditor.call(endpoints.listAttributes)).items.length).toBeGreaterThan(3);
    const denied = { code: 'permission.denied' };
    expect(await auditor.refused(endpoints.downloadAttributeTemplate)).toMatchObject(denied);
    expect((await upload('userid,cost\nann,1', 'csv', auditor)).body).toMatchObject(denied);
  });
});
