import { endpoints, type SyncChange } from '@orgmirror/contracts';
import {
  deleteDepartment,
  removeMember,
  setDepartmentLeader,
  updateDepartment,
  updateMember,
} from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { dumpMirror, onlyCounts, readStoredDirectory } from '../support/read-directory.ts';
import { addDepartment, createSmallCorp, forceDepartment, hire, move } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

describe('what happens in WeCom happens here', () => {
  const corp = createSmallCorp(
    [
      [1, 0],
      [10, 1],
      [11, 10],
      [20, 1],
    ],
    [
      ['ann', 1],
      ['bob', 10],
      ['cai', 11, 20],
      ['dan', 20],
    ],
  );
  let server: TestServer;
  let sql: Sql;
  let localIds: Map<string, number>;

  beforeAll(async () => {
    server = await startTestServer({ wecom: { corp } });
    sql = openSql(server.database);
    await server.configure();
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect(run.counts).toEqual(
      onlyCounts({ departments: { create: 4 }, members: { create: 4 }, memberships: { create: 5 } }),
    );
    localIds = await readLocalIds();
  });
  afterAll(() => server.stop());

  async function readLocalIds(): Promise<Map<string, number>> {
    const { departments, members } = await readStoredDirectory(sql);
    return new Map([
      ...departments.map(({ id, localId }): [string, number] => [`department ${id}`, localId]),
      ...members.map(({ key, localId }): [string, number] => [`member ${key}`, localId]),
    ]);
  }

  /** Syncs once; a member who was there before must have the same local id afterwards. */
  async function sync(counts: Parameters<typeof onlyCounts>[0]): Promise<SyncChange[]> {
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: true, error: null });
    expect(run.counts).toEqual(onlyCounts(counts));
    const fresh = await readLocalIds();
    for (const [who, localId] of localIds) expect([who, fresh.get(who)]).toEqual([who, localId]);
    localIds = fresh;
    return (await server.api.call(endpoints.listSyncChanges, { params: { id: run.id } })).items;
  }

  const readMember = (wecomUserId: string) =>
    server.api.call(endpoints.getMember, { params: { wecomUserId } });
  const readDepartments = async () =>
    new Map((await readStoredDirectory(sql)).departments.map((department) => [department.id, department]));

  it('writes no row of the mirror when nothing changed', async () => {
    const before = await dumpMirror(sql);
    await sync({});
    expect(await dumpMirror(sql)).toEqual(before);
  });

  it('hires a member', async () => {
    hire(corp, 'eve', 11);
    const changes = await sync({ members: { create: 1 }, memberships: { create: 1 } });
    expect(changes.map(({ kind, key, before }) => [kind, key, before])).toEqual([
      ['create', 'eve', null],
      ['create', 'eve/11', null],
    ]);
    expect((await readMember('eve')).departments).toMatchObject([{ id: 11, isMain: true, isLeader: false }]);
  });

  it('renames a member, with the name before and after', async () => {
    updateMember(corp, 'ann', { name: '安妮' });
    const changes = await sync({ members: { update: 1 } });
    expect(changes).toMatchObject([{ key: 'ann', before: { name: '成员ann' }, after: { name: '安妮' } }]);
    const found = await server.api.call(endpoints.listMembers, { query: { q: 'anni' } });
    expect(found.items.map(({ wecomUserId }) => wecomUserId)).toEqual(['ann']);
  });

  it('moves a member to another department', async () => {
    move(corp, 'bob', 20);
    const changes = await sync({ members: { update: 1 }, memberships: { create: 1, remove: 1 } });
    expect(changes.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'update bob',
      'create bob/20',
      'remove bob/10',
    ]);
    expect(await readMember('bob')).toMatchObject({ mainDepartmentId: 20, departments: [{ id: 20 }] });
  });

  it('gives a member a second department and keeps the main one', async () => {
    move(corp, 'bob', 10, 20);
    await sync({ memberships: { create: 1 } });
    const { departments } = await readMember('bob');
    expect(departments.map(({ id, isMain }) => [id, isMain]).sort()).toEqual([
      [10, false],
      [20, true],
    ]);
  });

  it('makes a member a leader, and takes that away again', async () => {
    setDepartmentLeader(corp, 'bob', 20, true);
    const changes = await sync({ departments: { update: 1 }, memberships: { update: 1 } });
    expect(changes).toMatchObject([
      { key: '20', before: { leaderUserIds: [] }, after: { leaderUserIds: ['bob'] } },
      { key: 'bob/20', before: { isLeader: false }, after: { isLeader: true } },
    ]);
    setDepartmentLeader(corp, 'bob', 20, false);
    await sync({ departments: { update: 1 }, memberships: { update: 1 } });
    expect((await readMember('bob')).departments.some(({ isLeader }) => isLeader)).toBe(false);
  });

  it('marks a leaver as left with time and run, and keeps the row', async () => {
    removeMember(corp, 'dan');
    await sync({ members: { remove: 1 }, memberships: { remove: 1 } });
    expect(await readMember('dan')).toMatchObject({
      presence: 'left',
      leftAt: expect.any(String),
      departments: [],
      name: '成员dan',
    });
    const present = await server.api.call(endpoints.listMembers);
    expect(present.items.map(({ wecomUserId }) => wecomUserId)).not.toContain('dan');
  });

  it('gives who returns the same row back', async () => {
    hire(corp, 'Dan', 10);
    await sync({ members: { restore: 1 }, memberships: { create: 1 } });
    expect(await readMember('dan')).toMatchObject({
      wecomUserId: 'Dan',
      presence: 'present',
      leftAt: null,
      departments: [{ id: 10 }],
    });
  });

  it('creates a department together with the departments below it', async () => {
    addDepartment(corp, 30, 1);
    addDepartment(corp, 32, 30);
    addDepartment(corp, 31, 32);
    const changes = await sync({ departments: { create: 3 } });
    expect(changes.map(({ key }) => key)).toEqual(['30', '32', '31']);
    expect((await readDepartments()).get(31)).toMatchObject({ parentId: 32, path: '/1/30/32/31/' });
  });

  it('moves a department under one that is created in the same run', async () => {
    addDepartment(corp, 40, 30);
    updateDepartment(corp, 10, { parentid: 40 });
    const changes = await sync({ departments: { create: 1, move: 1 } });
    expect(changes).toMatchObject([
      { kind: 'create', key: '40' },
      { kind: 'move', key: '10', before: { parentId: 1 }, after: { parentId: 40 } },
    ]);
    const departments = await readDepartments();
    expect(departments.get(10)?.path).toBe('/1/30/40/10/');
    expect(departments.get(11)?.path).toBe('/1/30/40/10/11/');
  });

  it('swaps a parent with its child', async () => {
    forceDepartment(corp, 11, { parentid: 40 });
    forceDepartment(corp, 10, { parentid: 11 });
    await sync({ departments: { move: 2 } });
    const departments = await readDepartments();
    expect([departments.get(11)?.path, departments.get(10)?.path]).toEqual([
      '/1/30/40/11/',
      '/1/30/40/11/10/',
    ]);
  });

  it('renames and reorders a department', async () => {
    updateDepartment(corp, 20, { name: '新名', order: 5_000 });
    const changes = await sync({ departments: { update: 1 } });
    expect(changes).toMatchObject([
      { before: { name: '部门20', sortOrder: 980 }, after: { name: '新名', sortOrder: 5_000 } },
    ]);
    const { items } = await server.api.call(endpoints.listDepartments, { query: { parentId: 1 } });
    expect(items.map(({ name }) => name)).toEqual(['新名', '部门30']);
  });

  it('removes a department after its members have moved, and gives a returning one its row back', async () => {
    move(corp, 'eve', 20);
    move(corp, 'cai', 20);
    move(corp, 'Dan', 1);
    move(corp, 'bob', 20);
    deleteDepartment(corp, 10);
    deleteDepartment(corp, 11);
    const changes = await sync({
      departments: { remove: 2 },
      members: { update: 3 },
      memberships: { create: 2, remove: 4, update: 1 },
    });
    expect(changes.filter(({ entity }) => entity === 'department').map(({ key }) => key)).toEqual([
      '10',
      '11',
    ]);
    expect((await readDepartments()).get(10)?.presence).toBe('removed');

    addDepartment(corp, 10, 1);
    await sync({ departments: { restore: 1 } });
    expect((await readDepartments()).get(10)).toMatchObject({ presence: 'present', path: '/1/10/' });
  });

  it('disables whom WeCom disabled and enables them again', async () => {
    updateMember(corp, 'ann', { status: 2 });
    await sync({ members: { update: 1 } });
    expect(await readMember('ann')).toMatchObject({ status: 'disabled', disabledBy: 'sync' });
    updateMember(corp, 'ann', { status: 1 });
    await sync({ members: { update: 1 } });
    expect(await readMember('ann')).toMatchObject({ status: 'activated', disabledBy: null });
  });

  it('leaves alone whom an admin of this console disabled', async () => {
    await sql(`UPDATE member SET disabled_by = 'admin', content_hash = NULL WHERE user_key = 'ann'`);
    updateMember(corp, 'ann', { status: 2 });
    await sync({ members: { update: 1 } });
    expect((await readMember('ann')).disabledBy).toBe('admin');
    updateMember(corp, 'ann', { status: 1 });
    await sync({ members: { update: 1 } });
    expect((await readMember('ann')).disabledBy).toBe('admin');
  });

  it('ends with the mirror of WeCom, and writes nothing more', async () => {
    const { departments, members } = await readStoredDirectory(sql);
    const present = departments.filter(({ presence }) => presence === 'present');
    expect(present.map(({ id, parentId, name, sortOrder }) => [id, parentId ?? 0, name, sortOrder])).toEqual(
      [...corp.departments.values()]
        .sort((a, b) => a.id - b.id)
        .map(({ id, parentid, name, order }) => [id, parentid, name, order]),
    );
    expect(members.map(({ userId }) => userId).sort()).toEqual(
      [...corp.members.values()].map(({ userid }) => userid).sort(),
    );
    const before = await dumpMirror(sql);
    await sync({});
    expect(await dumpMirror(sql)).toEqual(before);
  });
});
