import {
  removalGuard,
  type SyncManifest,
  type SyncRunCounts,
  type SyncRunStatus,
} from '@orgmirror/contracts';
import type { Logger } from 'pino';
import { AppError } from '../app-error.ts';
import { applyPlan } from '../apply/apply-plan.ts';
import { refreshHashes } from '../apply/refresh-hashes.ts';
import type { Now } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Prisma, PrismaClient } from '../database/generated/client.ts';
import { type Lease, LeaseLostError, writeUnderLease } from '../database/write-under-lease.ts';
import {
  countRecentRemovals,
  endRun,
  isCancelRequested,
  moveRun,
  recordManifest,
  type SyncRun,
  supersedeWaitingRuns,
} from '../history/sync-run-repository.ts';
import { listPresentMembers } from '../plan/current-directory-repository.ts';
import { type MadePlan, makePlan } from '../plan/make-plan.ts';
import type { SecretBox } from '../secret-box.ts';
import { type ConnectWecom, openCredentials } from '../settings/connect-wecom.ts';
import { findConnection } from '../settings/wecom-connection-repository.ts';
import { readWithConfirmation } from '../snapshot/read-with-confirmation.ts';
import { finishReading } from '../snapshot/reading.ts';
import { collectGarbage } from './collect-garbage.ts';
import { createProgressReporter } from './report-progress.ts';

export interface SyncDependencies {
  prisma: PrismaClient;
  database: Pick<Database, 'executeLarge'>;
  secretBox: SecretBox;
  connectWecom: ConnectWecom;
  maxConcurrency: number;
  logger: Logger;
  now: Now;
}

/** Whose content hashes and fingerprints these are; keyed, so that they tell nothing about short values. */
export const digestContext = 'directory';

/** How long what is held can be approved: three days span a weekend. */
const holdForMs = 72 * 3_600_000;

/**
 * One sync from beginning to end: read what WeCom says, plan the difference, apply what needs nobody's approval in one
 * transaction, and leave the rest waiting. Whatever fails before the transaction's end leaves the directory as it was.
 * @returns false when the run was cancelled or done already
 */
export async function runSync(
  dependencies: SyncDependencies,
  run: SyncRun,
  lease: Lease,
  signal: AbortSignal,
): Promise<boolean> {
  const { prisma, now } = dependencies;
  if (!(await takeUp(prisma, run, lease, 'reading'))) return false;
  const phases = logPhases(dependencies.logger, run.id);
  const { snapshot, guard, settingsVersion } = await readSnapshot(dependencies, run, lease, signal);
  phases.end('reading');
  collectGarbage();

  await enterPhase(prisma, run, lease, 'reading', 'planning');
  const since = new Date(now().getTime() - guard.windowHours * 3_600_000);
  const plan = await makePlan({
    prisma,
    executeLarge: dependencies.database.executeLarge,
    secretBox: dependencies.secretBox,
    digest: (text) => dependencies.secretBox.digest(text, digestContext),
    lease,
    snapshot,
    removalGuard: guard,
    recentRemovals: await countRecentRemovals(prisma, run.corpRowId, since),
    signal,
  });
  phases.end('planning');
  signal.throwIfAborted();
  await refreshHashes(dependencies.database.executeLarge, lease, plan.unchangedHashes);

  if (plan.changeCount === 0 || run.mode === 'preview') {
    await writeUnderLease(prisma, lease, (transaction) =>
      endUnapplied(transaction, run, now(), plan, settingsVersion),
    );
  } else {
    await enterPhase(prisma, run, lease, 'planning', 'applying');
    signal.throwIfAborted();
    await applyFreeChanges(dependencies, run, { lease, signal }, plan, settingsVersion);
    phases.end('applying');
  }
  return true;
}

/** Begins a queued run; false when it was cancelled, or another process took it up. */
export const takeUp = (
  prisma: PrismaClient,
  run: SyncRun,
  lease: Lease,
  status: 'reading' | 'planning',
): Promise<boolean> =>
  writeUnderLease(prisma, lease, (transaction) => moveRun(transaction, run.id, ['queued'], { status }));

