import { endpoints } from '@orgmirror/contracts';
import { type FaultEffect, removeMember, updateDepartment, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { onlyCounts, readStoredDirectory } from '../support/read-directory.ts';
import { addDepartment, createSmallCorp, crowd, hire, move } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const failures: readonly (readonly [name: string, effect: FaultEffect, code: string])[] = [
  ['errcode -1', { kind: 'errcode', errcode: -1 }, '-1'],
  ['errcode 60011 with empty lists', { kind: 'errcode', errcode: 60011 }, '60011'],
  ['errcode 60003 with empty lists', { kind: 'errcode', errcode: 60003 }, '60003'],
  ['errcode 60123', { kind: 'errcode', errcode: 60123 }, '60123'],
  ['errcode 45029', { kind: 'errcode', errcode: 45029 }, '45029'],
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

  /** Approves what is held, too. */
  async function syncAll(): Promise<void> {
    const { id, status, planFingerprint } = await server.sync();
    if (status !== 'awaitingApproval') return;
    const body = { planFingerprint: planFingerprint ?? '' };
    await server.api.call(endpoints.approveSyncRun, { params: { id }, body });
    expect((await server.waitForRun(id)).status).toBe('succeeded');
  }

  const isChinese = (text: string | undefined) => /\p{Script=Han}/u.test(text ?? '');
  /** Why the department could not be read, in the caller's language. */
  const readFailureIn = async (language: string, runId: string) => {
    const headers = { 'accept-language': language };
    const { body } = await server.api.request('GET', `/sync-runs/${runId}`, { headers });
    return endpoints.getSyncRun.answer.schema.parse(body).manifest?.departmentsFailed[0]?.message;
  };

  it.each(failures)(
    'makes the run partial and costs nobody their place without evidence: %s',
    async (_, effect, code) => {
      const { corp, faults } = server.wecom;
      const [gone, lost, come, temporary] = [`old${round}`, `lost${round}`, `new${round}`, 500 + round];
      hire(corp, gone, 30);
      hire(corp, lost, 20);
      move(corp, 'cai', 10, 20);
      addDepartment(corp, temporary, 1);
      expect((await server.sync()).status).toBe('succeeded');

      // The failing department may have named whom it had; elsewhere one leaves, one leaves a department, one
      // comes, one is renamed.
      removeMember(corp, gone);
      removeMember(corp, lost);
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
        departmentsFailed: [
          {
            id: 20,
            name: expect.stringMatching(/^(二十|部门20)/),
            code,
            message: expect.stringMatching(/./),
          },
        ],
        missing: { found: 1, confirmed: 1, contradicted: 0, unconfirmed: 0 },
        partialSince: partial.startedAt,
      });
      const isInTables = code !== '987654';
      expect(isChinese(await readFailureIn('en', partial.id))).toBe(!isInTables);
      expect(isChinese(await readFailureIn('zh', partial.id))).toBe(true);
      expect(partial.counts).toEqual(
        onlyCounts({
          departments: { update: 1 },
          members: { create: 1, update: 1, remove: 1 },
          memberships: { create: 1, remove: 1 },
        }),
      );
      expect(await presentKeys()).toEqual([...before.filter((key) => key !== gone), come].sort());
      expect(await placesOf('cai')).toEqual([10, 20]);
      expect(await placesOf('dan')).toEqual([20]);

      faults.clear();
      const clean = await server.sync();
      expect(clean).toMatchObject({ status: 'succeeded', complete: true });
      expect(clean.counts).toEqual(
        onlyCounts({ departments: { remove: 1 }, members: { remove: 1 }, memberships: { remove: 2 } }),
      );
      expect(await placesOf('cai')).toEqual([10]);
      expect(await presentKeys()).not.toContain(lost);
      expect(clean.manifest?.partialSince ?? null).toBeNull();
    },
  );

  it('says since when, over all runs until one is complete', async () => {
    const fail = () =>
      server.wecom.faults.add({ endpoint: 'user/list', departmentId: 20, effect: { kind: 'reset' } });
    fail();
    const first = await server.sync();
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'preview' } });
    await server.waitForRun(id);
    const third = await server.sync();
    expect(third.manifest?.partialSince).toBe(first.startedAt);
    server.wecom.faults.clear();
    await server.sync();
    fail();
    const later = await server.sync();
    expect(later.manifest?.partialSince).toBe(later.startedAt);
  });

  it('costs nobody their place when it hides more leavers than are asked for', async () => {
    const { corp, faults } = server.wecom;
    const leavers = crowd(201, 30).map(([userid]) => userid);
    for (const userid of leavers) hire(corp, userid, 30);
    await server.sync();
    for (const userid of leavers) removeMember(corp, userid);
    faults.add({ endpoint: 'user/list', departmentId: 20, effect: { kind: 'reset' } });
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: false, counts: onlyCounts({}) });
    expect(run.manifest?.missing).toEqual({ found: 201, confirmed: 0, contradicted: 0, unconfirmed: 0 });

    hire(corp, 'u1', 30);
    const within = await server.sync();
    expect(within.manifest?.missing).toEqual({ found: 200, confirmed: 200, contradicted: 0, unconfirmed: 0 });
    expect(within).toMatchObject({ status: 'awaitingApproval', complete: false, held: { members: 200 } });
    faults.clear();
    await syncAll();
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
    expect(run).toMatchObject({ status: 'succeeded', complete: false });
    expect(run.manifest?.othersFailed.map(({ kind, key }) => `${kind} ${key}`).sort()).toEqual([
      'member eve',
      'member zoe',
    ]);
    expect(await presentKeys()).toEqual(before);
    const { items } = await server.api.call(endpoints.getDepartmentTree);
    expect(items.map(({ id }) => id)).toEqual([1]);
    // What docs/operations.md says: choose their department.
    app.scope = { ...whole, userids: ['eve', 'zoe'] };
    expect(await server.sync()).toMatchObject({ complete: true });
    app.scope = whole;
  });

  it('leaves as they are those whom the scope names and the app may not read, and is complete', async () => {
    const { corp, faults, apps } = server.wecom;
    const app = apps[0]!;
    const whole = app.scope;
    hire(corp, 'gus', 10);
    await server.sync();
    app.scope = { partyIds: [1], userids: ['eve', 'never.here'], tagIds: [] };
    removeMember(corp, 'gus');
    const eve = corp.findMember('eve')!;
    corp.dropMember('eve'); // no list names her
    faults.add({ endpoint: 'user/get', nthCalls: [1, 2], effect: { kind: 'errcode', errcode: 60011 } });
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect(run.warnings).toEqual([
      { code: 'member.unreadable', count: 2, examples: [{ key: 'eve' }, { key: 'never.here' }] },
    ]);
    expect(run.manifest).toMatchObject({ othersFailed: [], missing: { found: 1, confirmed: 1 } });
    expect(run.counts).toEqual(onlyCounts({ members: { remove: 1 }, memberships: { remove: 1 } }));
    expect(await presentKeys()).toContain('eve');
    expect(await placesOf('eve')).toEqual([30]);
    app.scope = whole;
    corp.putMember(eve);
  });

  it('keeps no leaver but those who may be in a tag that is never answered', async () => {
    const { corp, faults, apps } = server.wecom;
    const app = apps[0]!;
    const whole = app.scope;
    corp.putTag({ tagid: 7, tagname: '顾问', userids: ['eve', 'ivy'], partyIds: [] });
    hire(corp, 'ivy', 30);
    hire(corp, 'joe', 10);
    app.scope = { partyIds: [10, 20], userids: [], tagIds: [7] };
    await syncAll(); // the scope is narrower
    for (const userid of ['ivy', 'joe']) removeMember(corp, userid);
    faults.add({ endpoint: 'tag/get', effect: { kind: 'errcode', errcode: 60011 } });
    const run = await server.sync();
    expect(run).toMatchObject({
      status: 'succeeded',
      complete: false,
      counts: onlyCounts({ members: { remove: 1 }, memberships: { remove: 1 } }),
    });
    expect(run.manifest).toMatchObject({
      othersFailed: [{ kind: 'tag', key: '7', code: '60011' }],
      missing: { found: 1, confirmed: 1, contradicted: 0, unconfirmed: 0 },
    });
    expect(await presentKeys()).toEqual(expect.arrayContaining(['eve', 'ivy']));
    expect(await presentKeys()).not.toContain('joe');
    // What docs/operations.md says: choose its members in place of the tag.
    app.scope = { partyIds: [10, 20], userids: ['eve'], tagIds: [] };
    expect(await server.sync()).toMatchObject({ complete: true });
    app.scope = whole;
    faults.clear();
    await syncAll();
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
