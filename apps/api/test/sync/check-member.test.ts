import { endpoints } from '@orgmirror/contracts';
import { createApp, removeMember, sampleApp, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApiClient } from '../support/api-client.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { dumpMirror, onlyCounts, readStoredDirectory } from '../support/read-directory.ts';
import { addDepartment, createSmallCorp, crowd, hire, move } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

describe('the check of one member', () => {
  let server: TestServer;
  let sql: Sql;

  beforeAll(async () => {
    const corp = createSmallCorp(
      [
        [1, 0],
        [10, 1],
        [20, 1],
      ],
      [
        ['ann', 1],
        ['Bob', 10],
        ['cai', 20],
        ['dan', 10, 20],
        ['eve', 20],
        ['fay', 10],
      ],
    );
    server = await startTestServer({ wecom: { corp } });
    sql = openSql(server.database);
    await server.configure();
    await server.sync();
  });
  afterAll(() => server.stop());
  afterEach(() => server.wecom.faults.clear());

  const check = (wecomUserId: string, apply?: boolean) =>
    server.api.call(endpoints.checkMember, {
      params: { wecomUserId },
      body: apply === undefined ? {} : { apply },
    });
  type Check = Awaited<ReturnType<typeof check>>;
  const statusesOf = ({ steps }: Check) => steps.map(({ id, status }) => `${id} ${status}`);
  const detailOf = ({ steps }: Check, id: string) => steps.find((step) => step.id === id)?.detail;
  const findStored = async (key: string) =>
    (await readStoredDirectory(sql)).members.find((member) => member.key === key);
  const listRuns = async () => (await server.api.call(endpoints.listSyncRuns)).items;
  const newestAudit = async () =>
    (await server.api.call(endpoints.listAuditEntries, { query: { limit: 1 } })).items[0];
  const asked = () => server.wecom.stats.snapshot().calls;

  it('finds nothing to change about a member who is the same here, in upper or lower case', async () => {
    const before = await dumpMirror(sql);
    const answer = await check('bOB', true);
    expect(statusesOf(answer)).toEqual([
      'read passed',
      'scope passed',
      'match passed',
      'plan passed',
      'apply skipped',
    ]);
    expect(answer).toMatchObject({ changes: [], runId: null });
    expect(detailOf(answer, 'read')).toContain('（Bob）');
    expect(detailOf(answer, 'scope')).toContain('「部门10」（10）');
    expect(await dumpMirror(sql)).toEqual(before);
    expect(await listRuns()).toHaveLength(1);
  });

  it('asks WeCom for one member, the app and the departments, and for nothing else', async () => {
    server.wecom.stats.reset();
    await check('ann');
    expect(asked()).toEqual({ 'user/get': 1, 'agent/get': 1, 'department/list': 1 });
  });

  it('says what would change and changes nothing until it is told to', async () => {
    updateMember(server.wecom.corp, 'ann', { name: '安妮' });
    const before = await dumpMirror(sql);
    const dry = await check('ann');
    expect(statusesOf(dry).at(-1)).toBe('apply skipped');
    expect(dry.runId).toBeNull();
    expect(dry.changes).toEqual([
      {
        entity: 'member',
        key: 'ann',
        name: '安妮',
        kind: 'update',
        before: { name: '成员ann' },
        after: { name: '安妮' },
        held: false,
      },
    ]);
    expect(await dumpMirror(sql)).toEqual(before);
    expect(await newestAudit()).toMatchObject({
      action: 'member.check',
      target: 'ann',
      result: 'succeeded',
      after: { apply: false, changes: 1 },
    });

    const applied = await check('ann', true);
    expect(statusesOf(applied).at(-1)).toBe('apply passed');
    expect(applied.changes).toEqual(dry.changes);
    expect((await findStored('ann'))?.name).toBe('安妮');
    const run = await server.api.call(endpoints.getSyncRun, { params: { id: applied.runId! } });
    expect(run).toMatchObject({ mode: 'apply', trigger: 'check', status: 'succeeded', startedBy: 'admin' });
    expect(run.counts).toEqual(onlyCounts({ members: { update: 1 } }));
    const { items } = await server.api.call(endpoints.listSyncChanges, { params: { id: run.id } });
    expect(items).toEqual(applied.changes);
    expect(await newestAudit()).toMatchObject({ after: { apply: true, changes: 1, runId: run.id } });
    const { items: found } = await server.api.call(endpoints.listMembers, { query: { q: 'anni' } });
    expect(found.map(({ wecomUserId }) => wecomUserId)).toEqual(['ann']);
  });

  it('names the members whom the changes mention, and so does their history', async () => {
    const { corp } = server.wecom;
    corp.putMember({ ...corp.findMember('eve')!, directLeaders: ['Bob'] });
    const dry = await check('eve');
    expect(dry.changes).toMatchObject([{ after: { directLeaderUserIds: ['Bob'] } }]);
    expect(dry.names).toEqual({ departments: {}, members: { bob: '成员Bob' } });
    await check('eve', true);
    const member = await server.api.call(endpoints.getMember, { params: { wecomUserId: 'eve' } });
    expect(member.historyNames).toEqual({
      departments: { 20: '部门20' },
      members: { bob: '成员Bob' },
    });
  });

  it('leaves nothing for the next sync to change', async () => {
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect(run.counts).toEqual(onlyCounts({}));
  });

  it('brings in a new member with their places', async () => {
    hire(server.wecom.corp, 'new', 10, 20);
    const answer = await check('new', true);
    expect(detailOf(answer, 'match')).toBe('本地没有该成员，将新建。');
    expect(answer.changes.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'create new',
      'create new/10',
      'create new/20',
    ]);
    expect(await findStored('new')).toMatchObject({
      presence: 'present',
      memberships: [
        { departmentId: 10, isMain: true },
        { departmentId: 20, isMain: false },
      ],
    });
    const { items } = await server.api.call(endpoints.listDepartments, { query: { parentId: 1 } });
    expect(items.map(({ id, memberCount }) => [id, memberCount])).toEqual([
      [10, 4],
      [20, 4],
    ]);
  });

  it('adds the new place of a member who moved and leaves the old one to the next sync', async () => {
    move(server.wecom.corp, 'cai', 10);
    const answer = await check('cai', true);
    expect(answer.steps.find(({ id }) => id === 'plan')).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('「部门20」（20）'),
    });
    const places = async () =>
      (await findStored('cai'))?.memberships.map(({ departmentId, isMain }) => [departmentId, isMain]);
    expect(await places()).toEqual([
      [10, true],
      [20, false],
    ]);
    expect((await server.sync()).counts).toEqual(onlyCounts({ memberships: { remove: 1 } }));
    expect(await places()).toEqual([[10, true]]);
  });

  it('leaves out a department that is not here yet, with a warning, and creates none', async () => {
    addDepartment(server.wecom.corp, 30, 1);
    move(server.wecom.corp, 'eve', 20, 30);
    const answer = await check('eve', true);
    expect(answer.steps.find(({ id }) => id === 'scope')).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('本地还没有部门 「部门30」（30）'),
    });
    expect(answer).toMatchObject({ changes: [], runId: null });
    expect((await readStoredDirectory(sql)).departments.map(({ id }) => id)).toEqual([1, 10, 20]);
    expect((await findStored('eve'))?.memberships).toHaveLength(1);
    await server.sync();
    expect((await findStored('eve'))?.memberships).toHaveLength(2);
  });

  it('takes a field that came empty for one the app may not see', async () => {
    const { corp } = server.wecom;
    const fay = corp.findMember('fay')!;
    corp.putMember({ ...fay, extras: { wireOverride: { mobile: '13800001111', email: 'fay@example.com' } } });
    expect((await check('fay', true)).changes[0]?.after).toEqual({
      mobile: expect.stringMatching(/^138.*\*.*1111$/),
      email: expect.stringContaining('*'),
    });
    corp.putMember({ ...fay, extras: { wireOverride: { mobile: '', email: '' } } });
    expect(await check('fay', true)).toMatchObject({ changes: [], runId: null });
    corp.putMember({ ...fay, extras: { wireOverride: { mobile: '13800001111', email: 'fay@example.com' } } });
  });

  it('removes one whom WeCom denies, although every sync is partial', async () => {
    await server.sync();
    removeMember(server.wecom.corp, 'dan');
    server.wecom.faults.add({ endpoint: 'user/list', departmentId: 1, effect: { kind: 'nonJson' } });
    expect((await server.sync()).complete).toBe(false);
    hire(server.wecom.corp, 'dan', 10, 20);
    await server.sync();
    removeMember(server.wecom.corp, 'dan');

    const before = await dumpMirror(sql);
    const dry = await check('dan');
    expect(statusesOf(dry)).toEqual([
      'read warning',
      'scope passed',
      'match passed',
      'plan passed',
      'apply skipped',
    ]);
    expect(dry.steps[0]).toMatchObject({ errcode: 60111, detail: expect.stringContaining('60111') });
    expect(detailOf(dry, 'scope')).toBe(
      '所在部门的成员列表中也没有该成员：「部门10」（10）、「部门20」（20）。',
    );
    expect(dry.changes.map(({ kind, key, held }) => [kind, key, held])).toEqual([
      ['remove', 'dan/10', false],
      ['remove', 'dan/20', false],
      ['remove', 'dan', false],
    ]);
    expect(await dumpMirror(sql)).toEqual(before);

    const applied = await check('dan', true);
    expect(statusesOf(applied).at(-1)).toBe('apply passed');
    const run = await server.api.call(endpoints.getSyncRun, { params: { id: applied.runId! } });
    expect(run).toMatchObject({ trigger: 'check', status: 'succeeded' });
    expect(run.counts).toEqual(onlyCounts({ members: { remove: 1 }, memberships: { remove: 2 } }));
    expect(await findStored('dan')).toMatchObject({ presence: 'left', memberships: [] });
    expect(await newestAudit()).toMatchObject({ action: 'member.sync', target: 'dan', result: 'succeeded' });
    const [read] = (await check('dan')).steps;
    expect(read).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(/^「成员dan」已退出/),
      left: { leftAt: expect.any(String), leftRunId: run.id },
    });
    expect(read?.detail).not.toContain('请核对账号');
  });

  it('removes one whom WeCom still answers as a member who left', async () => {
    const { corp, faults } = server.wecom;
    hire(corp, 'hal', 10);
    await server.sync();
    corp.putMember({ ...corp.findMember('hal')!, extras: { wireOverride: { status: 5 } } });
    faults.add({ endpoint: 'user/list', effect: { kind: 'emptySuccess' } });
    const answer = await check('hal', true);
    expect(answer.steps[0]).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('已退出企业'),
    });
    expect((await findStored('hal'))?.presence).toBe('left');
    removeMember(corp, 'hal');
  });

  it('removes nobody whom a list still names, or while a list does not answer', async () => {
    const { corp, faults } = server.wecom;
    hire(corp, 'ida', 10, 20);
    await server.sync();
    const before = await dumpMirror(sql);
    faults.add({ endpoint: 'user/get', effect: { kind: 'errcode', errcode: 60111 } });
    const named = await check('ida', true);
    expect(statusesOf(named).slice(0, 3)).toEqual(['read warning', 'scope failed', 'match skipped']);
    expect(detailOf(named, 'scope')).toContain('仍有该成员');
    removeMember(corp, 'ida');
    faults.add({ endpoint: 'user/list', departmentId: 20, effect: { kind: 'errcode', errcode: 60011 } });
    const unread = await check('ida', true);
    expect(unread.steps[1]).toMatchObject({ id: 'scope', status: 'failed', errcode: 60011 });
    for (const answer of [named, unread]) expect(answer).toMatchObject({ changes: [], runId: null });
    expect(await dumpMirror(sql)).toEqual(before);
    faults.clear();
    await server.sync();
  });

  it('holds a removal that the guard holds, until it is approved', async () => {
    hire(server.wecom.corp, 'jim', 10);
    await server.sync();
    await sql(`UPDATE member SET role = 'admin' WHERE user_key = 'jim'`);
    removeMember(server.wecom.corp, 'jim');
    const answer = await check('jim', true);
    expect(statusesOf(answer).slice(-2)).toEqual(['plan warning', 'apply warning']);
    expect(answer.changes.every(({ held }) => held)).toBe(true);
    expect((await findStored('jim'))?.presence).toBe('present');
    const params = { id: answer.runId! };
    const waiting = await server.api.call(endpoints.getSyncRun, { params });
    expect(waiting.status).toBe('awaitingApproval');
    expect(waiting.heldReasons).toContainEqual({
      code: 'guard.admin_leaving',
      keys: ['jim'],
      members: [{ wecomUserId: 'jim', name: '成员jim' }],
    });
    const body = { planFingerprint: waiting.planFingerprint ?? '' };
    await server.api.call(endpoints.approveSyncRun, { params, body });
    expect((await server.waitForRun(params.id)).status).toBe('succeeded');
    expect((await findStored('jim'))?.presence).toBe('left');
  });

  it('gives a returner the same row back', async () => {
    await server.sync();
    const left = await findStored('dan');
    expect(left?.presence).toBe('left');
    hire(server.wecom.corp, 'DAN', 10);
    const answer = await check('dan', true);
    expect(detailOf(answer, 'match')).toContain('已离职');
    expect(answer.changes[0]).toMatchObject({ entity: 'member', kind: 'restore', key: 'dan' });
    expect(await findStored('dan')).toMatchObject({
      localId: left?.localId,
      presence: 'present',
      memberships: [{ departmentId: 10 }],
    });
  });

  it('leaves a member disabled by an admin disabled, and says so', async () => {
    await sql(`UPDATE member SET disabled_by = 'admin' WHERE user_key = 'bob'`);
    updateMember(server.wecom.corp, 'bob', { name: '鲍勃' });
    const answer = await check('bob', true);
    expect(answer.steps.find(({ id }) => id === 'match')).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('停用'),
    });
    expect(await findStored('bob')).toMatchObject({ name: '鲍勃', disabledBy: 'admin' });
  });

  it.each(['nobody', '不存在', '../admin', 'a b', "x' OR 1=1", 'u'.repeat(200)])(
    'answers a userid that does not exist with step and code, and changes nothing: %s',
    async (userId) => {
      const before = await dumpMirror(sql);
      const answer = await check(userId, true);
      expect(answer.steps[0]).toMatchObject({ id: 'read', status: 'failed', errcode: 60111 });
      expect(
        statusesOf(answer)
          .slice(1)
          .every((status) => status.endsWith('skipped')),
      ).toBe(true);
      expect(await dumpMirror(sql)).toEqual(before);
    },
  );

  it('speaks the reader’s language', async () => {
    const english = createApiClient(server.url, { 'accept-language': 'en' });
    english.cookie = server.api.cookie;
    const answer = await english.call(endpoints.checkMember, {
      params: { wecomUserId: 'nobody' },
      body: {},
    });
    expect(detailOf(answer, 'read')).toMatch(/^WeCom has no member “nobody”/);
    expect(answer.steps.map(({ detail }) => detail).join()).not.toMatch(/\p{Script=Han}/u);
    const same = await english.call(endpoints.checkMember, { params: { wecomUserId: 'ann' }, body: {} });
    expect(detailOf(same, 'plan')).toBe('The same here: nothing would change.');
  });

  it.each([
    ['user/get', 'read', { kind: 'errcode', errcode: 60020 }, 60020],
    ['user/get', 'read', { kind: 'nonJson' }, undefined],
    ['agent/get', 'scope', { kind: 'errcode', errcode: 301002 }, 301002],
    ['department/list', 'scope', { kind: 'errcode', errcode: 60011 }, 60011],
  ] as const)(
    'names the step that WeCom refuses and skips the rest: %s',
    async (endpoint, step, effect, errcode) => {
      server.wecom.faults.add({ endpoint, effect });
      updateMember(server.wecom.corp, 'eve', { name: `夏娃${endpoint}` });
      const before = await dumpMirror(sql);
      const answer = await check('eve', true);
      const failed = answer.steps.filter(({ status }) => status === 'failed');
      expect(failed).toEqual([
        {
          id: step,
          status: 'failed',
          ...(errcode && { errcode }),
          detail: expect.stringMatching(/\p{Script=Han}/u),
        },
      ]);
      expect(answer.steps).toHaveLength(5);
      expect(answer).toMatchObject({ changes: [], runId: null });
      expect(await dumpMirror(sql)).toEqual(before);
    },
  );
});

