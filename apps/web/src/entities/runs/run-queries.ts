import type { SyncRun } from '@orgmirror/contracts';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { getSyncRun, getSyncState, listSyncRuns } from '../../lib/api/sync-runs.ts';
import { isActiveRun } from './run-states.ts';

export const activePollIntervalMs = 2_000;
const idlePollIntervalMs = 10_000;
/** While any event may start a run. */
export const eventPollIntervalMs = 3_000;
const pendingPollIntervalMs = 30_000;

/** One run; polled while it is active, unless a stream delivers it. */
export const runQuery = (id: string, isStreaming = false) =>
  queryOptions({
    queryKey: ['sync-runs', 'one', id],
    queryFn: ({ signal }) => getSyncRun({ params: { id } }, signal),
    refetchInterval: (query) => {
      const run = query.state.data;
      return run && isActiveRun(run) && !isStreaming ? activePollIntervalMs : false;
    },
  });

/** How often the newest run is asked for, as long as the page is in sight. */
export const pollLatestRun =
  (expectsEvents: boolean) =>
  ({ state: { data } }: { state: { data: SyncRun | null | undefined } }): number => {
    if (data && isActiveRun(data)) return activePollIntervalMs * 2;
    return expectsEvents ? eventPollIntervalMs : idlePollIntervalMs;
  };

/**
 * The newest run, or null before the first; polled in the background, so that runs of other users show too.
 */
export const latestRunQuery = queryOptions({
  queryKey: ['sync-runs', 'latest'],
  queryFn: async ({ signal }): Promise<SyncRun | null> => {
    const { items } = await listSyncRuns({ query: { limit: 1 } }, signal);
    return items[0] ?? null;
  },
  refetchInterval: pollLatestRun(false),
});

/**
 * The run with a pending approval, or null. A later run that failed before planning does not supersede it.
 */
export const pendingRunQuery = queryOptions({
  queryKey: ['sync-runs', 'waiting'],
  queryFn: async ({ signal }): Promise<SyncRun | null> => {
    const { items } = await listSyncRuns({ query: { limit: 1, status: 'awaitingApproval' } }, signal);
    return items.find(({ status }) => status === 'awaitingApproval') ?? null;
  },
  refetchInterval: pendingPollIntervalMs,
});

/** How fresh the directory is; fetched again with everything that a run changes, and since a pause may be over. */
export const syncStateQuery = queryOptions({
  queryKey: ['sync-runs', 'state'],
  queryFn: ({ signal }) => getSyncState({}, signal),
  refetchInterval: pendingPollIntervalMs,
});

/** Stores a run that the server just sent in the query cache. */
export function cacheRun(client: QueryClient, run: SyncRun): void {
  client.setQueryData(runQuery(run.id).queryKey, run);
  client.setQueryData(latestRunQuery.queryKey, (latest) =>
    !latest || latest.id === run.id || latest.startedAt < run.startedAt ? run : latest,
  );
}

/** Fetches again everything that a finished run may have changed. */
export async function refreshAfterRun(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['sync-runs'] }),
    client.invalidateQueries({ queryKey: ['departments'] }),
    client.invalidateQueries({ queryKey: ['members'] }),
    client.invalidateQueries({ queryKey: ['me', 'profile'] }),
    client.invalidateQueries({ queryKey: ['settings'] }), // whether the schedule is paused or backs off
  ]);
}
