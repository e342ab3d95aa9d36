import { queryOptions } from '@tanstack/react-query';
import { getOverview } from '../../lib/api/overview.ts';

const pollIntervalMs = 30_000;

/** Whether all is well; with the runs, so that it is fetched again after one. */
export const overviewQuery = queryOptions({
  queryKey: ['sync-runs', 'overview'],
  queryFn: ({ signal }) => getOverview({}, signal),
  refetchInterval: pollIntervalMs,
});
