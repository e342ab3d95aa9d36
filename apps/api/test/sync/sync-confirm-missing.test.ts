import type { SyncRun } from '@orgmirror/contracts';
import { removeMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { dumpMirror, onlyCounts, readStoredDirectory } from '../support/read-directory.ts';
import { createSmallCorp, crowd, hire } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

describe('a member whom the lists no longer name', () => {
  let server: TestServer;
  let sql: Sql;

  beforeAll(async () => {
    server = await startTestServer();
    sql = openSql(server.database);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    const corp = createSmallCorp(
      [
        [1, 0],
        [10, 1],
        [20, 1],
      ],
      [
        ['ann', 1],
        ['bob', 10],
        ['Cai', 20],
        ['dan', 10, 20],
      ],
    );
    await server.beginAgain(corp);
    await server.sync();
  });

  const presentKeys = async () =>
    (await readStoredDirectory(sql)).members
      .filter(({ presence }) => presence === 'present')
      .map(({ key }) => key);
  /** WeCom forgets the members of a department without saying so: success, and an empty list. */
  const emptyListOf = (departmentId: number) =>
    server.wecom.faults.add({ endpoint: 'user/list', departmentId, effect: { kind: 'emptySuccess' } });

  /** Syncs and tells which single members were asked for, too. */
  async function sync(): Promise<{ run: SyncRun; asked: number; allCalls: number }> {
    server.wecom.stats.reset();
    const run = await server.sync();
    const { calls, totalCalls } = server.wecom.stats.snapshot();
    return { run, asked: calls['user/get'] ?? 0, allCalls: totalCalls };
  }

  it('costs no call while there is none: departments + 3 at most', async () => {
    const { run, asked, allCalls } = await sync();
    expect(run.manifest?.missing).toEqual({ found: 0, confirmed: 0, contradicted: 0, unconfirmed: 0 });
    expect(asked).toBe(0);
    expect(allCalls).toBeLessThanOrEqual(3 + 3);
  });

  it('leaves when WeCom says so of that very member', async () => {
    removeMember(server.wecom.corp, 'Cai');
    const { run, asked } = await sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect(run.manifest?.missing).toEqual({ found: 1, confirmed: 1, contradicted: 0, unconfirmed: 0 });
    expect(run.counts).toEqual(onlyCounts({ members: { remove: 1 }, memberships: { remove: 1 } }));
    expect(asked).toBe(1);
    expect(await presentKeys()).toEqual(['ann', 'bob', 'dan']);
  });

  it('leaves when WeCom still answers, but as a member who left the company', async () => {
    const { corp } = server.wecom;
    const cai = corp.members.get('cai');
    if (cai === undefined) throw new Error('The corp has no Cai.');
    corp.putMember({ ...cai, extras: { ...cai.extras, wireOverride: { status: 5 } } });
    emptyListOf(20);
    const { run } = await sync();
    expect(run.manifest?.missing).toEqual({ found: 1, confirmed: 1, contradicted: 0, unconfirmed: 0 });
    expect(await presentKeys()).toEqual(['ann', 'bob', 'dan']);
  });

  it('stays when the app may not see them, at nobody else’s cost', async () => {
    const { faults, corp } = server.wecom;
    for (const userid of ['ann', 'Cai']) removeMember(corp, userid);
    faults.add({ endpoint: 'user/get', times: 1, effect: { kind: 'errcode', errcode: 60011 } });
    const { run } = await sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect(run.manifest?.missing).toEqual({ found: 2, confirmed: 1, contradicted: 0, unconfirmed: 1 });
    expect(run.counts).toEqual(onlyCounts({ members: { remove: 1 }, memberships: { remove: 1 } }));
    const stayed = (await presentKeys()).filter((key) => key !== 'bob' && key !== 'dan');
    expect(stayed).toHaveLength(1);
  });

  it('is not asked for again once they have left', async () => {
    removeMember(server.wecom.corp, 'Cai');
    await sync();
    const { run, asked } = await sync();
    expect(run.manifest?.missing?.found).toBe(0);
    expect(asked).toBe(0);
  });

  it('stays, and keeps every place, when WeCom answers with them after all', async () => {
    emptyListOf(20);
    const before = await dumpMirror(sql);
    const { run, asked } = await sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
    expect(run.manifest?.missing).toEqual({ found: 1, confirmed: 0, contradicted: 1, unconfirmed: 0 });
    expect(run.warnings).toEqual([
      { code: 'member.missing_contradicted', count: 1, examples: [{ key: 'cai' }] },
    ]);
    expect(run.counts).toEqual(onlyCounts({}));
    expect(asked).toBe(1);
    expect(await dumpMirror(sql)).toEqual(before);
  });

  it('gets what changed about them meanwhile from that answer', async () => {
    emptyListOf(20);
    const cai = server.wecom.corp.findMember('cai')!;
    server.wecom.corp.putMember({ ...cai, name: '蔡' });
    const { run } = await sync();
    expect(run.counts).toEqual(onlyCounts({ members: { update: 1 } }));
    expect((await readStoredDirectory(sql)).members.find(({ key }) => key === 'cai')).toMatchObject({
      name: '蔡',
      memberships: [{ departmentId: 20 }],
    });
  });

  it('stays while the question about them fails', async () => {
    removeMember(server.wecom.corp, 'Cai');
    server.wecom.faults.add({ endpoint: 'user/get', effect: { kind: 'errcode', errcode: -1 } });
    const { run } = await sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: false, error: null });
    expect(run.manifest).toMatchObject({
      missing: { found: 1, confirmed: 0, contradicted: 0, unconfirmed: 1 },
      othersFailed: [{ kind: 'member', key: 'Cai', code: '-1' }],
    });
    expect(run.counts).toEqual(onlyCounts({}));
    expect(await presentKeys()).toEqual(['ann', 'bob', 'cai', 'dan']);

    server.wecom.faults.clear();
    expect((await sync()).run.counts.members.remove).toBe(1);
    expect(await presentKeys()).toEqual(['ann', 'bob', 'dan']);
  });

  it('stays when the answer is about another member', async () => {
    emptyListOf(20);
    const cai = server.wecom.corp.findMember('cai')!;
    server.wecom.corp.putMember({ ...cai, extras: { wireOverride: { userid: 'zoe' } } });
    const { run } = await sync();
    expect(run).toMatchObject({ complete: false });
    expect(run.manifest?.missing).toMatchObject({ contradicted: 0, unconfirmed: 1 });
    expect(await presentKeys()).toEqual(['ann', 'bob', 'cai', 'dan']);
  });

  it('stays when the question about them fails, while others leave whom WeCom denied', async () => {
    for (const userid of ['ann', 'bob', 'Cai']) removeMember(server.wecom.corp, userid);
    const wrong = { wireOverride: { userid: 'zoe' } };
    hire(server.wecom.corp, 'bob', 10);
    server.wecom.corp.putMember({ ...server.wecom.corp.findMember('bob')!, extras: wrong });
    emptyListOf(10);
    const { run, asked } = await sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: false });
    expect(run.manifest).toMatchObject({
      missing: { found: 3, confirmed: 2, contradicted: 0, unconfirmed: 1 },
      othersFailed: [{ kind: 'member', key: 'bob', code: 'shape' }],
    });
    expect(run.counts).toEqual(onlyCounts({ members: { remove: 2 }, memberships: { remove: 2 } }));
    expect(asked).toBe(3);
    expect(await presentKeys()).toEqual(['bob', 'dan']);
  });

  it('is looked for in a partial answer where nothing that failed could have named them', async () => {
    for (const userid of ['bob', 'Cai', 'dan']) removeMember(server.wecom.corp, userid);
    server.wecom.faults.add({
      endpoint: 'user/list',
      departmentId: 10,
      effect: { kind: 'errcode', errcode: 60003 },
    });
    const { run, asked } = await sync();
    expect(run).toMatchObject({
      complete: false,
      manifest: { missing: { found: 1, confirmed: 1, contradicted: 0, unconfirmed: 0 } },
    });
    expect(run.counts).toEqual(onlyCounts({ members: { remove: 1 }, memberships: { remove: 1 } }));
    expect(asked).toBe(1);
    expect(await presentKeys()).toEqual(['ann', 'bob', 'dan']); // dan has one department that answered
  });

  it('is given up after some failures in a row', async () => {
    const { corp, faults } = server.wecom;
    for (const [userid] of crowd(60, 10)) hire(corp, userid, 10);
    await sync();
    for (const [userid] of crowd(60, 10)) removeMember(corp, userid);
    faults.add({ endpoint: 'user/get', effect: { kind: 'nonJson' } });
    const { run } = await sync();
    expect(run).toMatchObject({ status: 'succeeded', complete: false, counts: onlyCounts({}) });
    expect(run.manifest?.missing).toMatchObject({ found: 60, confirmed: 0, unconfirmed: 60 });
    const failed = run.manifest?.othersFailed.length ?? 0;
    expect(failed).toBeGreaterThanOrEqual(8);
    expect(failed).toBeLessThan(30);
  });

  it('is asked for when 200 are missing, and left to the guard when 201 are', async () => {
    const { corp } = server.wecom;
    for (const [userid] of crowd(201, 10)) hire(corp, userid, 10);
    await sync();
    for (const [userid] of crowd(200, 10)) removeMember(corp, userid);

    const at = await sync();
    expect(at.run.manifest?.missing).toEqual({ found: 200, confirmed: 200, contradicted: 0, unconfirmed: 0 });
    expect(at.asked).toBe(200);
    expect(at.run).toMatchObject({ status: 'awaitingApproval', held: { members: 200 } });

    removeMember(corp, 'u201');
    const past = await sync();
    expect(past.run.manifest?.missing).toEqual({ found: 201, confirmed: 0, contradicted: 0, unconfirmed: 0 });
    expect(past.asked).toBe(0);
    expect(past.run).toMatchObject({ status: 'awaitingApproval', complete: true, held: { members: 201 } });
    expect(await presentKeys()).toHaveLength(205);
  });
});
