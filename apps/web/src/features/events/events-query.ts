import type { WecomEvent } from '@orgmirror/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { eventPollIntervalMs } from '../../entities/runs/run-queries.ts';
import { getEventHealth, getWecomEvent, listWecomEvents } from '../../lib/api/wecom-events.ts';
import { type EventFilters, toEventQuery } from './event-filters.ts';

/** The list is polled for new events, and more often while any may come or some wait to be processed. */
const idlePollIntervalMs = 10_000;
const pendingPollIntervalMs = 2_000;

const isWaiting = ({ status }: WecomEvent) => status === 'waiting';

const pollEvents = (expectsEvents: boolean) => (expectsEvents ? eventPollIntervalMs : idlePollIntervalMs);

/** One page of events, newest first. */
export const eventsQuery = (filters: EventFilters, cursor: string | undefined, expectsEvents: boolean) => {
  const query = { limit: 50, ...toEventQuery(filters), ...(cursor !== undefined && { cursor }) };
  return queryOptions({
    queryKey: ['wecom-events', 'list', query],
    queryFn: ({ signal }) => listWecomEvents({ query }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.items.some(isWaiting) ? pendingPollIntervalMs : pollEvents(expectsEvents),
  });
};

/** How the events of the last 24 hours went. */
export const eventHealthQuery = (expectsEvents: boolean) =>
  queryOptions({
    queryKey: ['wecom-events', 'health'],
    queryFn: ({ signal }) => getEventHealth({}, signal),
    refetchInterval: pollEvents(expectsEvents),
  });

/** One event with its decrypted text; admins only. */
export const eventQuery = (id: string) =>
  queryOptions({
    queryKey: ['wecom-events', 'one', id],
    queryFn: ({ signal }) => getWecomEvent({ params: { id } }, signal),
    refetchInterval: ({ state }) => (state.data && isWaiting(state.data) ? pendingPollIntervalMs : false),
  });
