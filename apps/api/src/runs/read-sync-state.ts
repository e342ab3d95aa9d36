import type { SyncDifference, SyncState } from '@orgmirror/contracts';
import type { PrismaClient, SyncRun, WecomConnection } from '../platform/database/generated/client.ts';
import { listNextScheduledRuns } from '../schedule/next-scheduled-runs.ts';
import { findPause } from '../schedule/present-schedule-state.ts';

/** Runs that read all of WeCom, by any trigger; the check of one member is none. */
const readsEverything = { scope: 'full', mode: { in: ['apply', 'preview'] }, trigger: { not: 'check' } };

const described = { id: true, finishedAt: true, statusChangedAt: true, mode: true } as const;
type DescribedRun = Pick<SyncRun, keyof typeof described>;

/** Enough to say why; an admin looks at the history for the rest. */
const maxDifferences = 5;

/** How fresh the directory is at an instant, and the run of the last full sync. */
export async function readSyncState(
  prisma: PrismaClient,
  connection: WecomConnection | null,
  at: Date,
): Promise<{ state: SyncState; last: SyncRun | null }> {
  if (connection === null) {
    const state = { lastFullSync: null, nextSyncAt: null, differences: [], needsPerson: null };
    return { state, last: null };
  }
  const last = await findLastFullSync(prisma, connection.corpRowId);
  const [next] = listNextScheduledRuns(connection, at, 1);
  const [differences, needsPerson] = await Promise.all([
    last === null ? [] : listDifferences(prisma, last),
    findNeed(prisma, connection, last),
  ]);
  const state = {
    lastFullSync: last && { runId: last.id, at: (last.appliedAt ?? last.statusChangedAt).toISOString() },
    nextSyncAt: next?.toISOString() ?? null,
    differences,
    needsPerson,
  };
  return { state, last };
}

/** A later sync that succeeded, scheduled or not, is the last full one. */
async function findNeed(
  prisma: PrismaClient,
  connection: WecomConnection,
  last: SyncRun | null,
): Promise<SyncState['needsPerson']> {
  const pause = findPause(connection);
  if (pause !== null) return { kind: 'paused', ...pause };
  const failed = await prisma.syncRun.findFirst({
    select: described,
    where: {
      corpRowId: connection.corpRowId,
      ...readsEverything,
      trigger: 'schedule',
      status: 'failed',
      ...(last && { startedAt: { gt: last.startedAt } }),
    },
    orderBy: { startedAt: 'desc' },
  });
  if (failed === null) return null;
  return {
    kind: 'failed',
    runId: failed.id,
    at: (failed.finishedAt ?? failed.statusChangedAt).toISOString(),
  };
}

/** The latest run whose plan was applied, or that had nothing to apply. A preview that waits is neither. */
const findLastFullSync = (prisma: PrismaClient, corpRowId: number): Promise<SyncRun | null> =>
  prisma.syncRun.findFirst({
    where: {
      corpRowId,
      ...readsEverything,
      OR: [{ appliedAt: { not: null } }, { status: 'succeeded' }],
    },
    orderBy: { startedAt: 'desc' },
  });

async function listDifferences(prisma: PrismaClient, last: SyncRun): Promise<SyncDifference[]> {
  const later = await prisma.syncRun.findMany({
    select: described,
    where: {
      corpRowId: last.corpRowId,
      startedAt: { gt: last.startedAt },
      OR: [
        { mode: 'undo', status: 'succeeded' },
        { ...readsEverything, status: 'failed' },
      ],
    },
    orderBy: { startedAt: 'desc' },
    take: maxDifferences,
  });
  const since = later.map((run) => describe(run, run.mode === 'undo' ? 'undone' : 'failed'));
  const own = kindsOf(last).map((kind) => describe(last, kind));
  return [...since, ...own];
}

function kindsOf({ complete, status }: SyncRun): SyncDifference['kind'][] {
  const kinds: SyncDifference['kind'][] = [];
  if (status === 'awaitingApproval') kinds.push('held');
  else if (status !== 'succeeded') kinds.push('notRemoved'); // rejected, expired or superseded
  if (complete === false) kinds.push('partial');
  return kinds;
}

const describe = (
  { id, finishedAt, statusChangedAt }: DescribedRun,
  kind: SyncDifference['kind'],
): SyncDifference => ({ kind, runId: id, at: (finishedAt ?? statusChangedAt).toISOString() });
