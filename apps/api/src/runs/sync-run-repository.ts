import { isDeepStrictEqual } from 'node:util';
import {
  manifest,
  type SyncManifest,
  type SyncRunCounts,
  type SyncRunStatus,
  syncRun,
} from '@orgmirror/contracts';
import { createSummary } from '@orgmirror/planner';
import {
  Prisma,
  type PrismaClient,
  type SyncRun as SyncRunRow,
} from '../platform/database/generated/client.ts';
import { holdsLease, type Lease } from './fenced-transaction.ts';

/** A run with the run that took it back, if there is one. */
export type SyncRun = SyncRunRow & { undoneBy: Pick<SyncRunRow, 'id' | 'status'> | null };

const withUndo = { undoneBy: { select: { id: true, status: true } } } as const;

export interface RunProgress {
  departmentsTotal: number;
  departmentsRead: number;
  membersRead: number;
  apiCalls: number;
}

/** How much of its work the comparing or applying phase has done. */
export interface RunWork {
  phase: 'planning' | 'applying';
  done: number;
  total: number;
}

export const noProgress: RunProgress = {
  departmentsTotal: 0,
  departmentsRead: 0,
  membersRead: 0,
  apiCalls: 0,
};

/** Adds a run, queued unless told; null when this corp has an active one already. */
export async function createRun(
  prisma: Pick<PrismaClient, 'syncRun'>,
  run: {
    id: string;
    corpRowId: number;
    mode: 'apply' | 'preview' | 'undo';
    undoOfId?: string;
    trigger: 'manual' | 'schedule' | 'check' | 'callback';
    scope?: 'full' | 'targeted';
    targets?: Prisma.InputJsonObject;
    status?: SyncRunStatus;
    /** What it removes without approval, counted once it is applied. */
    unapprovedRemovals?: Prisma.InputJsonObject;
    /** Null: the schedule. */
    startedBy: string | null;
  },
): Promise<SyncRun | null> {
  const { count } = await prisma.syncRun.createMany({
    data: {
      status: 'queued' satisfies SyncRunStatus,
      ...run,
      activeCorpRowId: run.corpRowId,
      progress: { ...noProgress },
      counts: createSummary() as SyncRunCounts,
      held: { departments: 0, members: 0 },
      heldReasons: [],
      warnings: [],
    },
    skipDuplicates: true, // activeCorpRowId is unique, and so is undoOfId
  });
  return count === 1 ? prisma.syncRun.findUniqueOrThrow({ where: { id: run.id }, include: withUndo }) : null;
}

export const findRun = (prisma: PrismaClient, id: string): Promise<SyncRun | null> =>
  prisma.syncRun.findUnique({ where: { id }, include: withUndo });

/** The run that took this one back or is about to; one that failed or was cancelled took nothing back. */
export function findUndo({ undoneBy }: SyncRun): SyncRun['undoneBy'] {
  return undoneBy === null || undoneBy.status === 'failed' || undoneBy.status === 'cancelled'
    ? null
    : undoneBy;
}

/** Lets a run be undone again after an undo that took nothing back. */
export async function detachFailedUndo(prisma: Pick<PrismaClient, 'syncRun'>, runId: string): Promise<void> {
  await prisma.syncRun.updateMany({
    where: { undoOfId: runId, status: { in: ['failed', 'cancelled'] } },
    data: { undoOfId: null },
  });
}

export const findActiveRun = (
  prisma: Pick<PrismaClient, 'syncRun'>,
  corpRowId: number,
): Promise<SyncRun | null> =>
  prisma.syncRun.findUnique({ where: { activeCorpRowId: corpRowId }, include: withUndo });

/** Of the active run only how far it is. */
export async function findActiveStatus(
  prisma: Pick<PrismaClient, 'syncRun'>,
  corpRowId: number,
): Promise<{ runId: string; status: SyncRunStatus } | null> {
  const run = await prisma.syncRun.findUnique({
    where: { activeCorpRowId: corpRowId },
    select: { id: true, status: true },
  });
  return run && { runId: run.id, status: syncRun.shape.status.parse(run.status) };
}

