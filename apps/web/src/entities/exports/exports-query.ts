import type { ExportJob } from '@orgmirror/contracts';
import { queryOptions } from '@tanstack/react-query';
import { listExports } from '../../lib/api/exports.ts';

const pollIntervalMs = 1_000;

export const isActiveExport = ({ status }: ExportJob): boolean => status === 'queued' || status === 'running';

/** The user's exports; polled while the server writes one. */
export const exportsQuery = queryOptions({
  queryKey: ['exports'],
  queryFn: async ({ signal }) => (await listExports({}, signal)).items,
  refetchInterval: ({ state }) => (state.data?.some(isActiveExport) ? pollIntervalMs : false),
});
