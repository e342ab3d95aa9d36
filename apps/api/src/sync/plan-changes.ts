import { listWaitingRenames } from '../events/claimed-events.ts';
import { enterPhase } from '../runs/claim-run.ts';
import { fencedTransaction } from '../runs/fenced-transaction.ts';
import { withWorkReport } from '../runs/report-work.ts';
import { countRecentRemovals, deletePlan, transitionRun } from '../runs/sync-run-repository.ts';
import type { PlannedRun } from './apply/finish-run.ts';
import { collectGarbage } from './collect-garbage.ts';
import { createDirectoryDigest } from './plan/directory-digest.ts';
import { makePlan } from './plan/make-plan.ts';
import type { ReadSnapshot } from './read-snapshot.ts';
import type { RunContext } from './run-context.ts';

/** Plans what a snapshot changes here, and stores the plan as the run's. */
export async function planChanges(
  { dependencies, run, lease, signal }: RunContext,
  { snapshot, scope, targetKeys, limits, settingsVersion }: ReadSnapshot,
): Promise<PlannedRun> {
  const { prisma, database, secretBox, now } = dependencies;
  collectGarbage(snapshot.memberCount);
  await enterPhase(prisma, run, lease, 'reading', 'planning');
  const since = new Date(now().getTime() - limits.windowHours * 3_600_000);
  const options = {
    prisma,
    executeLarge: database.executeLarge,
    secretBox,
    digest: createDirectoryDigest(secretBox),
    lease,
    snapshot,
    targetKeys,
    renames: await listWaitingRenames(prisma, run.corpRowId),
    limits,
    recentRemovals: await countRecentRemovals(prisma, run.corpRowId, since),
    signal,
  };
  const plan = await withWorkReport(dependencies, lease, 'planning', (reportWork) =>
    makePlan({ ...options, reportWork }),
  );
  return { plan, settingsVersion, scope, complete: snapshot.complete };
}

/** Takes a targeted run back to reading, without the plan that it made. */
export async function discardTargetedPlan({ dependencies, run, lease }: RunContext): Promise<void> {
  await fencedTransaction(dependencies.prisma, lease, async (transaction) => {
    await deletePlan(transaction, run.id);
    await transitionRun(transaction, run.id, ['planning'], { status: 'reading' });
  });
}
