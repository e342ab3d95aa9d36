import { listWaitingObjects } from '../../events/claimed-events.ts';
import { Prisma } from '../../platform/database/generated/client.ts';
import type { SyncRun } from '../../runs/sync-run-repository.ts';

type Drift = Record<'departments' | 'members' | 'memberships', number>;

/**
 * Counts what a full, complete run found that no event had brought: changes of rows that no event which still
 * waits is about. Not counted, null, without callbacks, in the first run of all, or in one that events or a
 * member's page asked for.
 */
export async function countDrift(prisma: Prisma.TransactionClient, run: SyncRun): Promise<Drift | null> {
  const { id, corpRowId, mode, trigger } = run;
  const isReconcile = mode === 'apply' && (trigger === 'manual' || trigger === 'schedule');
  if (!isReconcile || !(await areEventsExpected(prisma, corpRowId))) return null;
  const announced = await listWaitingObjects(prisma, corpRowId);
  const [drift] = await prisma.$queryRaw<Drift[]>(Prisma.sql`
    SELECT count(*) FILTER (WHERE entity = 'department')::int AS departments,
           count(*) FILTER (WHERE entity = 'member')::int AS members,
           count(*) FILTER (WHERE entity = 'membership')::int AS memberships
    FROM sync_change
    WHERE run_id = ${id}::uuid AND NOT (coalesce(user_key, department_id::text) = ANY(${announced}::text[]))`);
  return drift ?? null;
}

/** Whether events come at all, and there was something for them to change. */
async function areEventsExpected(prisma: Prisma.TransactionClient, corpRowId: number): Promise<boolean> {
  const endpoints = await prisma.callbackEndpoint.count({ where: { corpRowId } });
  if (endpoints === 0) return false;
  const earlier = { corpRowId, mode: 'apply', scope: 'full', status: 'succeeded', complete: true };
  return (await prisma.syncRun.count({ where: earlier })) > 0;
}
