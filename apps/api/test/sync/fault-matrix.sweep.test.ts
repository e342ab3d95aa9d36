import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endpoints, type Problem, type SyncRun } from '@orgmirror/contracts';
import {
  type Corp,
  createApp,
  type FaultEffect,
  generateCorp,
  removeMember,
  type SimulatorApp,
  sampleApp,
  updateMember,
  type WecomSimulator,
} from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../support/query-database.ts';
import { readStoredDirectory } from '../support/read-directory.ts';
import { createSmallCorp, hire } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { chooseCases, isWholeSweep } from '../support/sweep.ts';

// Every call that a sync makes, with everything that can go wrong with it for as long as the run lasts. What
// comes of it is written to docs/fault-matrix.md, which must be as the product is: vitest’s -u renews it.

const documentPath = join(import.meta.dirname, '../../../../docs/fault-matrix.md');

const calls = ['gettoken', 'agent/get', 'department/list', 'user/list', 'user/get', 'tag/get'];
const exportCalls = ['export/department', 'export/user', 'export/get_result', 'export/download'];
const errcodes = [-1, 40014, 42001, 45009, 45033, 48002, 60011, 60020];
const faults: readonly { name: string; effect: FaultEffect; only?: readonly string[] }[] = [
  ...errcodes.map((errcode) => ({
    name: `errcode ${errcode}, with the empty lists of a success`,
    effect: { kind: 'errcode', errcode } as const,
    only: [...calls, ...exportCalls].filter((call) => call !== 'export/download'), // a file has no errcode
  })),
  { name: 'connection reset', effect: { kind: 'reset' } },
  { name: 'no answer', effect: { kind: 'hang' } },
  { name: 'HTTP 502 with a web page', effect: { kind: 'httpStatus', status: 502 } },
  { name: 'half an answer', effect: { kind: 'truncatedJson' } },
  {
    name: 'all members twice',
    effect: { kind: 'duplicateItems' },
    only: ['department/list', 'user/list', 'tag/get'],
  },
  { name: 'a cycle of departments', effect: { kind: 'cycle' }, only: ['department/list'] },
  { name: 'only orphans', effect: { kind: 'orphans' }, only: ['department/list'] },
];

/** Faults of each call that a sample tries. */
const samplePerCall = 1;

/** What came of each: rows are faults, columns calls. */
const outcomes = new Map<string, Map<string, string>>();
const noteOutcome = (fault: string, endpoint: string, outcome: string) =>
  outcomes.set(fault, (outcomes.get(fault) ?? new Map()).set(endpoint, outcome));

/** Waits take no time, silences do. An export that is being made is waited for all the same. */
function createHurriedTiming(untilExportIsMade: () => Promise<void>) {
  let skippedMs = 0;
  return {
    timeoutMs: 1_000,
    clock: {
      nowMs: () => Date.now() + skippedMs,
      elapsedMs: () => performance.now() + skippedMs,
      sleep: async (durationMs: number, signal?: AbortSignal) => {
        skippedMs += durationMs;
        await untilExportIsMade();
        await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
      },
    },
  };
}

interface Stage {
  server: TestServer;
  sql: Sql;
  corp: Corp;
  /** Whether the app sees this department. */
  sees(id: number): boolean;
  /** Whether the corp is so large that an export is tried. */
  usesExport: boolean;
  /** How many cells there were. */
  round: number;
}

/** `userid@departments: name` of all members, as WeCom has them. */
const readCorp = ({ corp, sees }: Stage) =>
  [...corp.members.values()]
    .map(({ userid, name, memberships }) => {
      const places = memberships.map(({ departmentId }) => departmentId).filter(sees);
      return `${userid}@${places.sort((a, b) => a - b)}: ${name}`;
    })
    .sort();

/** The same of those who are present here. */
async function readMirror({ sql }: Stage): Promise<string[]> {
  const { members } = await readStoredDirectory(sql);
  return members
    .filter(({ presence }) => presence === 'present')
    .map(
      ({ userId, name, memberships }) =>
        `${userId}@${memberships.map(({ departmentId }) => departmentId)}: ${name}`,
    )
    .sort();
}

async function sync({ server }: Stage): Promise<SyncRun> {
  const run = await server.sync();
  const params = { id: run.id };
  if (run.status !== 'awaitingApproval') return run;
  await server.api.call(endpoints.approveSyncRun, {
    params,
    body: { planFingerprint: run.planFingerprint ?? '' },
  });
  return server.waitForRun(run.id);
}

