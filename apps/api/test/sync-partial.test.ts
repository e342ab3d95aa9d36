import { endpoints } from '@orgmirror/contracts';
import { type FaultEffect, removeMember, updateDepartment, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSql, type Sql } from './support/query-database.ts';
import { onlyCounts, readStoredDirectory } from './support/read-directory.ts';
import { addDepartment, createSmallCorp, hire, move } from './support/small-corp.ts';
import { startTestServer, type TestServer } from './support/start-test-server.ts';

const failures: readonly (readonly [name: string, effect: FaultEffect, code: string])[] = [
  ['errcode -1', { kind: 'errcode', errcode: -1 }, '-1'],
  ['errcode 60011 with empty lists', { kind: 'errcode', errcode: 60011 }, '60011'],
  ['errcode 60003 with empty lists', { kind: 'errcode', errcode: 60003 }, '60003'],
  ['an errcode nobody knows', { kind: 'errcode', errcode: 987654 }, '987654'],
  ['HTTP 500 with a web page', { kind: 'httpStatus', status: 500 }, 'http'],
  ['a web page with HTTP 200', { kind: 'nonJson' }, 'notJson'],
  ['half an answer', { kind: 'truncatedJson' }, 'notJson'],
  ['an answer that breaks off', { kind: 'cutMidBody' }, 'reset'],
  ['a connection reset', { kind: 'reset' }, 'reset'],
  ['an answer without its list', { kind: 'missingField', field: 'userlist' }, 'shape'],
  ['a member without userid', { kind: 'missingField', field: 'userid' }, 'shape'],
];

describe('a department that cannot be read', () => {
  let server: TestServer;
  let sql: Sql;
  let round = 0;

  beforeAll(async () => {
    const corp = createSmallCorp(
      [
        [1, 0],
        [10, 1],
        [20, 1],
        [30, 1],
      ],
      [
        ['ann', 1],
        ['bob', 10],
        ['cai', 10, 20],
        ['dan', 20],
        ['eve', 30],
      ],
    );
    server = await startTestServer({ wecom: { corp } });
    sql = openSql(server.database);
    await server.configure();
    await server.sync();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.wecom.faults.clear();
    round++;
    // Out of the guard's window: each story removes a few.
    await sql(`UPDATE sync_run SET applied_at = applied_at - interval '25 hours'`);
  });

  const presentKeys = async () =>
    (await readStoredDirectory(sql)).members
      .filter(({ presence }) => presence === 'present')
      .map(({ key }) => key);
  const placesOf = async (key: string) =>
    (await readStoredDirectory(sql)).members
      .find((member) => member.key === key)
      ?.memberships.map(({ departmentId }) => departmentId);

  const isChinese = (text: string | undefined) => /\p{Script=Han}/u.test(text ?? '');
  /** Why the department could not be read, in the caller's language. */
  const readFailureIn = async (language: string, runId: string) => {
    const headers = { 'accept-language': language };
    const { body } = await server.api.request('GET', `/sync-runs/${runId}`, { headers });
    return endpoints.getSyncRun.answer.schema.parse(body).manifest?.departmentsFailed[0]?.message;
  };

  it.each(failures)('makes the run partial and costs no member their place: %s', async (_, effect, code) => {
    const { corp, faults } = server.wecom;
    const [gone, come, temporary] = [`old${round}`, `new${round}`, 500 + round];
    hire(corp, gone, 30);
    move(corp, 'cai', 10, 20);
    addDepartment(corp, temporary, 1);
    expect((await server.sync()).status).toBe('succeeded');

    // The failing department hides nobody; elsewhere one leaves, one leaves a department, one comes, one is
    // renamed.
    removeMember(corp, gone);
    move(corp, 'cai', 10);
    hire(corp, come, 10);
    updateMember(corp, 'bob', { name: `鲍勃${round}` });
    corp.dropDepartment(temporary);
    updateDepartment(corp, 20, { name: `二十${round}` });
    faults.add({ endpoint: 'user/list', departmentId: 20, effect });
    const before = await presentKeys();
    const partial = await server.sync();

    expect(partial).toMatchObject({ status: 'succeeded', complete: false, error: null });
    expect(partial.manifest).toMatchObject({
      departmentsAsked: 4,
      departmentsAnswered: 3,
      departmentsFailed: [{ id: 20, code, message: expect.stringMatching(/./) }],
    });
    const isInTables = code !== '987654';
    expect(isChinese(await readFailureIn('en', partial.id))).toBe(!isInTables);
    expect(isChinese(await readFailureIn('zh', partial.id))).toBe(true);
    expect(partial.counts).toEqual(
      onlyCounts({
        departments: { update: 1 },
        members: { create: 1, update: 1 },
        memberships: { create: 1 },
      }),
    );
    expect(await presentKeys()).toEqual([...before, come].sort());
    expect(await placesOf('cai')).toEqual([10, 20]);
    expect(await placesOf('dan')).toEqual([20]);

    faults.clear();
    const clean = await server.sync();
    expect(clean).toMatchObject({ status: 'succeeded', complete: true });
    expect(clean.counts).toEqual(
      onlyCounts({ departments: { remove: 1 }, members: { remove: 1 }, memberships: { remove: 2 } }),
    );
    expect(await placesOf('cai')).toEqual([10]);
    expect(await presentKeys()).not.toContain(gone);
  });

  it('is asked again before it is given up, and then nothing is partial', async () => {
    server.wecom.faults.add({
      endpoint: 'user/list',
      departmentId: 20,
      times: 2,
      effect: { kind: 'errcode', errcode: -1 },
    });
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect(run.manifest).toMatchObject({ departmentsFailed: [], retries: 2 });
  });

  it('leaves the members visible one by one alone when one of them cannot be read', async () => {
    const app = server.wecom.apps[0]!;
    const whole = app.scope;
    hire(server.wecom.corp, 'zoe', 30);
    await server.sync();
    app.scope = { partyIds: [10, 20], userids: ['eve', 'zoe'], tagIds: [] };
    server.wecom.faults.add({ endpoint: 'user/get', effect: { kind: 'errcode', errcode: -1 } });
    const before = await presentKeys();
    const run = await server.sync();
    app.scope = whole;
    expect(run).toMatchObject({ status: 'succeeded', complete: false });
    expect(run.manifest?.othersFailed.map(({ kind, key }) => `${kind} ${key}`).sort()).toEqual([
      'member eve',
      'member zoe',
    ]);
    expect(await presentKeys()).toEqual(before);
    const { items } = await server.api.call(endpoints.getDepartmentTree);
    expect(items.map(({ id }) => id)).toEqual([1]);
  });

  it('removes nobody when no department at all can be read', async () => {
    server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'nonJson' } });
    const before = await presentKeys();
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: false, counts: onlyCounts({}) });
    expect(run.manifest).toMatchObject({ departmentsAnswered: 0, membersSeen: 0 });
    expect(await presentKeys()).toEqual(before);
  });
});
