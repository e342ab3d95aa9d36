import type { CallbackSource, WecomEvent } from '@orgmirror/contracts';

export const eventSources = ['app', 'contacts'] as const satisfies readonly CallbackSource[];
export const eventStatuses = [
  'waiting',
  'processed',
  'failed',
  'ignored',
] as const satisfies readonly WecomEvent['status'][];
/** ChangeTypes that WeCom documents. */
export const changeTypes = [
  'create_user',
  'update_user',
  'delete_user',
  'create_party',
  'update_party',
  'delete_party',
  'update_tag',
] as const;

/** Filters of the list of events; undefined does not filter. */
export interface EventFilters {
  source: (typeof eventSources)[number] | undefined;
  status: (typeof eventStatuses)[number] | undefined;
  kind: (typeof changeTypes)[number] | undefined;
  /** Part of a userid or department id. */
  q: string;
}

/** The filters that an address holds; what it does not know counts as not given. */
export const readEventFilters = (params: URLSearchParams): EventFilters => ({
  source: eventSources.find((source) => source === params.get('source')),
  status: eventStatuses.find((status) => status === params.get('status')),
  kind: changeTypes.find((kind) => kind === params.get('kind')),
  q: params.get('q')?.trim().slice(0, 200) ?? '',
});

export const hasEventFilters = ({ source, status, kind, q }: EventFilters): boolean =>
  source !== undefined || status !== undefined || kind !== undefined || q !== '';

/** The server's query for these filters, without paging. */
export const toEventQuery = ({ source, status, kind, q }: EventFilters) => ({
  ...(source && { source }),
  ...(status && { status }),
  ...(kind && { changeType: kind }),
  ...(q !== '' && { q }),
});
