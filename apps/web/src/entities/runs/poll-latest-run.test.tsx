import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runFixture } from '../../../test/fixtures.ts';
import { latestRunQuery, pollLatestRun } from './run-queries.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How often the newest run is asked for again in so many seconds. */
async function countPolls(seconds: number, expectsEvents: boolean, run = runFixture()): Promise<number> {
  const client = new QueryClient();
  const wrapper = ({ children }: PropsWithChildren) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const queryFn = vi.fn(async () => run);
  const refetchInterval = pollLatestRun(expectsEvents);
  const { unmount } = renderHook(() => useQuery({ ...latestRunQuery, queryFn, refetchInterval }), {
    wrapper,
  });
  await vi.advanceTimersByTimeAsync(seconds * 1_000 + 500);
  unmount();
  return queryFn.mock.calls.length - 1;
}

it('the newest run is asked for every 3 seconds where events come, else every 10', async () => {
  expect(await countPolls(30, true)).toBe(10);
  expect(await countPolls(30, false)).toBe(3);
});

it('a run that goes on is asked for every 4 seconds', async () => {
  const active = runFixture({ status: 'reading', finishedAt: null });
  expect(await countPolls(12, true, active)).toBe(3);
  expect(await countPolls(12, false, active)).toBe(3);
});
