import type { Executor } from '../platform/database/database.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';

/**
 * Lets what waits for approval stand after a targeted run: a waiting plan none of whose rows the run changed is as right
 * as before, so it is taken to be made from the directory as it is now. What the run touched is left behind and stale.
 */
export async function keepWaitingRuns(
  transaction: Executor,
  { runId, corpRowId }: { runId: string; corpRowId: number },
  revision: { before: bigint; after: bigint },
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE sync_run waiting SET base_revision = ${revision.after}
    WHERE waiting.corp_row_id = ${corpRowId} AND waiting.status = 'awaitingApproval' AND waiting.id <> ${runId}::uuid
      AND waiting.base_revision = ${revision.before}
      AND NOT EXISTS (
        SELECT FROM sync_change planned JOIN sync_change applied
          ON applied.user_key = planned.user_key
            OR applied.department_id = planned.department_id
              AND (planned.entity = 'department' OR applied.entity = 'department' AND applied.kind = 'remove')
        WHERE planned.run_id = waiting.id AND (planned.held OR waiting.mode = 'preview')
          AND applied.run_id = ${runId}::uuid AND NOT applied.held
      )`;
}

/** Whether anything of the corp waits for approval. */
export const hasWaitingRun = async (prisma: PrismaClient, corpRowId: number): Promise<boolean> =>
  (await prisma.syncRun.count({ where: { corpRowId, status: 'awaitingApproval' } })) > 0;