/** Logs how long each phase took, in milliseconds, and the process's memory after it. */
function logPhases(logger: Logger, runId: string) {
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

async function readSnapshot(dependencies: SyncDependencies, run: SyncRun, lease: Lease, signal: AbortSignal) {
  const { prisma, secretBox, connectWecom, maxConcurrency, logger } = dependencies;
  const connection = await findConnection(prisma);
  if (connection?.corpRowId !== run.corpRowId) throw new AppError('plan.stale'); // the corp was changed meanwhile
  const credentials = openCredentials(connection, secretBox);
  const progress = createProgressReporter({ prisma, logger }, lease);
  const client = connectWecom(credentials, { onCall: progress.countCall });
  try {
    const reading = await readWithConfirmation(
      {
        client,
        agentId: credentials.agentId,
        digest: (text) => secretBox.digest(text, digestContext),
        signal,
        maxConcurrency,
        mayExport: true,
        random: Math.random,
        onProgress: progress.report,
      },
      () => listPresentMembers(prisma, run.corpRowId),
    );
    const snapshot = finishReading(reading);
    const manifest: SyncManifest = { ...reading.evidence, ...progress.calls };
    const found = {
      manifest,
      source: reading.source,
      complete: snapshot.complete,
      warnings: [...reading.warnings, ...snapshot.warnings] as unknown as Prisma.InputJsonArray, // plain JSON by its type
    };
    await writeUnderLease(prisma, lease, (transaction) => recordManifest(transaction, run.id, found));
    return {
      snapshot,
      guard: removalGuard.parse(connection.removalGuard),
      settingsVersion: connection.planVersion,
    };
  } finally {
    await progress.finish();
  }
}

/** Ends a run that has nothing to apply, or a preview, which waits for approval. */
async function endUnapplied(
  transaction: Prisma.TransactionClient,
  run: SyncRun,
  at: Date,
  plan: MadePlan,
  settingsVersion: number,
): Promise<void> {
  await supersedeWaitingRuns(transaction, run.corpRowId, at);
  const waits = plan.changeCount > 0;
  await endApplied(transaction, run, waits ? 'awaitingApproval' : 'succeeded', at, {
    ...describePlan(plan, settingsVersion),
    ...(waits && { heldUntil: holdUntil(at) }),
  });
}

/** Applies what needs nobody's approval, and ends the run in the same transaction, or leaves the rest waiting. */
export async function applyFreeChanges(
  { prisma, now }: SyncDependencies,
  run: SyncRun,
  { lease, signal }: { lease: Lease; signal: AbortSignal },
  plan: MadePlan,
  settingsVersion: number,
): Promise<void> {
  const hasHeld = plan.held.departments + plan.held.members > 0 || plan.heldReasons.length > 0;
  await applyPlan({
    prisma,
    lease,
    signal,
    selection: 'free',
    baseRevision: plan.baseRevision,
    finish: async (transaction, revision) => {
      const at = now();
      await supersedeWaitingRuns(transaction, run.corpRowId, at);
      await endApplied(transaction, run, hasHeld ? 'awaitingApproval' : 'succeeded', at, {
        ...describePlan(plan, settingsVersion),
        appliedAt: at,
        // What is held was planned from the directory as it stands once the rest is applied.
        baseRevision: revision,
        unapprovedRemovals: { ...plan.freeRemovals },
        ...(hasHeld && { heldUntil: holdUntil(at) }),
      });
    },
  });
}

/** Applies what a person approved: a preview's whole plan, or the held removals of a run. */
export async function applyApproved(
  { prisma, now }: SyncDependencies,
  run: SyncRun,
  lease: Lease,
  signal: AbortSignal,
): Promise<void> {
  if (run.baseRevision === null) throw new AppError('plan.stale');
  await applyPlan({
    prisma,
    lease,
    signal,
    selection: run.mode === 'preview' ? 'all' : 'held',
    baseRevision: run.baseRevision,
    finish: async (transaction, revision) => {
      const at = now();
      await endApplied(transaction, run, 'succeeded', at, {
        appliedAt: run.appliedAt ?? at,
        baseRevision: revision,
      });
    },
  });
}

/**
 * Ends the run in the transaction that applies it; a run that somebody ended meanwhile, or asked to cancel, must not be
 * applied at all.
 * @throws AppError `sync.cancelled`; LeaseLostError
 */
export async function endApplied(
  transaction: Prisma.TransactionClient,
  run: SyncRun,
  status: SyncRunStatus,
  at: Date,
  data: Prisma.SyncRunUpdateManyMutationInput,
): Promise<void> {
  if (await endRun(transaction, run.id, status, at, data, { cancelRequestedAt: null })) return;
  throw (await isCancelRequested(transaction, run.id))
    ? new AppError('sync.cancelled')
    : new LeaseLostError();
}

export async function enterPhase(
  prisma: PrismaClient,
  run: SyncRun,
  lease: Lease,
  from: 'reading' | 'planning',
  to: 'planning' | 'applying',
): Promise<void> {
  const isMoved = await writeUnderLease(prisma, lease, (transaction) =>
    moveRun(transaction, run.id, [from], { status: to }),
  );
  if (!isMoved) throw new AppError('sync.interrupted');
}

const holdUntil = (at: Date): Date => new Date(at.getTime() + holdForMs);

const describePlan = (plan: MadePlan, settingsVersion: number) => ({
  counts: plan.counts as SyncRunCounts,
  held: { ...plan.held },
  heldReasons: plan.heldReasons as unknown as Prisma.InputJsonArray, // plain JSON by its type
  planFingerprint: plan.fingerprint,
  baseRevision: plan.baseRevision,
  settingsVersion,
});
