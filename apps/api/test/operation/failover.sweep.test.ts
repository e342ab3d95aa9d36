import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { removeMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';
import type { Answer } from '../support/api-client.ts';
import { connectCallbacks } from '../support/connect-callbacks.ts';
import { type KillableStage, startKillableStage } from '../support/killable-stage.ts';
import { type ReplicatedPostgres, startReplicatedPostgres } from '../support/replicated-postgres.ts';
import { addDepartment, createSmallCorp, hire, move } from '../support/small-corp.ts';
import { isOfRun, type Step, writes } from '../support/step.ts';
import { chooseCases } from '../support/sweep.ts';
import { migratePostgres } from '../support/template-database.ts';

/** Work that the failover interrupts. */
interface Story {
  name: string;
  /** Brings corp and mirror to where it begins; the same shape each time, so that the steps are the same. */
  prepare(stage: KillableStage, round: number): Promise<Beginning>;
}

interface Beginning {
  begin(): Promise<Answer<unknown> | undefined>;
  /** When all of it is done, however often it was tried. */
  ended(): Promise<unknown>;
}

/** What comes and what goes in a round. */
function change({ corp }: KillableStage, round: number): void {
  if (corp.findMember(`new${round - 1}`)) removeMember(corp, `new${round - 1}`);
  addDepartment(corp, 100 + round, 1);
  hire(corp, `new${round}`, 100 + round, 10);
  move(corp, 'bob', round % 2 === 0 ? 10 : 20);
}

async function settle(stage: KillableStage): Promise<void> {
  stage.wecom.callbacks.unset('contacts');
  await stage.expectNextSyncMirrors();
  await stage.resetGuardWindow();
}

const startSync = (stage: KillableStage) =>
  stage.api.request('POST', '/sync-runs', { body: { mode: 'apply' } });

const stories: Story[] = [
  {
    name: 'a sync',
    prepare: async (stage, round) => {
      await settle(stage);
      change(stage, round);
      return { begin: () => startSync(stage), ended: stage.waitUntilIdle };
    },
  },
  {
    name: 'an undo',
    prepare: async (stage, round) => {
      await settle(stage);
      change(stage, round);
      const { id } = await stage.sync();
      const { removals } = await stage.api.call(endpoints.getUndoEffect, { params: { id } });
      const body = { confirmedRemovals: removals.departments + removals.members };
      return {
        begin: () => stage.api.request('POST', `/sync-runs/${id}/undo`, { body }),
        ended: stage.waitUntilIdle,
      };
    },
  },
  {
    name: 'a sync for events',
    prepare: async (stage, round) => {
      await settle(stage);
      await connectCallbacks(stage);
      return {
        begin: async () => {
          change(stage, round);
          return undefined;
        },
        ended: () => untilEventsAreProcessed(stage),
      };
    },
  },
];

/** Every event that WeCom was told is taken is there once and came to a good end. */
async function untilEventsAreProcessed({ wecom, sql }: KillableStage): Promise<void> {
  await wecom.callbacks.idle();
  const { delivered, lost } = wecom.callbacks.stats();
  expect(lost).toBe(0);
  const states = () => sql('SELECT status, count(*)::int AS events FROM callback_event GROUP BY status');
  await expect.poll(states, { timeout: 120_000 }).toEqual([{ status: 'processed', events: delivered }]);
}

/** When the primary dies. */
interface Moment {
  story: Story;
  /** Which of the story’s steps: how far it is among them. */
  share: number;
  /** The step has been done, and the product was not told: otherwise it dies before the step. */
  isDone: boolean;
}

const nameOf = ({ story, share, isDone }: Moment): string =>
  `${Math.round(share * 100)} % into ${story.name}, ${isDone ? 'its answer lost' : 'before a step'}`;
const shares = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];
const moments = chooseCases(
  shares.flatMap((share, index) =>
    stories.map((story, place): Moment => ({ story, share, isDone: (index + place) % 2 === 0 })),
  ),
  1,
);

