import type { SyncRun, SyncRunStatus } from '@orgmirror/contracts';

const activeStatuses: readonly SyncRunStatus[] = ['queued', 'reading', 'planning', 'applying'];

/** Whether the run is still going on by itself; one that awaits approval is not. */
export const isActiveRun = (run: Pick<SyncRun, 'status'>): boolean => activeStatuses.includes(run.status);

/** Whether the run ended by itself although not everything could be read. */
export const isReadPartly = ({ status, complete }: Pick<SyncRun, 'status' | 'complete'>): boolean =>
  status === 'succeeded' && complete === false;

/** Removals that wait for approval, departments and members together. */
export const countHeld = (run: Pick<SyncRun, 'held'>): number => run.held.departments + run.held.members;

/** Which of the two kinds of removals wait, for texts that name only those. */
export const describeHeld = ({ held }: Pick<SyncRun, 'held'>): 'both' | 'members' | 'departments' => {
  if (held.departments === 0) return 'members';
  return held.members === 0 ? 'departments' : 'both';
};

/** Whether the plan holds any change at all. */
export const hasChanges = ({ counts }: Pick<SyncRun, 'counts'>): boolean =>
  [counts.departments, counts.members, counts.memberships].some((kinds) =>
    Object.values(kinds).some((count) => count > 0),
  );
