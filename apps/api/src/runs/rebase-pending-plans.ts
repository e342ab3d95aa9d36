import type { Executor } from '../platform/database/database.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';

/**
 * Keeps pending plans approvable after a targeted run: one none of whose rows the run changed is as right as
 * before, so it is taken to be made from the directory as it is now. A plan whose rows the run touched is
 * left behind and stale.
 */
export async function rebasePendingPlans(
  transaction: Executor,
  { runId, corpRowId }: { runId: string; corpRowId: number },
  revision: { before: bigint; after: bigint },
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE sync_run pending SET base_revision = ${revision.after}
    WHERE pending.corp_row_id = ${corpRowId} AND pending.status = 'awaitingApproval' AND pending.id <> ${runId}::uuid
      AND pending.base_revision = ${revision.before}
      AND NOT EXISTS (
        SELECT FROM sync_change planned JOIN sync_change applied
          ON applied.user_key = planned.user_key
            OR applied.department_id = planned.department_id
              AND (planned.entity = 'department' OR applied.entity = 'department' AND applied.kind = 'remove')
        WHERE planned.run_id = pending.id AND (planned.held OR pending.mode = 'preview')
          AND applied.run_id = ${runId}::uuid AND NOT applied.held
      )`;
}

/** Whether a plan of the corp is pending, i.e. waits for approval. */
export const hasPendingRun = async (prisma: PrismaClient, corpRowId: number): Promise<boolean> =>
  (await prisma.syncRun.count({ where: { corpRowId, status: 'awaitingApproval' } })) > 0;