describe('the check of one member and the runs beside it', () => {
  let server: TestServer;
  let sql: Sql;
  const check = (wecomUserId: string, apply: boolean) => ({ params: { wecomUserId }, body: { apply } });
  const rename = (name: string) => updateMember(server.wecom.corp, 'ann', { name });
  const readName = async () =>
    (await server.api.call(endpoints.getMember, { params: { wecomUserId: 'ann' } })).name;
  const scopeStep = async () => (await server.api.call(endpoints.checkMember, check('ann', false))).steps[1];

  beforeAll(async () => {
    const corp = createSmallCorp([[1, 0]], [['ann', 1], ...crowd(10, 1)]);
    const app = createApp({ agentid: sampleApp.agentid, secret: sampleApp.secret });
    server = await startTestServer({ wecom: { corp, apps: [app] } });
    sql = openSql(server.database);
  });
  afterAll(() => server.stop());
  afterEach(() => server.wecom.faults.clear());

  it('is refused before WeCom is set up', async () => {
    const refused = await server.api.refused(endpoints.checkMember, check('ann', false));
    expect(refused).toMatchObject({ status: 409, code: 'settings.incomplete' });
  });

  it('may not apply while syncing is off; looking is free', async () => {
    await server.configure();
    await server.api.call(endpoints.saveSyncSettings, { body: { enabled: false } });
    const refused = await server.api.refused(endpoints.checkMember, check('ann', true));
    expect(refused).toMatchObject({ status: 409, code: 'sync.disabled' });
    expect((await server.api.call(endpoints.checkMember, check('ann', false))).steps).toHaveLength(5);
    await server.api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
    await server.sync();
  });

  it('may not apply while a run holds the corp, and names that run; looking is free', async () => {
    server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'hold' } });
    rename('安妮');
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    expect(await server.api.refused(endpoints.checkMember, check('ann', true))).toMatchObject({
      status: 409,
      code: 'sync.already_running',
      runId: id,
    });
    const looked = await server.api.call(endpoints.checkMember, check('ann', false));
    expect(looked.changes).toMatchObject([{ kind: 'update', key: 'ann' }]);
    server.wecom.faults.clear();
    expect((await server.waitForRun(id)).counts).toEqual(onlyCounts({ members: { update: 1 } }));
  });

  it('never applies to a directory that changed since WeCom was asked', async () => {
    server.wecom.stats.reset();
    server.wecom.faults.add({ endpoint: 'department/list', effect: { kind: 'hold' } });
    rename('安娜');
    const slow = server.api.refused(endpoints.checkMember, check('ann', true));
    await expect.poll(() => server.wecom.stats.snapshot().calls['department/list']).toBe(1);
    await sql('UPDATE corp SET revision = revision + 1');
    server.wecom.faults.clear();
    expect(await slow).toMatchObject({ status: 409, code: 'plan.stale' });
    expect(await readName()).toBe('安妮');
    const { items } = await server.api.call(endpoints.listSyncRuns);
    expect(items[0]).toMatchObject({ trigger: 'check', status: 'failed', error: { code: 'plan.stale' } });
    expect((await server.api.call(endpoints.checkMember, check('ann', true))).runId).not.toBeNull();
    expect(await readName()).toBe('安娜');
  });

  it('applies one of two checks at once, and both end', async () => {
    rename('安琪');
    const body = { apply: true };
    const answers = await Promise.all(
      [1, 2].map(() => server.api.request('POST', '/members/ann/check', { body })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(200);
    expect([200, 409]).toContain(statuses[1]);
    expect(await readName()).toBe('安琪');
    expect((await server.sync()).counts).toEqual(onlyCounts({}));
  });

  it('says how a member is visible who is in no visible department, and when a sync would miss them', async () => {
    const app = server.wecom.apps[0]!;
    const whole = app.scope;
    app.scope = { partyIds: [], userids: ['ANN'], tagIds: [] };
    expect(await scopeStep()).toMatchObject({
      status: 'passed',
      detail: expect.stringContaining('单独可见'),
    });
    server.wecom.faults.add({
      endpoint: 'agent/get',
      effect: { kind: 'missingField', field: 'allow_userinfos' },
    });
    expect(await scopeStep()).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('扩大应用的可见范围'),
    });
    app.scope = whole;
  });

  it('fails at the scope when the app has just been disabled', async () => {
    const app = server.wecom.apps[0]!;
    server.wecom.stats.reset();
    server.wecom.faults.add({ endpoint: 'agent/get', effect: { kind: 'hold' } });
    const step = scopeStep();
    await expect.poll(() => server.wecom.stats.snapshot().calls['agent/get']).toBe(1);
    app.enabled = false;
    server.wecom.faults.clear();
    expect(await step).toMatchObject({
      id: 'scope',
      status: 'failed',
      detail: expect.stringContaining('应用已停用'),
    });
    app.enabled = true;
  });

  it('replaces a plan that waits for approval, whose directory it changes', async () => {
    for (const [userid] of crowd(10, 1)) removeMember(server.wecom.corp, userid);
    const waiting = await server.sync();
    expect(waiting.status).toBe('awaitingApproval');
    rename('安宁');
    expect((await server.api.call(endpoints.checkMember, check('ann', true))).runId).not.toBeNull();
    const after = await server.api.call(endpoints.getSyncRun, { params: { id: waiting.id } });
    expect(after).toMatchObject({ status: 'cancelled', error: { code: 'sync.superseded' } });
  });

  it('is for those signed in as an admin', async () => {
    const answer = await server.anonymous().request('POST', '/members/ann/check', { body: {} });
    expect(answer).toMatchObject({ status: 401, body: { code: 'session.required' } });
  });
});
