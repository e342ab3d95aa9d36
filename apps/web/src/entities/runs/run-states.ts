import type { SyncRun, SyncRunStatus } from '@orgmirror/contracts';

const activeStatuses: readonly SyncRunStatus[] = ['queued', 'reading', 'planning', 'applying'];

/** Whether the run is in progress; one that awaits approval is not. */
export const isActiveRun = (run: Pick<SyncRun, 'status'>): boolean => activeStatuses.includes(run.status);

/** Whether the run finished although some reads failed. */
export const isReadPartly = ({ status, complete }: Pick<SyncRun, 'status' | 'complete'>): boolean =>
  status === 'succeeded' && complete === false;

/** Number of held removals, departments and members together. */
export const countHeld = (run: Pick<SyncRun, 'held'>): number => run.held.departments + run.held.members;

/** Which kinds of removals are held, for texts that name only those. */
export const describeHeld = ({ held }: Pick<SyncRun, 'held'>): 'both' | 'members' | 'departments' => {
  if (held.departments === 0) return 'members';
  return held.members === 0 ? 'departments' : 'both';
};

/** Whether the plan holds any change at all. */
export const hasChanges = ({ counts }: Pick<SyncRun, 'counts'>): boolean =>
  [counts.departments, counts.members, counts.memberships].some((kinds) =>
    Object.values(kinds).some((count) => count > 0),
  );