/** One cell: one member has left and one has a new name when WeCom begins to misbehave. */
async function tryFault(stage: Stage, endpoint: string, effect: FaultEffect): Promise<string> {
  const { server, corp } = stage;
  const leaver = `leaver${stage.round++}`;
  removeMember(corp, leaver);
  updateMember(corp, 'ann', { name: `安${stage.round}` });
  const staying = (await readMirror(stage)).map(withoutName).filter((person) => !person.startsWith('leaver'));
  await stage.sql('DELETE FROM wecom_access_token'); // so that the run asks for one
  await stage.sql('UPDATE sync_run SET unapproved_removals = NULL'); // the guard judges this run alone

  server.wecom.faults.add({ endpoint, effect });
  const run = await server.sync();
  server.wecom.faults.clear();
  const present = (await readMirror(stage)).map(withoutName);
  expect(present).toEqual(expect.arrayContaining(staying)); // nobody is removed, nor taken out of a department
  // Nor anyone without evidence: whom WeCom does not deny by name stays.
  const isDenied = run.manifest?.missing?.confirmed === 1;
  if (!run.complete) expect(present.includes(`${leaver}@10`)).toBe(!isDenied);
  await expectToBeTold(stage, run, effect);
  await mirror(stage);
  return describeOutcome(run);
}

/** A clean run, in which the next leaver comes. */
async function mirror(stage: Stage): Promise<void> {
  hire(stage.corp, `leaver${stage.round}`, 10);
  expect(await sync(stage)).toMatchObject({ status: 'succeeded', complete: true, error: null });
  expect(await readMirror(stage)).toEqual(readCorp(stage));
}

const withoutName = (person: string) => person.replace(/:.*/, '');

/** A failed run has a code and words in both languages; a partial one names what is missing. */
async function expectToBeTold(
  { server, usesExport }: Stage,
  run: SyncRun,
  effect: FaultEffect,
): Promise<void> {
  if (run.status === 'failed') {
    const [zh, en] = await Promise.all(['zh-CN', 'en'].map((language) => readError(server, run, language)));
    expect(zh).toMatchObject({ code: run.error?.code, title: expect.stringMatching(/[\u4e00-\u9fff]/) });
    expect(en).toMatchObject({ code: run.error?.code, title: expect.stringMatching(/^[\x20-\x7e’“”…–]+$/) });
    if (effect.kind === 'errcode') expect(run.error?.wecom?.errcode).toBe(effect.errcode);
    return;
  }
  expect(['succeeded', 'awaitingApproval']).toContain(run.status);
  const leftTheExport = run.warnings.some(({ code }) => code.startsWith('export.'));
  expect(run.source).toBe(usesExport && !leftTheExport ? 'export' : 'departments');
  const { departmentsFailed = [], othersFailed = [] } = run.manifest ?? {};
  const failures = [...departmentsFailed, ...othersFailed];
  expect(failures.length > 0).toBe(!run.complete);
  for (const failure of failures) {
    expect(failure.message).toMatch(/[\u4e00-\u9fff]/);
    if (effect.kind === 'errcode') expect(failure.code).toBe(String(effect.errcode));
  }
}

async function readError(server: TestServer, run: SyncRun, language: string): Promise<Problem> {
  const answer = await server.api.request('GET', `/sync-runs/${run.id}`, {
    headers: { 'accept-language': language },
  });
  return (answer.body as { error: Problem }).error;
}

function describeOutcome(run: SyncRun): string {
  const { status, source, complete, error, warnings, heldReasons, manifest } = run;
  if (status === 'failed') return `failed: \`${error?.code}\``;
  const held =
    status === 'awaitingApproval' ? `, held: ${heldReasons.map(({ code }) => code).join(', ')}` : '';
  const told = [...new Set(warnings.map(({ code }) => `\`${code}\``))].sort().join(', ');
  const way = source === 'export' ? 'complete by export' : 'complete';
  if (complete) return `${way}${held}${told && `: ${told}`}`;
  const { departmentsFailed = [], othersFailed = [] } = manifest ?? {};
  const missing = [
    ...(departmentsFailed.length > 0 ? ['departments'] : []),
    ...new Set(othersFailed.map(({ kind }) => `${kind}s`)),
  ];
  return `partial, without ${missing.join(' and ')}${held}${told && `: ${told}`}`;
}

/** Tries the faults of this run with the endpoint. */
async function tryEndpoint(stage: Stage, endpoint: string): Promise<void> {
  const possible = faults.filter(({ only }) => only === undefined || only.includes(endpoint));
  for (const { name, effect } of chooseCases(possible, samplePerCall)) {
    const outcome = await tryFault(stage, endpoint, effect).catch((error: unknown) => {
      throw new Error(`${endpoint} × ${name}`, { cause: error });
    });
    noteOutcome(name, endpoint, outcome);
  }
}

