import { queryOptions } from '@tanstack/react-query';
import { getNoticeState } from '../../lib/api/notices.ts';

const pollIntervalMs = 30_000;

/** The numbers of the bell; polled, so that what comes up shows on an open page. */
export const noticeStateQuery = queryOptions({
  queryKey: ['notices', 'state'],
  queryFn: ({ signal }) => getNoticeState({}, signal),
  refetchInterval: pollIntervalMs,
});
