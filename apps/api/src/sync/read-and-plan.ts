import {
  type RemovalGuard,
  removalGuard,
  type SyncManifest,
  type SyncRun as SyncRunAnswer,
  type SyncRunStatus,
} from '@orgmirror/contracts';
import type { Snapshot } from '@orgmirror/planner';
import type { WecomClient } from '@orgmirror/wecom';
import type { Logger } from 'pino';
import { openCredentials } from '../connection/connect-wecom.ts';
import { findConnection } from '../connection/wecom-connection-repository.ts';
import { hasJobEnded } from '../events/callback-event-repository.ts';
import { listWaitingRenames } from '../events/claimed-events.ts';
import type { Prisma } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { enterPhase } from '../runs/enter-phase.ts';
import { hasWaitingRun } from '../runs/keep-waiting-runs.ts';
import { createProgressReporter } from '../runs/report-progress.ts';
import {
  countRecentRemovals,
  forgetPlan,
  moveRun,
  recordManifest,
  type SyncRun,
} from '../runs/sync-run-repository.ts';
import { type Lease, writeUnderLease } from '../runs/write-under-lease.ts';
import { collectGarbage } from './collect-garbage.ts';
import { listPresentMembers } from './plan/current-directory-repository.ts';
import { type MadePlan, makePlan } from './plan/make-plan.ts';
import { readTargeted } from './read-targeted.ts';
import { readWithConfirmation } from './snapshot/read-with-confirmation.ts';
import { finishReading } from './snapshot/reading.ts';
import { digestContext, type SyncDependencies } from './sync-dependencies.ts';

type RunWarning = SyncRunAnswer['warnings'][number];

/** A run under way. */
export interface RunContext {
  dependencies: SyncDependencies;
  run: SyncRun;
  lease: Lease;
  signal: AbortSignal;
  phases: Phases;
}

/** A plan, and what it was made from. */
export interface Planned {
  plan: MadePlan;
  settingsVersion: number;
  /** What was read after all. */
  scope: 'full' | 'targeted';
  /** Whether everything that was asked was answered. */
  complete: boolean;
}

/**
 * Reads and plans. A targeted run reads everything after all when its targets do not tell enough, or when it would hold
 * removals while others wait: they are to be judged and approved together.
 */
export async function readAndPlan(context: RunContext): Promise<Planned> {
  const { dependencies, run, lease } = context;
  const { prisma } = dependencies;
  const targeted = run.scope === 'targeted' ? await readTargets(context) : undefined;
  if (targeted?.kind === 'read') {
    const planned = await planFrom(context, targeted, 'targeted');
    if (!hasHeld(planned.plan) || !(await hasWaitingRun(prisma, run.corpRowId))) return planned;
    await writeUnderLease(prisma, lease, async (transaction) => {
      await forgetPlan(transaction, run.id);
      await moveRun(transaction, run.id, ['planning'], { status: 'reading' });
    });
  }
  const warnings = targeted?.kind === 'doubtful' ? [targeted.warning] : [];
  return planFrom(context, await readEverything(context, warnings), 'full');
}

/** Whether anything of a plan waits for approval. */
export const hasHeld = ({ held, heldReasons }: MadePlan): boolean =>
  held.departments + held.members > 0 || heldReasons.length > 0;

interface ReadResult {
  snapshot: Snapshot;
  /** Of a targeted read: the only members that it tells of. */
  targetKeys?: readonly string[] | undefined;
  guard: RemovalGuard;
  settingsVersion: number;
}

async function planFrom(
  { dependencies, run, lease, signal, phases }: RunContext,
  { snapshot, targetKeys, guard, settingsVersion }: ReadResult,
  scope: Planned['scope'],
): Promise<Planned> {
  const { prisma, database, secretBox, now } = dependencies;
  phases.end('reading');
  collectGarbage();
  await enterPhase(prisma, run, lease, 'reading', 'planning');
  const since = new Date(now().getTime() - guard.windowHours * 3_600_000);
  const plan = await makePlan({
    prisma,
    executeLarge: database.executeLarge,
    secretBox,
    digest: (text) => secretBox.digest(text, digestContext),
    lease,
    snapshot,
    targetKeys,
    renames: await listWaitingRenames(prisma, run.corpRowId),
    removalGuard: guard,
    recentRemovals: await countRecentRemovals(prisma, run.corpRowId, since),
    signal,
  });
  phases.end('planning');
  return { plan, settingsVersion, scope, complete: snapshot.complete };
}

