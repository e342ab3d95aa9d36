import type { SyncRun, SyncRunCounts } from '@orgmirror/contracts';

/**
 * What of a run's counts has been applied: all of it once it has succeeded, of an apply whose removals wait
 * or were rejected the rest; null when nothing was. The memberships of held members are not told apart: those
 * removals count as held with them.
 */
export function findAppliedCounts(run: SyncRun): SyncRunCounts | null {
  if (run.status === 'succeeded') return run.counts;
  const isPartly = run.status === 'awaitingApproval' || run.status === 'rejected';
  if (!isPartly || run.mode !== 'apply') return null;
  const { counts, held } = run;
  return {
    departments: { ...counts.departments, remove: Math.max(0, counts.departments.remove - held.departments) },
    members: { ...counts.members, remove: Math.max(0, counts.members.remove - held.members) },
    memberships: { ...counts.memberships, remove: held.members > 0 ? 0 : counts.memberships.remove },
  };
}
