import { randomUUID } from 'node:crypto';
import type { SavedConnection } from '../../connection/wecom-connection-repository.ts';
import type { Prisma } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { classifyError } from '../../platform/errors/classify-error.ts';
import { fencedTransaction, type Lease } from '../../runs/fenced-transaction.ts';
import { recordFailure } from '../../runs/record-failure.ts';
import type { SyncDependencies } from '../../runs/sync-dependencies.ts';
import { createRun, findActiveRun, type SyncRun, transitionRun } from '../../runs/sync-run-repository.ts';
import { withRunLease } from '../../runs/with-run-lease.ts';
import { applyUnheldChanges } from '../apply/apply-run.ts';
import { createDirectoryDigest } from '../plan/directory-digest.ts';
import { type OneMemberPlan, recordMemberPlan } from './plan-one-member.ts';

export interface MemberPlanRequest {
  /** As it was read before WeCom was asked: its corp's revision is what the plan was made from. */
  connection: SavedConnection;
  plan: OneMemberPlan;
  startedBy: string;
  record: RecordMemberCheck;
}

/** Writes an entry of the audit log in the transaction that makes the run. */
export type RecordMemberCheck = (
  transaction: Prisma.TransactionClient,
  about: { runId: string; changes: number },
) => Promise<void>;

/**
 * Applies the plan of one member as a run of its own, under the lease like any other; ends the run and
 * answers with its id.
 * @throws AppError `sync.already_running`; `plan.stale` when the directory changed meanwhile
 */
export async function applyMemberPlan(
  dependencies: SyncDependencies,
  request: MemberPlanRequest,
): Promise<string> {
  const { corpRowId } = request.connection;
  const id = randomUUID();
  // The lease comes first: no worker claims the run for a sync, and if this process dies it ends as
  // interrupted.
  await withRunLease(dependencies, { id, corpRowId }, async (lease, signal) => {
    const run = await startRun(dependencies, lease, request);
    try {
      await applyAsRun(dependencies, run, lease, request, signal);
    } catch (thrown) {
      const error = classifyError(thrown);
      await recordFailure(dependencies, run.id, error);
      throw error;
    }
  });
  return id;
}

async function startRun(
  { prisma }: SyncDependencies,
  { runId, corpRowId }: Lease,
  { startedBy, record, plan }: MemberPlanRequest,
): Promise<SyncRun> {
  const about = { mode: 'apply', trigger: 'check', status: 'planning' } as const;
  const run = await prisma.$transaction(async (transaction) => {
    const created = await createRun(transaction, { id: runId, corpRowId, ...about, startedBy });
    if (created !== null) await record(transaction, { runId, changes: plan.changes.length });
    return created;
  }, transactionTimeouts);
  if (run !== null) return run;
  const active = await findActiveRun(prisma, corpRowId);
  throw new AppError('sync.already_running', active ? { runId: active.id } : {});
}

async function applyAsRun(
  dependencies: SyncDependencies,
  run: SyncRun,
  lease: Lease,
  { connection, plan }: MemberPlanRequest,
  signal: AbortSignal,
): Promise<void> {
  const { prisma, database, secretBox } = dependencies;
  const digest = createDirectoryDigest(secretBox);
  const options = { executeLarge: database.executeLarge, secretBox, digest, lease };
  const recorded = await recordMemberPlan(options, connection.corp.revision, plan);
  const warnings = plan.warnings as unknown as Prisma.InputJsonArray; // plain JSON by its type
  const hasEntered = await fencedTransaction(prisma, lease, (transaction) =>
    transitionRun(transaction, run.id, ['planning'], { status: 'applying', warnings }),
  );
  if (!hasEntered) throw new AppError('sync.interrupted');
  signal.throwIfAborted();
  const planned = {
    plan: recorded,
    settingsVersion: connection.planVersion,
    scope: 'full',
    complete: true,
  } as const;
  await applyUnheldChanges(dependencies, run, { lease, signal }, planned);
}
