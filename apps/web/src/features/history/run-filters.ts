import type { endpoints, QueryOf, SyncRun, SyncRunStatus } from '@orgmirror/contracts';

export const runStatuses = [
  'succeeded',
  'awaitingApproval',
  'failed',
  'cancelled',
  'rejected',
] as const satisfies readonly SyncRunStatus[];

/** Kinds of runs as an admin names them: how one was started, or that it is a preview or an undo. */
export const runKinds = ['manual', 'schedule', 'callback', 'check', 'preview', 'undo'] as const;
type RunKind = (typeof runKinds)[number];

export const runPeriods = ['today', 'week', 'month'] as const;
type RunPeriod = (typeof runPeriods)[number];
const daysBefore: Record<RunPeriod, number> = { today: 0, week: 6, month: 29 };

/** What the address of the history keeps. */
export interface RunFilters {
  readonly status: (typeof runStatuses)[number] | undefined;
  readonly kind: RunKind | undefined;
  readonly period: RunPeriod | undefined;
  readonly startedBy: string;
  readonly isChangedOnly: boolean;
}

/** Reads an address; anything unknown in it counts as not given. */
export const readRunFilters = (search: URLSearchParams): RunFilters => ({
  status: runStatuses.find((status) => status === search.get('status')),
  kind: runKinds.find((kind) => kind === search.get('kind')),
  period: runPeriods.find((period) => period === search.get('period')),
  startedBy: search.get('by') ?? '',
  isChangedOnly: search.get('changed') === 'true',
});

/** Writes an address, leaving out defaults. */
export function formatRunFilters({ status, kind, period, startedBy, isChangedOnly }: RunFilters) {
  const search = new URLSearchParams();
  if (status) search.set('status', status);
  if (kind) search.set('kind', kind);
  if (period) search.set('period', period);
  if (startedBy !== '') search.set('by', startedBy);
  if (isChangedOnly) search.set('changed', 'true');
  return search;
}

export const isUnfiltered = (filters: RunFilters): boolean => formatRunFilters(filters).size === 0;

/** The server's query for these filters, without paging; days are those of the browser. */
export function toRunQuery(filters: RunFilters, now = new Date()): QueryOf<typeof endpoints.listSyncRuns> {
  const { status, kind, period, startedBy, isChangedOnly } = filters;
  return {
    ...(status && { status }),
    ...describeKind(kind),
    ...(period && { startedFrom: startOfDay(now, daysBefore[period]) }),
    ...(startedBy !== '' && { startedBy }),
    ...(isChangedOnly && { changed: 'true' }),
  };
}

/** Previews and undos are started by hand, too: they are kinds of their own. */
function describeKind(kind: RunKind | undefined): { mode?: SyncRun['mode']; trigger?: SyncRun['trigger'] } {
  if (kind === undefined) return {};
  if (kind === 'preview' || kind === 'undo') return { mode: kind };
  return { mode: 'apply', trigger: kind };
}

const startOfDay = (now: Date, daysAgo: number): string =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo).toISOString();
