import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eventFixture } from '../../../test/fixtures.ts';
import { readEventFilters } from './event-filters.ts';
import { eventHealthQuery, eventsQuery } from './events-query.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How often the list is asked for again in half a minute. */
async function countPolls(expectsEvents: boolean, event = eventFixture()): Promise<number> {
  const client = new QueryClient();
  const wrapper = ({ children }: PropsWithChildren) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const queryFn = vi.fn(async () => ({ items: [event], nextCursor: null }));
  const query = eventsQuery(readEventFilters(new URLSearchParams()), undefined, expectsEvents);
  const { unmount } = renderHook(() => useQuery({ ...query, queryFn }), { wrapper });
  await vi.advanceTimersByTimeAsync(30_500);
  unmount();
  return queryFn.mock.calls.length - 1;
}

it('the list is asked for every 3 seconds where events come, every 2 while one waits, else every 10', async () => {
  expect(await countPolls(true)).toBe(10);
  expect(await countPolls(true, eventFixture({ status: 'waiting' }))).toBe(15);
  expect(await countPolls(false)).toBe(3);
  expect([true, false].map((expects) => eventHealthQuery(expects).refetchInterval)).toEqual([3_000, 10_000]);
});
