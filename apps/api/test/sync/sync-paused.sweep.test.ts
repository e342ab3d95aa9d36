import { endpoints } from '@orgmirror/contracts';
import { removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { type KillableStage, startKillableStage, waitOneMinute } from '../support/killable-stage.ts';
import { dumpMirror } from '../support/read-directory.ts';
import { addDepartment, createSmallCorp, hire, move } from '../support/small-corp.ts';
import { type SpawnedServer, spawnServer } from '../support/spawn-server.ts';
import { isOfRun, type Step, writes } from '../support/step.ts';
import { chooseCases } from '../support/sweep.ts';
import { untilLeaseIsFree } from '../support/sync-lease.ts';

// Two server processes on one database. One is stopped in the middle of its run and wakes when the other has
// taken over and finished: everything that the other left must stand. The embedded database serves one
// process only.
describe('a process that is paused in its run and wakes after its successor has finished', () => {
  let stage: KillableStage;
  let paused: SpawnedServer;
  let pausedApi: ApiClient;
  let steps: Step[];
  let round = 0;

  beforeAll(async () => {
    const corp = createSmallCorp(
      [
        [1, 0],
        [10, 1],
        [20, 1],
      ],
      [
        ['ann', 1],
        ['bob', 10],
      ],
    );
    stage = await startKillableStage(corp);
    await stage.api.call(endpoints.saveSyncSettings, { body: { removalGuard: { maxCount: 0 } } });
    paused = await spawnServer(stage.env);
    pausedApi = createApiClient(paused.url);
    pausedApi.cookie = stage.api.cookie;
    steps = await listSteps();
  });
  afterAll(async () => {
    await paused.kill();
    await stage.stop();
  });

  /** A member and a department come, one moves, one is renamed. */
  async function change(): Promise<void> {
    await stage.expectNextSyncMirrors();
    round++;
    addDepartment(stage.corp, 100 + round, 1);
    hire(stage.corp, `new${round}`, 100 + round);
    move(stage.corp, 'bob', round % 2 === 0 ? 10 : 20);
    updateMember(stage.corp, 'ann', { name: `安${round}` });
  }

  const start = () => pausedApi.call(endpoints.startSyncRun, { body: { mode: 'apply' } });

  /** What an undisturbed run does from its lease on. */
  async function listSteps(): Promise<Step[]> {
    await change();
    await change();
    stage.server().pause(); // it must not take up the run
    paused.countSteps();
    await start();
    await stage.waitUntilIdle();
    stage.server().resume();
    await waitForJobs();
    const taken = (await paused.readSteps()).filter(isOfRun).filter(writes);
    const indexOf = (start: string) => taken.findIndex(({ label }) => label.startsWith(start));
    const [lease, revision] = [indexOf('INSERT INTO sync_lease'), indexOf('UPDATE corp SET revision')];
    const last = taken.findLastIndex(({ label }) => label === 'COMMIT');
    // Within the long transaction any place is like another.
    return taken.filter(
      (_, index) => index >= lease && (index <= revision || index >= last || index % 5 === 0),
    );
  }

  async function waitForJobs(): Promise<void> {
    const unfinished = () => stage.sql(`SELECT state FROM pgboss.job_common WHERE state < 'completed'`);
    while ((await unfinished()).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Starts a run that stops just before the step. @returns the end of the click, which may have to wait */
  async function pauseAt(step: Step): Promise<{ begun: Promise<unknown> }> {
    stage.server().pause();
    const reached = paused.signalAt(step, 'SIGSTOP');
    const begun = start();
    await reached;
    stage.server().resume();
    return { begun };
  }

  /** The successor syncs the corp, from which a member has gone meanwhile: that waits for approval. */
  async function succeed(): Promise<void> {
    await stage.waitUntilIdle();
    removeMember(stage.corp, `new${round - 1}`);
    expect(await stage.sync()).toMatchObject({ status: 'awaitingApproval', held: { members: 1 } });
    await untilLeaseIsFree(stage.sql);
  }

  async function expectNothingWrittenOnWaking(begun: Promise<unknown>): Promise<void> {
    const before = await dumpAll();
    paused.resume();
    await begun;
    await waitForJobs();
    expect(await dumpAll()).toEqual(before);
  }

  /** Everything that a run writes. */
  const dumpAll = async () => ({
    mirror: await dumpMirror(stage.sql),
    runs: await stage.sql('SELECT * FROM sync_run ORDER BY started_at'),
    changes: await stage.sql('SELECT * FROM sync_change ORDER BY run_id, seq'),
    settings: await stage.sql('SELECT * FROM wecom_connection'),
  });

  it('writes nothing, wherever it was paused', { timeout: 900_000 }, async () => {
    expect(steps.length).toBeGreaterThan(12);
    for (const step of chooseCases(steps, 1)) {
      await outlive(step).catch((error: unknown) => {
        throw new Error(`paused before ${step.label}, time ${step.occurrence}`, { cause: error });
      });
    }
  });

  async function outlive(step: Step): Promise<void> {
    await change();
    const { begun } = await pauseAt(step);
    // As Postgres does by itself after some seconds, see below.
    await stage.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND state LIKE 'idle in transaction%'`);
    await waitOneMinute(stage.sql);
    await succeed();
    await expectNothingWrittenOnWaking(begun);
  }

  it('keeps nobody waiting for more than a minute, even with its transaction open', {
    timeout: 240_000,
  }, async () => {
    await change();
    const commit = steps.findLast(({ label }) => label === 'COMMIT');
    if (commit === undefined) throw new Error('A run has no transaction.');
    const { begun } = await pauseAt(commit);
    const pausedAt = Date.now();
    await stage.waitUntilIdle();
    expect(Date.now() - pausedAt).toBeLessThan(60_000);
    await succeed();
    await expectNothingWrittenOnWaking(begun);
    await stage.expectNextSyncMirrors();
  });
});
