import { type Clock, createPacer, createWecomClient } from '@orgmirror/wecom';
import {
  type Corp,
  createApp,
  type FaultEffect,
  generateCorp,
  removeMember,
  sampleApp,
  startWecomSimulator,
  type WecomSimulator,
} from '@orgmirror/wecom-simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { maxReadOneByOne, readDirectory } from './read-directory.ts';
import { readWithConfirmation } from './read-with-confirmation.ts';
import { finishSnapshotRead, type ReadOptions, type ReadProgress } from './snapshot-read.ts';

/** Time passes at once, but stands still while the simulator makes an export. */
function createQuickClock(wecom: WecomSimulator): Clock {
  let elapsedMs = 0;
  return {
    nowMs: () => elapsedMs,
    elapsedMs: () => elapsedMs,
    sleep: async (durationMs, signal) => {
      await wecom.exports.untilMade();
      signal?.throwIfAborted();
      elapsedMs += durationMs;
    },
  };
}

const callsPerMinute = 1_000_000;
const departments = 60;
const wholeCorp = { partyIds: [1], userids: [], tagIds: [] };

describe('a corp of more departments than are read one by one', () => {
  let wecom: WecomSimulator;
  let corp: Corp;
  /** What reading the whole corp department by department gives. */
  let whole: Awaited<ReturnType<typeof readByDepartments>>;

  beforeAll(async () => {
    corp = generateCorp({ departments, members: 300 });
    corp.putTag({ tagid: 7, tagname: '标签', userids: ['u30', 'u31'], partyIds: [] });
    wecom = await startWecomSimulator({
      corp,
      apps: [createApp({ agentid: sampleApp.agentid, secret: sampleApp.secret })],
      settings: { callsPerMinute },
    });
    whole = await readByDepartments();
  });
  afterEach(() => {
    wecom.faults.clear();
    wecom.stats.reset();
    wecom.apps[0]!.scope = wholeCorp;
    wecom.settings.exportFormat = 'bytes';
  });
  afterAll(() => wecom.close());

  const connect = (clock: Clock) =>
    createWecomClient({
      corpId: wecom.corpid,
      secret: sampleApp.secret,
      baseUrl: wecom.baseUrl,
      clock,
      pacer: createPacer({ clock, maxCallsPerMinute: callsPerMinute }),
    });

  /** Reads everything; a `random` of 0 compares the first departments with user/list. */
  async function read(options: Partial<ReadOptions> = {}, presentUserIds: readonly string[] = []) {
    const progress: ReadProgress[] = [];
    const present = {
      list: async function* () {
        yield presentUserIds.map((userId) => ({ userId, userKey: userId }));
      },
      readPlaces: async () => new Map(),
    };
    const readOptions: ReadOptions = {
      client: connect(createQuickClock(wecom)),
      agentId: sampleApp.agentid,
      digest: (text) => text,
      signal: new AbortController().signal,
      maxConcurrency: 8,
      exportAbove: 50,
      isExportFinished: async () => false,
      random: () => 0,
      onProgress: (now) => progress.push({ ...now }),
      ...options,
    };
    const reading = await readWithConfirmation(readOptions, present);
    const snapshot = await finishSnapshotRead(reading);
    const { source, warnings, evidence } = reading;
    return {
      progress,
      source,
      evidence,
      warnings,
      complete: snapshot.complete,
      anomalies: snapshot.warnings,
      departments: [...snapshot.departments.values()],
      members: [...snapshot.memberKeys()].map((key) => snapshot.getMember(key)),
    };
  }

  const refuseExports = () =>
    wecom.faults.add({ endpoint: 'export/department', effect: { kind: 'errcode', errcode: 48002 } });

  async function readByDepartments() {
    refuseExports();
    const { source, departments, members, anomalies } = await read();
    expect(source).toBe('departments');
    wecom.faults.clear();
    wecom.stats.reset();
    return { departments, members, anomalies };
  }

  it.each([
    ['the whole corp', wholeCorp],
    ['a part of it, with a tag and a member', { partyIds: [2, 3], userids: ['u40'], tagIds: [7] }],
  ])('is read by export to the same snapshot as department by department (%s)', async (_what, scope) => {
    // A part of so large a corp that it still has more than 50 departments.
    if (scope !== wholeCorp)
      for (let id = 1_000; id < 1_060; id += 1)
        corp.putDepartment({ id, name: `组${id}`, parentid: 2, order: id, leaders: [] });
    wecom.apps[0]!.scope = scope;
    const expected = await readByDepartments();
    const result = await read();
    for (let id = 1_000; id < 1_060; id += 1) corp.dropDepartment(id);
    expect(result).toMatchObject({
      source: 'export',
      complete: true,
      warnings: [],
      ...expected,
    });
    expect(result.evidence).toMatchObject({
      departmentsAsked: expected.departments.length,
      departmentsAnswered: expected.departments.length,
      departmentsFailed: [],
      membersSeen: expected.members.length,
    });
    const { calls } = wecom.stats.snapshot();
    expect(calls).toMatchObject({ 'department/list': 1, 'export/department': 1, 'export/user': 1 });
    expect(calls['user/list']).toBeLessThanOrEqual(10);
    expect(result.progress.at(-1)?.departmentsRead).toBe(expected.departments.length);
  });

  it.each(['base64', 'withHeader'] as const)('is read from files of the form %s', async (format) => {
    wecom.settings.exportFormat = format;
    expect((await read()).source).toBe('export');
  });

  const flaw = (name: Extract<FaultEffect, { kind: 'exportFlaw' }>['flaw']): FaultEffect => ({
    kind: 'exportFlaw',
    flaw: name,
  });
  const errcode = (code: number): FaultEffect => ({ kind: 'errcode', errcode: code });
  const faults: [endpoint: string, effect: FaultEffect, code: string, key: string][] = [
    ['export/department', errcode(48002), 'export.refused', '48002'],
    ['export/user', errcode(48006), 'export.refused', '48006'],
    ['export/user', errcode(48009), 'export.refused', '48009'],
    ['export/user', { kind: 'httpStatus', status: 404 }, 'export.refused', 'notFound'],
    ['export/user', { kind: 'reset' }, 'export.refused', 'reset'],
    ['export/user', { kind: 'nonJson' }, 'export.refused', 'notJson'],
    ['export/user', { kind: 'emptySuccess' }, 'export.mismatch', 'shape'],
    ['export/get_result', errcode(40088), 'export.refused', '40088'],
    ['export/get_result', { kind: 'missingField', field: 'data_list' }, 'export.mismatch', 'shape'],
    ['export/download', { kind: 'httpStatus', status: 403 }, 'export.refused', 'http'],
    ['export/download', { kind: 'cutMidBody' }, 'export.refused', 'reset'],
    ['export/download', { kind: 'truncatedJson' }, 'export.mismatch', 'exportMismatch'],
    ['export/user', flaw('fails'), 'export.refused', 'exportFailed'],
    ['export/department', flaw('neverFinishes'), 'export.refused', 'exportUnfinished'],
    ['export/user', flaw('neverFinishes'), 'export.refused', 'exportUnfinished'],
    ['export/user', flaw('wrongSize'), 'export.mismatch', 'exportMismatch'],
    ['export/user', flaw('wrongMd5'), 'export.mismatch', 'exportMismatch'],
    ['export/user', flaw('truncatedFile'), 'export.mismatch', 'exportMismatch'],
    ['export/user', flaw('wrongKey'), 'export.mismatch', 'exportMismatch'],
    ['export/user', flaw('missingFile'), 'export.mismatch', 'sample'],
    ['export/department', flaw('missingFile'), 'export.mismatch', 'departments'],
  ];
  it.each(faults)(
    'is read department by department when %s answers %j',
    async (endpoint, effect, code, key) => {
      wecom.faults.add({ endpoint, effect });
      const result = await read();
      expect(result).toMatchObject({ source: 'departments', complete: true, ...whole });
      expect(result.warnings).toEqual([{ code, count: 1, examples: [{ key, detail: expect.any(String) }] }]);
      expect(JSON.stringify(result.warnings)).not.toMatch(/token=|export-files/);
      expect(wecom.stats.snapshot().calls['user/list']).toBeGreaterThanOrEqual(departments);
    },
  );

  it('is read by export also where WeCom takes one job at a time', async () => {
    wecom.faults.add({ endpoint: 'export/user', effect: errcode(45033), nthCalls: [1, 2, 3] });
    expect(await read()).toMatchObject({ source: 'export', complete: true, warnings: [], ...whole });
    expect(wecom.stats.snapshot().calls['export/user']).toBe(4);
  });

  it('costs one call more where exports are refused', async () => {
    refuseExports();
    await read();
    expect(wecom.stats.snapshot().totalCalls).toBe(departments + 4);
  });

  it('waits for an export no longer than a slow reading of each department would take', async () => {
    wecom.faults.add({ endpoint: 'export/department', effect: flaw('neverFinishes') });
    const clock = createQuickClock(wecom);
    await read({ client: connect(clock) });
    expect(clock.elapsedMs()).toBeGreaterThanOrEqual(departments * 100);
    expect(clock.elapsedMs()).toBeLessThan(departments * 150);
  });

  it('is not read from an export that is older than the tree', async () => {
    await read();
    corp.putDepartment({ id: 9_001, name: '新部门', parentid: 1, order: 1, leaders: [] });
    wecom.faults.add({ endpoint: 'export/department', effect: flaw('staleContent') });
    const result = await read();
    corp.dropDepartment(9_001);
    expect(result.warnings).toMatchObject([{ code: 'export.mismatch', examples: [{ key: 'departments' }] }]);
    expect(result.departments.map(({ id }) => id)).toContain(9_001);
  });

  it('is not read from an export that differs from a department picked at random', async () => {
    await read();
    const last = corp.findMember('u59')!; // leads the last department
    removeMember(corp, 'u59');
    wecom.faults.add({ endpoint: 'export/user', effect: flaw('staleContent') });
    const result = await read({ random: () => 0.9999 });
    corp.putMember(last);
    expect(result.warnings).toMatchObject([{ code: 'export.mismatch', examples: [{ key: 'sample' }] }]);
    expect(result.members.map((member) => member?.key)).not.toContain('u59');
  });

  it('is not read from an export that lacks a member present here who did not leave', async () => {
    // Neither of a department that the samples of a `random` of 0 look at, nor the only one anywhere.
    const stays = [...corp.members.values()].findLast(({ memberships }) =>
      memberships.every(({ departmentId }) => departmentId > 10),
    )!;
    removeMember(corp, stays.userid);
    await read();
    corp.putMember(stays);
    wecom.faults.add({ endpoint: 'export/user', effect: flaw('staleContent') });
    const result = await read({}, ['u1', stays.userid, 'gone']);
    expect(result).toMatchObject({ source: 'departments', complete: true });
    expect(result.warnings).toMatchObject([{ code: 'export.mismatch', examples: [{ key: 'missing' }] }]);
    expect(result.members.map((member) => member?.userId)).toContain(stays.userid);
    expect(result.evidence.missing).toMatchObject({ found: 1, confirmed: 1 });
  });

  it.each([
    [200, 'export'],
    [201, 'departments'],
  ])(
    'with %i members fewer than here, too many to ask one by one above 200, is read by %s',
    async (count, source) => {
      const gone = Array.from({ length: count }, (_, index) => `gone${index}`);
      const result = await read({}, gone);
      expect(result).toMatchObject({ source, complete: true, evidence: { missing: { found: count } } });
    },
  );

  it('is not read from an export that puts members into departments which are not listed', async () => {
    const stray = corp.findMember('u5')!;
    corp.putMember({ ...stray, extras: { wireOverride: { department: [6, 77_777] } } });
    const result = await read();
    corp.putMember(stray);
    expect(result.warnings).toMatchObject([{ code: 'export.mismatch', examples: [{ key: 'membership' }] }]);
  });

  it('is not read from an export that does not say where a member is', async () => {
    const stray = corp.findMember('u5')!;
    corp.putMember({ ...stray, extras: { wireOverride: { department: null } } });
    const result = await read();
    corp.putMember(stray);
    expect(result.warnings).toMatchObject([{ code: 'export.mismatch', examples: [{ key: 'membership' }] }]);
  });

  it.each([40001, 60020, 50003])('ends at once when the settings are refused with %i', async (refused) => {
    wecom.faults.add({ endpoint: 'export/user', effect: errcode(refused) });
    await expect(read()).rejects.toMatchObject({ errcode: refused });
    expect(wecom.stats.snapshot().calls['user/list']).toBeUndefined();
  });

  it.each([
    ['waits', 'export/get_result', flaw('neverFinishes')],
    ['downloads', 'export/download', { kind: 'hang' } as FaultEffect],
  ])('can be stopped while it %s', async (_what, endpoint, effect) => {
    wecom.faults.add({ endpoint: effect.kind === 'hang' ? endpoint : 'export/department', effect });
    const stop = new AbortController();
    const stopped = read({ signal: stop.signal });
    const watch = setInterval(() => {
      if ((wecom.stats.snapshot().calls[endpoint] ?? 0) > 0) stop.abort(new Error('stopped'));
    }, 1);
    await expect(stopped).rejects.toThrow('stopped');
    clearInterval(watch);
  });
});

describe('a corp of exactly 500 departments', () => {
  it('is read department by department without a word about exports', async () => {
    await using wecom = Object.assign(
      await startWecomSimulator({ corp: generateCorp({ departments: 500, members: 10 }) }),
      { [Symbol.asyncDispose]: () => wecom.close() },
    );
    const clock = createQuickClock(wecom);
    const reading = await readDirectory({
      client: createWecomClient({
        corpId: wecom.corpid,
        secret: sampleApp.secret,
        baseUrl: wecom.baseUrl,
        clock,
        pacer: createPacer({ clock, maxCallsPerMinute: callsPerMinute }),
      }),
      agentId: sampleApp.agentid,
      digest: (text) => text,
      signal: new AbortController().signal,
      maxConcurrency: 8,
      exportAbove: maxReadOneByOne,
      isExportFinished: async () => false,
      random: () => 0,
      onProgress: () => undefined,
    });
    expect(reading).toMatchObject({ source: 'departments', warnings: [] });
    expect(wecom.stats.snapshot().totalCalls).toBe(503);
  });
});