/** Two departments are visible, one member individually and one by a tag. */
function startSmallStage(): Promise<Stage> {
  const corp = createSmallCorp(
    [
      [1, 0],
      [10, 1],
      [20, 1],
      [30, 1],
    ],
    [
      ['ann', 10],
      ['bob', 10, 20],
      ['cai', 20],
      ['dan', 30],
      ['eve', 30],
    ],
  );
  corp.putTag({ tagid: 7, tagname: '顾问', userids: ['dan'], partyIds: [] });
  const scope = { partyIds: [10, 20], userids: ['eve'], tagIds: [7] };
  const app = createApp({ agentid: sampleApp.agentid, secret: sampleApp.secret, scope });
  return startStage(corp, [app], (id) => id === 10 || id === 20);
}

/** So many departments that an export is tried first. */
function startExportStage(): Promise<Stage> {
  const corp = generateCorp({ departments: 501, members: 600 });
  hire(corp, 'ann', 10);
  const app = createApp({ agentid: sampleApp.agentid, secret: sampleApp.secret });
  return startStage(corp, [app], () => true);
}

async function startStage(corp: Corp, apps: SimulatorApp[], sees: (id: number) => boolean): Promise<Stage> {
  let wecom: WecomSimulator | undefined;
  const server = await startTestServer({
    wecom: { corp, apps, settings: { callsPerMinute: 1_000_000, exportPendingPolls: 0 } },
    env: { WECOM_MAX_CALLS_PER_MINUTE: '1000000' },
    wecomTiming: createHurriedTiming(async () => wecom?.exports.untilMade()),
  });
  wecom = server.wecom;
  await server.configure();
  await server.api.call(endpoints.saveSyncSettings, {
    body: { removalGuard: { maxCount: 1_000, maxPercent: 100, windowHours: 1 } },
  });
  return {
    server,
    sql: openSql(server.database),
    corp,
    sees,
    usesExport: corp.departments.size > 500,
    round: 0,
  };
}

describe('no fault of WeCom removes a member; the run says why, and the next one repairs it', () => {
  describe.each([
    { corp: 'a small corp', calls, start: startSmallStage },
    { corp: 'more than 500 departments', calls: exportCalls, start: startExportStage },
  ])('$corp', ({ calls, start }) => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await start();
      await mirror(stage);
    });
    afterAll(() => stage.server.stop());

    it.each(calls)('%s', { timeout: 600_000 }, (endpoint) => tryEndpoint(stage, endpoint));
  });

  it('is what docs/fault-matrix.md says', async () => {
    if (isWholeSweep) await expect(presentOutcomes()).toMatchFileSnapshot(documentPath);
    else expect(await readDocumented(listOutcomes())).toEqual(listOutcomes());
  });
});

/** `fault, call: outcome` of each cell that was tried. */
const listOutcomes = (): string[] =>
  [...outcomes].flatMap(([fault, cells]) =>
    [...cells].map(([call, outcome]) => `${fault}, ${call}: ${outcome}`),
  );

/** What the document says of the cells that were tried. */
async function readDocumented(tried: readonly string[]): Promise<string[]> {
  const documented = new Set<string>();
  let calls: string[] = [];
  for (const line of (await readFile(documentPath, 'utf8')).split('\n')) {
    if (!line.startsWith('| ')) continue;
    const [fault = '', ...cells] = line.slice(2, -2).split(' | ');
    if (fault === 'Fault') calls = cells.map((cell) => cell.replaceAll('`', ''));
    for (const [index, outcome] of cells.entries()) documented.add(`${fault}, ${calls[index]}: ${outcome}`);
  }
  return tried.filter((cell) => documented.has(cell));
}

function presentOutcomes(): string {
  return `# What a sync makes of WeCom’s faults

Written by \`apps/api/test/sync/fault-matrix.sweep.test.ts\`, which also holds for every cell: nobody is removed or taken out of a department without evidence, the run ends with a code and words in both languages or names what it could not read, and the next run mirrors the enterprise. In each run one member has left and one has a new name. Each fault lasts as long as the run.

${presentTable(calls)}

With more than 500 departments, where an export is tried first:

${presentTable(exportCalls)}
`;
}

function presentTable(columns: readonly string[]): string {
  const found = [...outcomes].filter(([, cells]) => columns.some((name) => cells.has(name)));
  const rows = [
    ['Fault', ...columns.map((name) => `\`${name}\``)],
    ['---', ...columns.map(() => '---')],
    ...found.map(([fault, cells]) => [fault, ...columns.map((name) => cells.get(name) ?? '–')]),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