/** Changes the status of a run, unless it is no longer in one of the states `from`. */
export async function transitionRun(
  executor: Pick<PrismaClient, 'syncRun'>,
  id: string,
  from: readonly SyncRunStatus[],
  data: Prisma.SyncRunUpdateManyMutationInput & { status: SyncRunStatus; activeCorpRowId?: number | null },
  condition: Prisma.SyncRunWhereInput = {},
): Promise<boolean> {
  const { count } = await executor.syncRun.updateMany({
    where: { id, status: { in: [...from] }, ...condition },
    data: { ...data, statusChangedAt: new Date() },
  });
  return count === 1;
}

/** Whether a cancellation of the run was requested while it was active. */
export async function isCancelRequested(
  executor: Pick<PrismaClient, 'syncRun'>,
  id: string,
): Promise<boolean> {
  const run = await executor.syncRun.findUnique({ where: { id }, select: { cancelRequestedAt: true } });
  return run?.cancelRequestedAt != null;
}

/** The states in which a run holds its corp's place. */
export const activeStatuses = [
  'queued',
  'reading',
  'planning',
  'applying',
] as const satisfies SyncRunStatus[];

export const isActiveStatus = (status: SyncRunStatus): boolean =>
  (activeStatuses as readonly SyncRunStatus[]).includes(status); // widened to ask

/**
 * Ends an active run, unless it has ended; one that is then pending is over for its corp, but not finished.
 */
export const finishRun = (
  executor: Pick<PrismaClient, 'syncRun'>,
  id: string,
  status: SyncRunStatus,
  finishedAt: Date,
  data: Prisma.SyncRunUpdateManyMutationInput = {},
  condition: Prisma.SyncRunWhereInput = {},
): Promise<boolean> => {
  const ended = {
    status,
    activeCorpRowId: null,
    finishedAt: status === 'awaitingApproval' ? null : finishedAt,
  };
  return transitionRun(executor, id, activeStatuses, { ...data, ...ended }, condition);
};

/**
 * Deletes the plan of a run that failed before anything of it was applied: it changed nothing and lists
 * nothing.
 */
export async function deleteUnappliedPlan(prisma: PrismaClient, id: string): Promise<void> {
  await prisma.$executeRaw`
    WITH run AS (
      UPDATE sync_run SET subjects = NULL
      WHERE id = ${id}::uuid AND applied_at IS NULL AND status IN ('failed', 'cancelled') RETURNING id
    ), subjects AS (
      DELETE FROM sync_subject s USING run WHERE s.run_id = run.id
    )
    DELETE FROM sync_change c USING run WHERE c.run_id = run.id`;
}

/** Deletes a plan of which nothing was applied, before another is made for the same run. */
export async function deletePlan(
  executor: Pick<PrismaClient, 'syncChange' | 'syncSubject'>,
  id: string,
): Promise<void> {
  await executor.syncSubject.deleteMany({ where: { runId: id } });
  await executor.syncChange.deleteMany({ where: { runId: id } });
}

export async function updateRunProgress(
  prisma: PrismaClient,
  lease: Lease,
  progress: RunProgress,
): Promise<void> {
  await prisma.$executeRaw`
    UPDATE sync_run SET progress = ${JSON.stringify(progress)}::jsonb
    WHERE id = ${lease.runId}::uuid AND ${holdsLease(lease)}`;
}

/** Beside what was read, which stays. */
export async function updateRunWork(prisma: PrismaClient, lease: Lease, work: RunWork): Promise<void> {
  await prisma.$executeRaw`
    UPDATE sync_run SET progress = progress || ${JSON.stringify({ work })}::jsonb
    WHERE id = ${lease.runId}::uuid AND ${holdsLease(lease)}`;
}

/** Of a run whose full read is partial: when the first of the consecutive partial ones began. */
export async function findPartialSince(
  prisma: PrismaClient,
  { id, corpRowId, startedAt }: SyncRun,
): Promise<string> {
  const previous = await prisma.syncRun.findFirst({
    where: { corpRowId, scope: 'full', complete: { not: null }, id: { not: id } },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    select: { complete: true, manifest: true, startedAt: true },
  });
  if (previous?.complete !== false) return startedAt.toISOString();
  const { partialSince } = manifest.parse(previous.manifest);
  return partialSince ?? previous.startedAt.toISOString();
}

export async function recordManifest(
  executor: Pick<PrismaClient, 'syncRun'>,
  id: string,
  values: {
    manifest: SyncManifest;
    scope: 'full' | 'targeted';
    source: 'departments' | 'export';
    complete: boolean;
    warnings: Prisma.InputJsonArray;
  },
): Promise<void> {
  await executor.syncRun.updateMany({
    where: { id },
    data: { ...values, manifest: values.manifest as unknown as Prisma.InputJsonObject }, // plain JSON by its schema
  });
}

