import { endpoints, type SyncRun, undoEffect } from '@orgmirror/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { readCorp, readMirror } from '../support/compare-mirror.ts';
import { dumpDirectory, expectSoundDirectory } from '../support/dump-directory.ts';
import { type KillableStage, startKillableStage, waitOneMinute } from '../support/killable-stage.ts';
import { type Choices, createChoices, generateCorp, generateHistory } from '../support/random-history.ts';
import { readWithLeavers, rebuildFromRecord } from '../support/rebuild-directory.ts';
import { type SpawnedServer, spawnServer } from '../support/spawn-server.ts';
import { chooseCount, sweepSeed } from '../support/sweep.ts';
import { usesPostgres } from '../support/test-database.ts';

const histories = usesPostgres ? chooseCount({ sample: 1, whole: 2 }) : 1;
const actsPerHistory = chooseCount({ sample: usesPostgres ? 8 : 4, whole: 25 });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A corp, a server that may be killed, on Postgres a second one beside it, and choices that decide what
 * happens.
 */
interface Story {
  stage: KillableStage;
  choices: Choices;
  /** One for each process. */
  clients: ApiClient[];
}

type Act = (story: Story) => Promise<void>;

/**
 * Several users click at once, in both processes. At most one run begins; it ends by itself or is disturbed.
 */
async function storm(story: Story): Promise<void> {
  const { choices, clients } = story;
  const body = { mode: choices.pick(['apply', 'apply', 'preview'] as const) };
  const clicks = [...clients, ...clients].map((client) => client.request('POST', '/sync-runs', { body }));
  const answers = await Promise.all(clicks);
  for (const { status } of answers) expect([202, 409]).toContain(status);
  // A run may end while another click is still under way: then the next one begins.
  const begun = answers.findLast(({ status }) => status === 202);
  if (begun === undefined) throw new Error('No run began.');
  const { id } = begun.body as SyncRun;
  await choices.pick<Fate>([letEnd, letEnd, killSoon, cancelSoon])(story, id);
}

/** What becomes of a run that has just begun. */
type Fate = (story: Story, runId: string) => Promise<void>;

const letEnd: Fate = ({ stage }) => stage.waitUntilIdle();

async function killSoon({ stage, choices }: Story): Promise<void> {
  await pause(choices.below(400));
  await stage.server().kill();
  await stage.whileDown(waitOneMinute);
  await stage.restart();
  await stage.waitUntilIdle();
}

async function cancelSoon({ stage, choices }: Story, id: string): Promise<void> {
  await pause(choices.below(150));
  const { status } = await stage.api.request('POST', `/sync-runs/${id}/cancel`);
  expect([200, 202, 409]).toContain(status);
  await stage.waitUntilIdle();
}

const findRun = async ({ stage }: Story, fits: (run: SyncRun) => boolean): Promise<SyncRun | undefined> =>
  (await stage.api.call(endpoints.listSyncRuns, { query: { limit: 20 } })).items.find(fits);

async function decide(story: Story): Promise<void> {
  const { choices, clients } = story;
  const waiting = await findRun(story, ({ status }) => status === 'awaitingApproval');
  if (waiting === undefined) return;
  const body = { planFingerprint: waiting.planFingerprint };
  const path = `/sync-runs/${waiting.id}/${choices.pick(['approve', 'approve', 'reject'])}`;
  // Two admins decide at the same moment.
  const answers = await Promise.all(
    [...clients, ...clients].map((client) =>
      client.request('POST', path, path.endsWith('approve') ? { body } : {}),
    ),
  );
  for (const { status } of answers) expect([200, 202, 409]).toContain(status);
  await choices.pick<Fate>([letEnd, letEnd, killSoon])(story, waiting.id);
}

async function undo(story: Story): Promise<void> {
  const { stage, choices } = story;
  const target = await findRun(story, ({ status, undoneBy }) => status === 'succeeded' && undoneBy === null);
  if (target === undefined) return;
  const path = `/sync-runs/${target.id}/undo`;
  const effect = await stage.api.request('GET', path);
  if (effect.status === 409) return;
  const { removals } = undoEffect.parse(effect.body);
  const confirmation = { confirmedRemovals: removals.departments + removals.members };
  const { status, body } = await stage.api.request('POST', path, { body: confirmation });
  expect([202, 409]).toContain(status);
  if (status === 202) await choices.pick<Fate>([letEnd, letEnd, killSoon])(story, (body as SyncRun).id);
}

const edit: Act = async ({ stage, choices }) => generateHistory(stage.corp, choices, 1 + choices.below(4));
const crash: Act = (story) => killSoon(story);
const acts: readonly Act[] = [edit, edit, storm, storm, storm, decide, decide, undo, crash];

/** The tree is what the record says, sound, and nothing is under way. */
async function expectInOrder({ stage }: Story): Promise<void> {
  const active = `SELECT id FROM sync_run WHERE status IN ('queued', 'reading', 'planning', 'applying')`;
  expect(await stage.sql(active)).toEqual([]);
  expect(await rebuildFromRecord(stage.sql)).toEqual(await readWithLeavers(stage.sql));
  expectSoundDirectory(await dumpDirectory(stage));
}

describe('a history of edits, clicks, approvals, undos, cancels and killed servers', () => {
  it('keeps the tree as it was last applied', { timeout: 900_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => liveThrough(createChoices(draw))),
      // When exactly a kill hits differs each time: a smaller history would prove nothing.
      { numRuns: histories, seed: sweepSeed, endOnFailure: true },
    );
  });

  async function liveThrough(choices: Choices): Promise<void> {
    const stage = await startKillableStage(generateCorp(choices));
    const second: SpawnedServer | undefined = usesPostgres ? await spawnServer(stage.env) : undefined;
    const clients = [stage.api];
    if (second) {
      const client = createApiClient(second.url);
      client.cookie = stage.api.cookie;
      clients.push(client);
    }
    const story = { stage, choices, clients };
    for (let count = 0; count < actsPerHistory; count++) {
      const act = choices.pick(acts);
      await act(story)
        .then(() => expectInOrder(story))
        .catch((error: unknown) => {
          throw new Error(`act ${count}: ${act.name}`, { cause: error });
        });
    }
    await stage.resetGuardWindow();
    await stage.expectNextSyncMirrors();
    expect(await readMirror(stage.sql)).toEqual(readCorp(stage.corp));
    await second?.stop();
    await stage.stop();
  }
});
