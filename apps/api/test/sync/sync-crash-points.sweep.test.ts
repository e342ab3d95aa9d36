import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { deleteDepartment, removeMember, updateMember } from '@orgmirror/wecom-simulator';
import { describe, expect, it } from 'vitest';
import { type Mirror, readCorp, readMirror } from '../support/compare-mirror.ts';
import { type KillableStage, startKillableStage, waitOneMinute } from '../support/killable-stage.ts';
import type { Sql } from '../support/query-database.ts';
import { dumpMirror } from '../support/read-directory.ts';
import { addDepartment, createSmallCorp, hire, move } from '../support/small-corp.ts';
import { isOfRun, type Step, writes } from '../support/step.ts';
import { chooseCases } from '../support/sweep.ts';
import { usesPostgres } from '../support/test-database.ts';
import { startConfirmedUndo } from '../support/undo-stage.ts';

/** Steps of each story that a sample tries. */
const samplePerStory = 1;

/** A kind of run, made ready anew for each of its steps. */
interface Story {
  name: string;
  /**
   * Before which steps it is killed. A statement that only reads leaves the same behind as the step after it;
   * and a restart on the embedded database is slow. Between them the stories leave nothing out on Postgres.
   */
  chosen(step: Step, index: number): boolean;
  /**
   * Brings corp and mirror to where the run begins; the same shape each time, so that the steps are the same.
   */
  prepare(stage: KillableStage, round: number): Promise<Beginning>;
}

interface Beginning {
  begin(): Promise<SyncRun>;
  /** The mirror once the run is applied. */
  after: Mirror;
}

const corpOf = () =>
  createSmallCorp(
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

/** A member and a department come, the last ones go, one moves, one is renamed. */
function change({ corp }: KillableStage, round: number): void {
  if (corp.findMember(`new${round - 1}`)) {
    removeMember(corp, `new${round - 1}`);
    deleteDepartment(corp, 100 + round - 1);
  }
  addDepartment(corp, 100 + round, 1);
  hire(corp, `new${round}`, 100 + round, 10);
  move(corp, 'bob', round % 2 === 0 ? 10 : 20);
  updateMember(corp, 'ann', { name: `安${round}` });
}

const startSync = (stage: KillableStage) =>
  stage.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });

/** In an order that keeps references whole; a TRUNCATE would take the sessions with the members. */
const emptiedTables = ['sync_change', 'sync_run', 'member_sensitive', 'membership', 'member', 'department'];

const fewOfThem = (step: Step, index: number): boolean => writes(step) && (usesPostgres || index % 4 === 0);

const stories: Story[] = [
  {
    name: 'a first sync',
    chosen: fewOfThem,
    prepare: async (stage) => {
      for (const table of emptiedTables) await stage.sql(`DELETE FROM ${table}`);
      await stage.sql('UPDATE corp SET revision = 0');
      await stage.sql('DELETE FROM wecom_access_token');
      return { begin: () => startSync(stage), after: readCorp(stage.corp) };
    },
  },
  {
    name: 'a sync of changes',
    chosen: (step) => usesPostgres || writes(step),
    prepare: async (stage, round) => {
      await stage.expectNextSyncMirrors();
      await stage.resetGuardWindow();
      change(stage, round);
      return { begin: () => startSync(stage), after: readCorp(stage.corp) };
    },
  },
  {
    name: 'the approval of held removals',
    chosen: fewOfThem,
    prepare: async (stage, round) => {
      await stage.api.call(endpoints.saveSyncSettings, { body: { removalGuard: { maxCount: 0 } } });
      hire(stage.corp, `new${round}`, 10);
      await stage.expectNextSyncMirrors();
      removeMember(stage.corp, `new${round}`);
      const held = await stage.sync();
      expect(held).toMatchObject({ status: 'awaitingApproval', held: { members: 1 } });
      const body = { planFingerprint: held.planFingerprint ?? '' };
      const begin = () => stage.api.call(endpoints.approveSyncRun, { params: { id: held.id }, body });
      return { begin, after: readCorp(stage.corp) };
    },
  },
  {
    name: 'an undo',
    chosen: fewOfThem,
    prepare: async (stage, round) => {
      await stage.expectNextSyncMirrors();
      await stage.resetGuardWindow();
      const after = await readMirror(stage.sql);
      change(stage, round);
      const done = await stage.sync();
      expect(done.status).toBe('succeeded');
      const begin = () => startConfirmedUndo(stage.api, done);
      return { begin, after };
    },
  },
];

/** The steps of an undisturbed run, from the click to the last word about it. */
async function listSteps(stage: KillableStage, story: Story): Promise<Step[]> {
  await story.prepare(stage, 0); // only from the second on does anybody go
  const { begin, after } = await story.prepare(stage, 1);
  stage.server().countSteps();
  await begin();
  await stage.waitUntilIdle();
  await new Promise((resolve) => setTimeout(resolve, 500)); // what follows the end of the run
  const steps = await stage.server().readSteps();
  expect(await readMirror(stage.sql)).toEqual(after);
  return chooseCases(steps.filter(isOfRun).filter(story.chosen), samplePerStory);
}

/** Kills the server just before the step; the rest must come right by itself. */
async function killAt(stage: KillableStage, story: Story, step: Step, round: number): Promise<void> {
  const { begin, after } = await story.prepare(stage, round);
  const before = await dumpMirror(stage.sql);
  const reached = stage.server().signalAt(step, 'SIGKILL');
  const begun = begin().catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error; // fetch: the server died before it answered
  });
  await Promise.all([begun, reached]);

  await stage.whileDown(async (sql) => {
    await expectOldOrNew(sql, before, after);
    await waitOneMinute(sql);
  });
  await stage.restart();
  await stage.waitUntilIdle();
  await expectOldOrNew(stage.sql, before, after);
  await stage.expectNextSyncMirrors();
}

/** The last good tree, not a row of it written; or the new one, whole. */
async function expectOldOrNew(sql: Sql, before: string[], after: Mirror) {
  if (JSON.stringify(await dumpMirror(sql)) === JSON.stringify(before)) return;
  expect(await readMirror(sql)).toEqual(after);
}

describe('a server that is killed before any step of', () => {
  it.each(stories)(
    '$name leaves the old tree or the new one, and syncs again by itself',
    { timeout: 1_200_000 },
    async (story) => {
      const stage = await startKillableStage(corpOf());
      await stage.sync();
      const steps = await listSteps(stage, story);
      for (const [index, step] of steps.entries()) {
        await killAt(stage, story, step, index + 2).catch((error: unknown) => {
          throw new Error(`killed before ${step.label}, time ${step.occurrence}`, { cause: error });
        });
      }
      await stage.stop();
    },
  );
});