async function readEverything(context: RunContext, warnings: readonly RunWarning[]): Promise<ReadResult> {
  const { dependencies, run, lease, signal } = context;
  const { prisma, secretBox, maxConcurrency } = dependencies;
  return withClient(context, async ({ client, agentId, settings, progress }) => {
    const reading = await readWithConfirmation(
      {
        client,
        agentId,
        digest: (text) => secretBox.digest(text, digestContext),
        signal,
        maxConcurrency,
        mayExport: true,
        isExportFinished: (jobid) => hasJobEnded(prisma, run.corpRowId, jobid),
        random: Math.random,
        onProgress: progress.report,
      },
      () => listPresentMembers(prisma, run.corpRowId),
    );
    const snapshot = await finishReading(reading);
    const manifest: SyncManifest = { ...reading.evidence, ...progress.calls };
    const found = {
      manifest,
      scope: 'full' as const,
      source: reading.source,
      complete: snapshot.complete,
      warnings: [...warnings, ...reading.warnings, ...snapshot.warnings] as unknown as Prisma.InputJsonArray, // plain JSON by its type
    };
    await writeUnderLease(prisma, lease, (transaction) => recordManifest(transaction, run.id, found));
    return { snapshot, ...settings };
  });
}

/** Reads what the events of the run named; doubtful when that tells too little. */
async function readTargets(context: RunContext) {
  const { dependencies, run, lease, signal } = context;
  const { prisma, secretBox, maxConcurrency } = dependencies;
  return withClient(context, async ({ client, agentId, settings, progress }) => {
    const digest = (text: string) => secretBox.digest(text, digestContext);
    const read = await readTargeted({ prisma, client, agentId, digest, signal, maxConcurrency }, run);
    if (read.kind === 'doubtful') return read;
    const manifest: SyncManifest = { ...read.evidence, ...progress.calls };
    const found = {
      manifest,
      scope: 'targeted' as const,
      source: 'departments' as const,
      complete: true,
      warnings: read.snapshot.warnings as unknown as Prisma.InputJsonArray, // plain JSON by its type
    };
    await writeUnderLease(prisma, lease, (transaction) => recordManifest(transaction, run.id, found));
    return { ...read, ...settings };
  });
}

/** Gives a client of the saved connection, whose calls are counted as the run's progress. */
async function withClient<Result>(
  { dependencies, run, lease }: RunContext,
  read: (parts: {
    client: WecomClient;
    agentId: number;
    settings: Pick<ReadResult, 'guard' | 'settingsVersion'>;
    progress: ReturnType<typeof createProgressReporter>;
  }) => Promise<Result>,
): Promise<Result> {
  const { prisma, secretBox, connectWecom, logger } = dependencies;
  const connection = await findConnection(prisma);
  if (connection?.corpRowId !== run.corpRowId) throw new AppError('plan.stale'); // the corp was changed meanwhile
  const credentials = openCredentials(connection, secretBox);
  const progress = createProgressReporter({ prisma, logger }, lease);
  const settings = {
    guard: removalGuard.parse(connection.removalGuard),
    settingsVersion: connection.planVersion,
  };
  try {
    const client = connectWecom(credentials, { onCall: progress.countCall });
    return await read({ client, agentId: credentials.agentId, settings, progress });
  } finally {
    await progress.finish();
  }
}

type Phases = ReturnType<typeof logPhases>;

/** Logs how long each phase took, in milliseconds, and the process's memory after it. */
export function logPhases(logger: Logger, runId: string) {
  let startedAt = performance.now();
  return {
    end: (phase: SyncRunStatus) => {
      const durationMs = Math.round(performance.now() - startedAt);
      const residentMb = Math.round(process.memoryUsage.rss() / 2 ** 20);
      logger.info({ runId, phase, durationMs, residentMb }, 'sync phase ended');
      startedAt = performance.now();
    },
  };
}
