import type { SyncRun } from '@orgmirror/contracts';

/** Runs of events of one hour, at least two, the newest first. */
export interface RunFold {
  runs: readonly [SyncRun, SyncRun, ...SyncRun[]];
}

/** Folds neighbours that events started within one hour of the clock and that ended without anything to decide. */
export function foldRuns(runs: readonly SyncRun[]): (SyncRun | RunFold)[] {
  const groups: SyncRun[][] = [];
  for (const run of runs) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && isQuiet(run) && isQuiet(last) && hourOf(run) === hourOf(last)) group.push(run);
    else groups.push([run]);
  }
  return groups.flatMap(([first, second, ...rest]): (SyncRun | RunFold)[] => {
    if (first === undefined) return [];
    return second === undefined ? [first] : [{ runs: [first, second, ...rest] }];
  });
}

const isQuiet = ({ trigger, status, complete, undoneBy }: SyncRun): boolean =>
  trigger === 'callback' && status === 'succeeded' && complete !== false && undoneBy === null;

/** Zones are apart by halves and quarters of an hour, too: the hour is the browser's. */
const hourOf = ({ startedAt }: SyncRun): string => {
  const date = new Date(startedAt);
  return `${date.toDateString()} ${date.getHours()}`;
};
