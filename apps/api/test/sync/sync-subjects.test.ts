import { endpoints, type QueryOf, type SubjectSection, type SyncRun } from '@orgmirror/contracts';
import {
  removeMember,
  setDepartmentLeader,
  updateDepartment,
  updateMember,
} from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDepartment, createSmallCorp, crowd, hire, move } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { startConfirmedUndo } from '../support/undo-stage.ts';

describe('a run tells what happens to each member and department, once', () => {
  const corp = createSmallCorp(
    [
      [1, 0],
      [10, 1],
      [11, 10],
      [20, 1],
    ],
    [['Ann', 1], ['bob', 10], ['cai', 11, 20], ['dan', 20], ...crowd(8, 20)],
  );
  const none = { held: 0, leave: 0, join: 0, move: 0, update: 0, department: 0 };
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ wecom: { corp } });
    await server.configure();
  });
  afterAll(() => server.stop());

  const list = (run: SyncRun, query: { section?: SubjectSection; q?: string; departmentId?: number } = {}) =>
    server.api.call(endpoints.listSyncSubjects, { params: { id: run.id }, query });
  const listIds = async (...args: Parameters<typeof list>) => (await list(...args)).items.map(({ id }) => id);
  const countDepartments = async (run: SyncRun, section: SubjectSection) =>
    (
      await server.api.call(endpoints.countSubjectDepartments, {
        params: { id: run.id },
        query: { section },
      })
    ).items;

  it('the first sync: as many joiners as members, in however many departments', async () => {
    const run = await server.sync();
    expect(run.subjects).toEqual({ ...none, join: 12, department: 4 });
    expect(await listIds(run, { section: 'department' })).toEqual(['1', '10', '20', '11']);
    const { items } = await list(run, { section: 'join', q: 'ann' });
    expect(items).toMatchObject([
      { entity: 'member', id: 'Ann', stored: true, section: 'join', outcome: 'applied' },
    ]);
    expect(items[0]?.changes.map(({ entity, kind }) => `${entity} ${kind}`)).toEqual([
      'member create',
      'membership create',
    ]);
    expect(await countDepartments(run, 'join')).toEqual([
      { departmentId: 20, name: '部门20', count: 9 },
      { departmentId: 1, name: '部门1', count: 1 },
      { departmentId: 10, name: '部门10', count: 1 },
      { departmentId: 11, name: '部门11', count: 1 },
    ]);
    expect(await listIds(run, { section: 'join', departmentId: 10 })).toEqual(['bob']);
  });

  it('pages through them by cursor, each once', async () => {
    const { items } = await server.api.call(endpoints.listSyncRuns, {});
    const params = { id: items.at(-1)?.id ?? '' };
    const seen: string[] = [];
    const readPages = async (cursor?: string): Promise<void> => {
      const query = { limit: 5, ...(cursor !== undefined && { cursor }) };
      const page = await server.api.call(endpoints.listSyncSubjects, { params, query });
      seen.push(...page.items.map(({ entity, id }) => `${entity} ${id}`));
      if (page.nextCursor !== null) await readPages(page.nextCursor);
    };
    await readPages();
    expect(seen).toHaveLength(16);
    expect(new Set(seen).size).toBe(16);
  });

  it('a plan: moves, data and departments apart, with the names of all that is mentioned', async () => {
    move(corp, 'Ann', 11, 20);
    updateMember(corp, 'bob', { position: '主任' });
    setDepartmentLeader(corp, 'dan', 20, true);
    addDepartment(corp, 30, 20);
    updateDepartment(corp, 10, { name: '新名', parentid: 20 });
    hire(corp, 'Eve', 30);
    const preview = await server.sync('preview');
    expect(preview.subjects).toEqual({ ...none, join: 1, move: 1, update: 2, department: 3 });
    const { items, names } = await list(preview);
    expect(items.every(({ outcome }) => outcome === 'planned')).toBe(true);
    expect(items.find(({ id }) => id === 'Eve')).toMatchObject({ stored: false, section: 'join' });
    expect(items.find(({ id }) => id === '30')).toMatchObject({ entity: 'department', stored: false });
    expect(names).toMatchObject({
      departments: { '11': '部门11', '20': '部门20', '30': '部门30' },
      members: { ann: '成员Ann', dan: '成员dan' },
    });
    expect(await listIds(preview, { section: 'move' })).toEqual(['Ann']);
    expect(await countDepartments(preview, 'move')).toMatchObject([{ departmentId: 11, count: 1 }]);
    await server.sync();
    expect((await list(preview)).items.map(({ outcome }) => outcome)).toContain('discarded');
  });

  it('what is held stands apart until it is approved, and says so when it never is', async () => {
    for (const number of [1, 2, 3, 4]) removeMember(corp, `u${number}`);
    hire(corp, 'Fay', 10);
    const held = await server.sync();
    expect(held).toMatchObject({ status: 'awaitingApproval', decidedBy: null });
    expect(held.waitingSince).not.toBeNull();
    expect(held.subjects).toEqual({ ...none, held: 4, join: 1 });
    expect(await listIds(held, { section: 'held' })).toEqual(['u1', 'u2', 'u3', 'u4']);
    expect(await listIds(held, { section: 'leave' })).toEqual([]);
    expect((await list(held, { section: 'held' })).items[0]).toMatchObject({
      outcome: 'held',
      name: '成员u1',
    });
    expect((await list(held, { section: 'join' })).items[0]).toMatchObject({ outcome: 'applied' });
    expect(await countDepartments(held, 'held')).toEqual([{ departmentId: 20, name: '部门20', count: 4 }]);

    const rejected = await server.api.call(endpoints.rejectSyncRun, { params: { id: held.id } });
    expect(rejected).toMatchObject({ decidedBy: 'admin', subjects: { held: 4, leave: 0, join: 1 } });
    expect((await list(rejected, { section: 'held' })).items[0]).toMatchObject({ outcome: 'discarded' });

    const again = await server.sync();
    await server.api.call(endpoints.approveSyncRun, {
      params: { id: again.id },
      body: { planFingerprint: again.planFingerprint ?? '' },
    });
    const approved = await server.waitForRun(again.id);
    expect(approved).toMatchObject({ decidedBy: 'admin', subjects: { ...none, leave: 4 } });
    expect(await listIds(approved, { section: 'held' })).toEqual([]);
    expect((await list(approved, { section: 'leave' })).items[0]).toMatchObject({
      outcome: 'applied',
      section: 'leave',
    });
  });

  it('an undo is told in the same way', async () => {
    hire(corp, 'Gus', 10);
    updateMember(corp, 'bob', { position: '经理' });
    const run = await server.sync();
    const undo = await startConfirmedUndo(server.api, run);
    const ended = await server.waitForRun(undo.id);
    expect(ended.subjects).toEqual({ ...none, leave: 1, update: 1 });
    expect(await listIds(ended)).toEqual(['bob', 'Gus']);
  });
});

