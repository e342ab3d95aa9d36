import type { SyncManifest, SyncRun } from '@orgmirror/contracts';
import type { GuardLimits, Snapshot } from '@orgmirror/planner';
import type { WecomClient } from '@orgmirror/wecom';
import { openCredentials } from '../connection/connect-wecom.ts';
import { readGuardLimits } from '../connection/read-guard-limits.ts';
import { findConnection } from '../connection/wecom-connection-repository.ts';
import { hasJobEnded } from '../events/callback-event-repository.ts';
import type { Prisma } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { fencedTransaction } from '../runs/fenced-transaction.ts';
import { createProgressReporter } from '../runs/report-progress.ts';
import { findPartialSince, recordManifest } from '../runs/sync-run-repository.ts';
import { listPresentMembers, readMemberPlaces } from './plan/current-directory-repository.ts';
import { createDirectoryDigest } from './plan/directory-digest.ts';
import { readEventTargets } from './read-event-targets.ts';
import type { RunContext } from './run-context.ts';
import { maxReadOneByOne } from './snapshot/read-directory.ts';
import { readWithConfirmation } from './snapshot/read-with-confirmation.ts';
import { finishSnapshotRead } from './snapshot/snapshot-read.ts';

type RunWarning = SyncRun['warnings'][number];

/** What WeCom said, and the settings that it was asked with. */
export interface ReadSnapshot {
  snapshot: Snapshot;
  scope: 'full' | 'targeted';
  /** Of a targeted read: the only members that it tells of. */
  targetKeys?: readonly string[] | undefined;
  limits: GuardLimits;
  settingsVersion: number;
}

/** Reads what the run asks for: a targeted run everything after all when its targets do not tell enough. */
export async function readSnapshot(context: RunContext): Promise<ReadSnapshot> {
  if (context.run.scope !== 'targeted') return readFullSnapshot(context);
  const targeted = await readTargetedSnapshot(context);
  return targeted.kind === 'read' ? targeted : readFullSnapshot(context, [targeted.warning]);
}

/** Reads everything that the app may see, and records the manifest of it. */
export async function readFullSnapshot(
  context: RunContext,
  warnings: readonly RunWarning[] = [],
): Promise<ReadSnapshot> {
  const { dependencies, run, lease, signal } = context;
  const { prisma, secretBox, maxConcurrency } = dependencies;
  return withClient(context, async ({ client, agentId, settings, progress }) => {
    const reading = await readWithConfirmation(
      {
        client,
        agentId,
        digest: createDirectoryDigest(secretBox),
        signal,
        maxConcurrency,
        exportAbove: maxReadOneByOne,
        isExportFinished: (jobid) => hasJobEnded(prisma, run.corpRowId, jobid),
        random: Math.random,
        onProgress: progress.report,
      },
      {
        list: () => listPresentMembers(prisma, run.corpRowId),
        readPlaces: (userKeys) => readMemberPlaces(prisma, run.corpRowId, userKeys),
      },
    );
    const snapshot = await finishSnapshotRead(reading);
    const manifest: SyncManifest = {
      ...reading.evidence,
      ...progress.calls,
      ...(!snapshot.complete && { partialSince: await findPartialSince(prisma, run) }),
    };
    const found = {
      manifest,
      scope: 'full' as const,
      source: reading.source,
      complete: snapshot.complete,
      warnings: [...warnings, ...reading.warnings, ...snapshot.warnings] as unknown as Prisma.InputJsonArray, // plain JSON by its type
    };
    await fencedTransaction(prisma, lease, (transaction) => recordManifest(transaction, run.id, found));
    return { snapshot, scope: found.scope, ...settings };
  });
}

/** Reads what the events of the run named; inconclusive when that tells too little. */
async function readTargetedSnapshot(context: RunContext) {
  const { dependencies, run, lease, signal } = context;
  const { prisma, secretBox, maxConcurrency } = dependencies;
  return withClient(context, async ({ client, agentId, settings, progress }) => {
    const digest = createDirectoryDigest(secretBox);
    const read = await readEventTargets({ prisma, client, agentId, digest, signal, maxConcurrency }, run);
    if (read.kind === 'inconclusive') return read;
    const manifest: SyncManifest = { ...read.evidence, ...progress.calls };
    const found = {
      manifest,
      scope: 'targeted' as const,
      source: 'departments' as const,
      complete: true,
      warnings: read.snapshot.warnings as unknown as Prisma.InputJsonArray, // plain JSON by its type
    };
    await fencedTransaction(prisma, lease, (transaction) => recordManifest(transaction, run.id, found));
    return { ...read, scope: found.scope, ...settings };
  });
}

/** Gives a client of the saved connection, whose calls are counted as the run's progress. */
async function withClient<Result>(
  { dependencies, run, lease }: RunContext,
  read: (parts: {
    client: WecomClient;
    agentId: number;
    settings: Pick<ReadSnapshot, 'limits' | 'settingsVersion'>;
    progress: ReturnType<typeof createProgressReporter>;
  }) => Promise<Result>,
): Promise<Result> {
  const { prisma, secretBox, connectWecom, logger } = dependencies;
  const connection = await findConnection(prisma);
  if (connection?.corpRowId !== run.corpRowId) throw new AppError('plan.stale'); // the corp was changed meanwhile
  const credentials = openCredentials(connection, secretBox);
  const progress = createProgressReporter({ prisma, logger }, lease);
  const settings = {
    limits: readGuardLimits(connection),
    settingsVersion: connection.planVersion,
  };
  try {
    const client = connectWecom(credentials, { onCall: progress.countCall });
    return await read({ client, agentId: credentials.agentId, settings, progress });
  } finally {
    await progress.finish();
  }
}