/** Removals of the last hours that were applied without approval. */
export async function countRecentRemovals(
  prisma: PrismaClient,
  corpRowId: number,
  since: Date,
): Promise<{ members: number; departments: number }> {
  const [row] = await prisma.$queryRaw<{ members: number; departments: number }[]>`
    SELECT coalesce(sum((unapproved_removals->>'members')::int), 0)::int AS members,
           coalesce(sum((unapproved_removals->>'departments')::int), 0)::int AS departments
    FROM sync_run WHERE corp_row_id = ${corpRowId} AND applied_at >= ${since}`;
  return row ?? { members: 0, departments: 0 };
}

const superseded = { code: 'sync.superseded' } as const;

/** Whether a later run made a plan in place of this one's. */
export const isSuperseded = (run: SyncRun): boolean =>
  run.status === 'cancelled' && isDeepStrictEqual(run.error, superseded);

/**
 * Ends the runs whose older plan is pending; those made from the directory as it is at `keptRevision` stay.
 */
export async function supersedePendingRuns(
  prisma: Pick<PrismaClient, 'syncRun'>,
  corpRowId: number,
  finishedAt: Date,
  keptRevision: bigint | null = null,
): Promise<void> {
  await prisma.syncRun.updateMany({
    where: {
      corpRowId,
      status: 'awaitingApproval',
      ...(keptRevision !== null && { baseRevision: { not: keptRevision } }),
    },
    data: { status: 'cancelled', finishedAt, error: superseded },
  });
}

const heldExpired = { code: 'sync.held_expired' } as const;

/** Ends the runs whose held changes were not approved in time. */
export async function expirePendingRuns(prisma: Pick<PrismaClient, 'syncRun'>, now: Date): Promise<void> {
  await prisma.syncRun.updateMany({
    where: { status: 'awaitingApproval', heldUntil: { lte: now } },
    data: { status: 'cancelled', statusChangedAt: now, finishedAt: now, error: heldExpired },
  });
}

/** Whether it is too late to approve the run, ended for that reason already or not. */
export function hasHeldExpired(run: SyncRun, now: Date): boolean {
  if (run.status === 'awaitingApproval') return run.heldUntil !== null && run.heldUntil <= now;
  return run.status === 'cancelled' && isDeepStrictEqual(run.error, heldExpired);
}

export interface RunQuery {
  limit: number;
  status?: SyncRunStatus | undefined;
  mode?: string | undefined;
  trigger?: string | undefined;
  startedBy?: string | undefined;
  startedFrom?: string | undefined;
  startedBefore?: string | undefined;
  changed?: boolean | undefined;
  after?: readonly [string, string] | undefined;
}

/** A corp's runs, the newest first, one more than `limit` if there are. */
export async function listRuns(prisma: PrismaClient, corpRowId: number, query: RunQuery): Promise<SyncRun[]> {
  return prisma.syncRun.findMany({
    where: { corpRowId, AND: listConditions(query) },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
    include: withUndo,
  });
}

function listConditions(query: RunQuery): Prisma.SyncRunWhereInput[] {
  const { status, mode, trigger, startedBy, startedFrom, startedBefore, changed, after } = query;
  return [
    ...(status ? [{ status }] : []),
    ...(mode ? [{ mode }] : []),
    ...(trigger ? [{ trigger }] : []),
    ...(startedBy ? [{ startedBy: { contains: escapeLike(startedBy), mode: 'insensitive' as const } }] : []),
    ...(startedFrom ? [{ startedAt: { gte: startedFrom } }] : []),
    ...(startedBefore ? [{ startedAt: { lt: startedBefore } }] : []),
    ...(changed === undefined ? [] : [changed ? hasSubjects : { NOT: hasSubjects }]),
    ...(after
      ? [{ OR: [{ startedAt: { lt: after[0] } }, { startedAt: after[0], id: { lt: after[1] } }] }]
      : []),
  ];
}

/** A run without a plan has SQL's NULL there, which is unequal to nothing. */
const hasSubjects = {
  AND: [{ subjects: { not: Prisma.DbNull } }, { subjects: { not: {} } }],
} satisfies Prisma.SyncRunWhereInput;

/** Prisma's `contains` is LIKE, and leaves its wildcards in the text to us. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