describe('the history', () => {
  const corp = createSmallCorp([[1, 0]], [['ann', 1]]);
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ wecom: { corp } });
    await server.configure();
  });
  afterAll(() => server.stop());

  it('is filtered by what a run changed, how and when it began, and by whom', async () => {
    const first = await server.sync();
    const idle = await server.sync();
    hire(corp, 'bob', 1);
    const preview = await server.sync('preview');
    const list = async (query: Partial<QueryOf<typeof endpoints.listSyncRuns>>) =>
      (await server.api.call(endpoints.listSyncRuns, { query })).items.map(({ id }) => id);
    expect(await list({ changed: 'true' })).toEqual([preview.id, first.id]);
    expect(await list({ changed: 'false' })).toEqual([idle.id]);
    expect(await list({ mode: 'preview' })).toEqual([preview.id]);
    expect(await list({ trigger: 'schedule' })).toEqual([]);
    expect(await list({ startedBy: 'ADM' })).toEqual([preview.id, idle.id, first.id]);
    expect(await list({ startedBy: '%' })).toEqual([]);
    expect(await list({ startedFrom: idle.startedAt })).toEqual([preview.id, idle.id]);
    expect(await list({ startedBefore: idle.startedAt, status: 'succeeded' })).toEqual([first.id]);
  });
});
