import { endpoints, type Problem, type SyncRun } from '@orgmirror/contracts';
import {
  type Corp,
  createApp,
  type FaultEffect,
  removeMember,
  sampleApp,
  updateMember,
} from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSql, type Sql } from './support/query-database.ts';
import { readStoredDirectory } from './support/read-directory.ts';
import { createSmallCorp, hire } from './support/small-corp.ts';
import { startTestServer, type TestServer } from './support/start-test-server.ts';

// Every call that a sync makes, with everything that can go wrong with it for as long as the run lasts. Exports are in
// sync-export.test.ts.
// The database plays no part in this: once is enough.
const describeOnce = process.env.TEST_DATABASE === 'postgres' ? describe : () => undefined;

const errcodes = [-1, 40014, 42001, 45009, 45033, 48002, 60011, 60020];
const faults: readonly { name: string; effect: FaultEffect; only?: readonly string[] }[] = [
  ...errcodes.map((errcode) => ({
    name: `errcode ${errcode}, with the empty lists of a success`,
    effect: { kind: 'errcode', errcode } as const,
  })),
  { name: 'connection reset', effect: { kind: 'reset' } },
  { name: 'no answer', effect: { kind: 'hang' } },
  { name: 'HTTP 502 with a web page', effect: { kind: 'httpStatus', status: 502 } },
  { name: 'half an answer', effect: { kind: 'truncatedJson' } },
  {
    name: 'everybody twice',
    effect: { kind: 'duplicateItems' },
    only: ['department/list', 'user/list', 'tag/get'],
  },
  { name: 'a cycle of departments', effect: { kind: 'cycle' }, only: ['department/list'] },
  { name: 'only orphans', effect: { kind: 'orphans' }, only: ['department/list'] },
];

const calls = ['gettoken', 'agent/get', 'department/list', 'user/list', 'user/get', 'tag/get'];
/** Waits take no time, silences do. */
function createHurriedTiming() {
  let skippedMs = 0;
  return {
    timeoutMs: 1_000,
    clock: {
      nowMs: () => Date.now(),
      elapsedMs: () => performance.now() + skippedMs,
      sleep: async (durationMs: number, signal?: AbortSignal) => {
        skippedMs += durationMs;
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
  /** How many cells there were. */
  round: number;
}

/** `userid@departments: name` of everybody, as WeCom has them. */
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

/** One cell: somebody has left and somebody has a new name when WeCom begins to misbehave. */
async function tryFault(stage: Stage, endpoint: string, effect: FaultEffect): Promise<void> {
  const { server, corp } = stage;
  const leaver = `leaver${stage.round++}`;
  removeMember(corp, leaver);
  updateMember(corp, 'ann', { name: `安${stage.round}` });
  const staying = (await readMirror(stage)).map(withoutName).filter((person) => !person.startsWith('leaver'));
  await stage.sql('DELETE FROM wecom_access_token'); // so that the run asks for one

  server.wecom.faults.add({ endpoint, effect });
  const run = await server.sync();
  server.wecom.faults.clear();
  const present = (await readMirror(stage)).map(withoutName);
  expect(present).toEqual(expect.arrayContaining(staying)); // nobody is removed, nor taken out of a department
  if (!run.complete) expect(present).toContain(`${leaver}@10`); // nor anyone without evidence
  await expectToBeTold(stage, run, effect);
  await mirror(stage);
}

/** A clean run, in which the next leaver comes. */
async function mirror(stage: Stage): Promise<void> {
  hire(stage.corp, `leaver${stage.round}`, 10);
  expect(await sync(stage)).toMatchObject({ status: 'succeeded', complete: true, error: null });
  expect(await readMirror(stage)).toEqual(readCorp(stage));
}

const withoutName = (person: string) => person.replace(/:.*/, '');

/** A failed run has a code and words in both languages; a partial one names what is missing. */
async function expectToBeTold({ server }: Stage, run: SyncRun, effect: FaultEffect): Promise<void> {
  if (run.status === 'failed') {
    const [zh, en] = await Promise.all(['zh-CN', 'en'].map((language) => readError(server, run, language)));
    expect(zh).toMatchObject({ code: run.error?.code, title: expect.stringMatching(/[\u4e00-\u9fff]/) });
    expect(en).toMatchObject({ code: run.error?.code, title: expect.stringMatching(/^[\x20-\x7e’“”…–]+$/) });
    if (effect.kind === 'errcode') expect(run.error?.wecom?.errcode).toBe(effect.errcode);
    return;
  }
  expect(['succeeded', 'awaitingApproval']).toContain(run.status);
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

/** Tries every fault with the endpoint. */
async function tryEndpoint(stage: Stage, endpoint: string): Promise<void> {
  for (const { name, effect, only } of faults) {
    if (only !== undefined && !only.includes(endpoint)) continue;
    await tryFault(stage, endpoint, effect).catch((error: unknown) => {
      throw new Error(`${endpoint} × ${name}`, { cause: error });
    });
  }
}

/** Two departments are visible, one person besides and one by a tag. */
async function startStage(): Promise<Stage> {
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
  const server = await startTestServer({
    wecom: { corp, apps: [app], settings: { callsPerMinute: 1_000_000 } },
    env: { WECOM_MAX_CALLS_PER_MINUTE: '1000000' },
    wecomTiming: createHurriedTiming(),
  });
  await server.configure();
  await server.api.call(endpoints.saveSyncSettings, {
    body: { removalGuard: { maxCount: 1_000, maxPercent: 100, windowHours: 1 } },
  });
  const sees = (id: number) => id === 10 || id === 20;
  return { server, sql: openSql(server.database), corp, sees, round: 0 };
}

describeOnce('whatever WeCom does, nobody is removed, the run says why, and the next one mends it', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
    await mirror(stage);
  });
  afterAll(() => stage.server.stop());

  it.each(calls)('%s', { timeout: 600_000 }, (endpoint) => tryEndpoint(stage, endpoint));
});
