import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { type Corp, type FaultRule, generateCorp, removeMember } from '@orgmirror/wecom-simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { dumpMirror, onlyCounts, readStoredDirectory } from '../support/read-directory.ts';
import { addDepartment, hire } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const departmentCount = 600;
const env = { WECOM_MAX_CALLS_PER_MINUTE: '1000000' };
const settings = { callsPerMinute: 1_000_000, exportPendingPolls: 0 };

/** `id<parent` and `userid@departments` as WeCom has them, of the departments that `sees` lets through. */
function readCorp(corp: Corp, sees: (id: number) => boolean = () => true) {
  const departments = [...corp.departments.values()].filter(({ id }) => sees(id));
  const members = [...corp.members.values()].flatMap(({ userid, memberships }) => {
    const places = memberships.map(({ departmentId }) => departmentId).filter(sees);
    return places.length > 0 ? [`${userid}@${places.sort((a, b) => a - b)}`] : [];
  });
  return {
    departments: departments.map(({ id, parentid }) => `${id}<${sees(parentid) ? parentid : 0}`).sort(),
    members: members.sort(),
  };
}

/** The same as we have it. */
async function readMirror(sql: Sql) {
  const { departments, members } = await readStoredDirectory(sql);
  return {
    departments: departments
      .filter(({ presence }) => presence === 'present')
      .map(({ id, parentId }) => `${id}<${parentId ?? 0}`)
      .sort(),
    members: members
      .filter(({ presence }) => presence === 'present')
      .map(({ userId, memberships }) => `${userId}@${memberships.map(({ departmentId }) => departmentId)}`)
      .sort(),
  };
}

describe('an enterprise of more than 500 departments', () => {
  let corp: Corp;
  let server: TestServer;
  let sql: Sql;

  beforeAll(async () => {
    corp = generateCorp({ departments: departmentCount, members: 900 });
    server = await startTestServer({ wecom: { corp, settings }, env });
    sql = openSql(server.database);
    await server.configure();
  });
  afterEach(() => {
    server.wecom.faults.clear();
    server.wecom.stats.reset();
  });
  afterAll(() => server.stop());

  it('is read by export in a few calls, and the run says so', async () => {
    const run = await server.sync();
    expect(run).toMatchObject({
      status: 'succeeded',
      source: 'export',
      complete: true,
      error: null,
      progress: { departmentsTotal: departmentCount, departmentsRead: departmentCount, membersRead: 900 },
      manifest: {
        departmentsAsked: departmentCount,
        departmentsAnswered: departmentCount,
        departmentsFailed: [],
        membersSeen: 900,
      },
    });
    expect(run.warnings.filter(({ code }) => code.startsWith('export.'))).toEqual([]);
    expect(run.manifest?.apiCalls).toBe(server.wecom.stats.snapshot().totalCalls);
    expect(run.manifest?.apiCalls).toBeLessThan(30);
    expect(await readMirror(sql)).toEqual(readCorp(corp));
  });

  it('is brought up to date by export: who came, who left, and nothing else', async () => {
    const placesLost = corp.findMember('u700')!.memberships.length;
    removeMember(corp, 'u700');
    hire(corp, 'newcomer', 600);
    addDepartment(corp, 7_001, 600);
    const run = await server.sync();
    expect(run).toMatchObject({ source: 'export', status: 'succeeded', warnings: [] });
    expect(run.manifest?.missing).toMatchObject({ found: 1, confirmed: 1 });
    expect(run.counts).toEqual(
      onlyCounts({
        departments: { create: 1 },
        members: { create: 1, remove: 1 },
        memberships: { create: 1, remove: placesLost },
      }),
    );
    expect(await readMirror(sql)).toEqual(readCorp(corp));
    const before = await dumpMirror(sql);
    expect(await server.sync()).toMatchObject({ source: 'export', counts: onlyCounts({}) });
    expect(await dumpMirror(sql)).toEqual(before);
  });

  const faults: [rule: FaultRule, code: string, key: string][] = [
    [{ endpoint: 'export/user', effect: { kind: 'errcode', errcode: 48002 } }, 'export.refused', '48002'],
    [
      { endpoint: 'export/department', effect: { kind: 'httpStatus', status: 404 } },
      'export.refused',
      'notFound',
    ],
    [
      { endpoint: 'export/user', effect: { kind: 'exportFlaw', flaw: 'fails' } },
      'export.refused',
      'exportFailed',
    ],
    [
      { endpoint: 'export/user', effect: { kind: 'exportFlaw', flaw: 'wrongKey' } },
      'export.mismatch',
      'exportMismatch',
    ],
    [
      { endpoint: 'export/user', effect: { kind: 'exportFlaw', flaw: 'missingFile' } },
      'export.mismatch',
      'sample',
    ],
  ];
  it.each(faults)('is read department by department when %j, and is the same', async (rule, code, key) => {
    const before = await dumpMirror(sql);
    server.wecom.faults.add(rule);
    const run = await server.sync();
    expect(run).toMatchObject({ status: 'succeeded', source: 'departments', complete: true });
    expect(run.warnings).toEqual([{ code, count: 1, examples: [{ key, detail: expect.any(String) }] }]);
    expect(run.manifest).toMatchObject({ departmentsAnswered: departmentCount + 1, departmentsFailed: [] });
    expect(run.counts).toEqual(onlyCounts({}));
    expect(await dumpMirror(sql)).toEqual(before);
  });

  it.each([
    ['WeCom works on the export', 'export/get_result', { kind: 'exportFlaw', flaw: 'neverFinishes' }],
    ['a file is on its way', 'export/download', { kind: 'hang' }],
  ] as const)('can stop its sync while %s', async (_when, call, effect) => {
    const before = await dumpMirror(sql);
    server.wecom.faults.add({
      endpoint: effect.kind === 'hang' ? call : 'export/department',
      effect,
    });
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    await expect
      .poll(() => server.wecom.stats.snapshot().calls[call] ?? 0, { timeout: 30_000 })
      .toBeGreaterThan(0);
    await server.api.call(endpoints.cancelSyncRun, { params: { id } });
    const run: SyncRun = await server.waitForRun(id);
    expect(run).toMatchObject({ status: 'cancelled', source: null, error: { code: 'sync.cancelled' } });
    expect(await dumpMirror(sql)).toEqual(before);
  });
});

describe('an app that sees more than 500 departments of a larger enterprise', () => {
  it('mirrors by export exactly what it sees', async () => {
    const corp = generateCorp({ departments: 800, members: 1_000, seed: 2 });
    const tops = [...corp.childrenOf(1)];
    const server = await startTestServer({ wecom: { corp, settings }, env });
    server.wecom.apps[0]!.scope = { partyIds: tops.slice(1), userids: [], tagIds: [] };
    await server.configure();
    const run = await server.sync();
    const visible = new Set<number>();
    const add = (id: number): void => {
      visible.add(id);
      for (const child of corp.childrenOf(id)) add(child);
    };
    for (const top of tops.slice(1)) add(top);
    expect(visible.size).toBeGreaterThan(500);
    expect(visible.size).toBeLessThan(800);
    expect(run).toMatchObject({ source: 'export', status: 'succeeded', complete: true });
    expect(await readMirror(openSql(server.database))).toEqual(readCorp(corp, (id) => visible.has(id)));
    await server.stop();
  });
});