let folder: string;
let postgres: ReplicatedPostgres;
let stage: KillableStage;
/** Runs that a server has confirmed. */
const confirmed: string[] = [];
let round = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orgmirror-failover-'));
  postgres = await startReplicatedPostgres();
  const databaseUrl = await postgres.createDatabase('mirror');
  await migratePostgres(databaseUrl);
  const env = { DATABASE_URL: databaseUrl, DATA_DIR: folder, APP_SECRET: 'f'.repeat(64) };
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
  stage = await startKillableStage(corp, { env, remove: async () => undefined });
  await connectCallbacks(stage); // from then on syncs count drift: all have the same steps
  Object.assign(stage.wecom.callbacks.delivery, { tries: 200, retryDelayMs: 300 });
});
afterAll(async () => {
  await stage.server().kill();
  await stage.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const stepsOf = new Map<Story, Step[]>();

/** The steps of undisturbed work that change anything or call WeCom. */
async function listSteps(story: Story): Promise<Step[]> {
  await story.prepare(stage, ++round); // only from the second on does anybody go
  const { begin, ended } = await story.prepare(stage, ++round);
  stage.server().countSteps();
  await begin();
  await ended();
  return (await stage.server().readSteps()).filter(isOfRun).filter(writes);
}

async function findStep({ story, share }: Moment): Promise<Step> {
  const steps = stepsOf.get(story) ?? (await listSteps(story));
  stepsOf.set(story, steps);
  const step = steps[Math.floor(share * steps.length)];
  if (step === undefined) throw new Error(`${story.name} took no step`);
  return step;
}

const ask = (path: string) => stage.api.request('GET', path);
const readiness = async (): Promise<[status: number, code: unknown]> => {
  const answer = await fetch(new URL('/readyz', stage.server().url));
  const body = (await answer.json()) as { code?: string };
  return [answer.status, body.code];
};

/** What a client may get while the database is away, and the product rightly says then. */
function expectUnavailable({ status, body, headers }: Answer<unknown>): void {
  expect([status, (body as { code: string }).code]).toEqual([503, 'database.unavailable']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

async function failOver({ isDone }: Moment): Promise<void> {
  if (isDone) {
    const lost = postgres.loseAnswers();
    await stage.server().wake();
    await lost;
    await postgres.killPrimary();
  } else {
    await postgres.killPrimary();
    await stage.server().wake();
  }
  await expect.poll(readiness).toEqual([503, 'database.unavailable']);
  for (const path of ['/members', '/overview']) expectUnavailable(await ask(path));
  expectUnavailable(await startSync(stage));
  await postgres.promote();
  await expect.poll(readiness).toEqual([200, undefined]);
  expect((await ask('/members')).status).toBe(200);
}

async function expectNothingLostOrTwice(): Promise<void> {
  const { sql } = stage;
  const ended = await sql<{ id: string; status: string; code: string | null }>(
    `SELECT id, status, error->>'code' AS code FROM sync_run WHERE id = ANY($1::uuid[])`,
    [confirmed],
  );
  expect(ended).toHaveLength(confirmed.length);
  for (const { status, code } of ended)
    expect(['succeeded null', 'failed database.unavailable', 'failed sync.interrupted']).toContain(
      `${status} ${code}`,
    );
  const twice = async (statement: string) => expect(await sql(statement)).toEqual([]);
  await twice(`SELECT run_id, entity, key, kind FROM sync_change
      GROUP BY run_id, entity, key, kind HAVING count(*) > 1`);
  await twice(`SELECT key FROM sync_change JOIN sync_run ON id = run_id
      WHERE applied_at IS NOT NULL AND entity = 'member' AND kind = 'create' GROUP BY key HAVING count(*) > 1`);
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  const env = { LOG_LEVEL: 'silent', ...stage.database.env };
  expect(await runCommand(['audit:verify'], { env, print, printError: print }), said.join('\n')).toBe(0);
}

it.each(moments.map((moment) => ({ moment, name: nameOf(moment) })))(
  'the database fails over $name: nothing is lost or done twice',
  { timeout: 180_000 },
  async ({ moment }) => {
    const { story } = moment;
    const step = await findStep(moment);
    const { begin, ended } = await story.prepare(stage, ++round);
    await postgres.addReplica();
    const reached = stage.server().signalAt(step, 'SIGSTOP');
    const begun = begin();
    await reached;
    await failOver(moment);
    const answer = await begun;
    if (answer?.status === 202) confirmed.push((answer.body as SyncRun).id);
    else if (answer !== undefined) expectUnavailable(answer);

    await ended();
    await stage.waitUntilIdle();
    await stage.expectNextSyncMirrors();
    await expectNothingLostOrTwice();
  },
);
