import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { expect, it } from 'vitest';
import { runFixture } from '../../../test/fixtures.ts';
import { useRefreshAfterRun } from './use-refresh-after-run.ts';

const watched = [
  ['departments', 'all'],
  ['members', 'page'],
];
const active = runFixture({ status: 'reading', finishedAt: null });

function follow(first: Parameters<typeof useRefreshAfterRun>[0]) {
  const client = new QueryClient();
  const forget = () => {
    for (const key of watched) client.setQueryData(key, {});
  };
  forget();
  const wrapper = ({ children }: PropsWithChildren) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { rerender } = renderHook(({ latest }) => useRefreshAfterRun(latest), {
    wrapper,
    initialProps: { latest: first },
  });
  return (latest: typeof first) => {
    forget();
    rerender({ latest });
    return watched.every((key) => client.getQueryState(key)?.isInvalidated);
  };
}

it('refetches after a run that was never seen active', () => {
  const show = follow(runFixture());
  expect(show(runFixture())).toBe(false);
  expect(show(runFixture({ id: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }))).toBe(true);
});

it('refetches after the very first run, and when a run ends that was active at first', () => {
  expect(follow(null)(runFixture())).toBe(true);
  const show = follow(active);
  expect(show(active)).toBe(false);
  expect(show(runFixture())).toBe(true);
});

it('refetches nothing while nothing is known and while a run is active', () => {
  const show = follow(undefined);
  expect(show(runFixture())).toBe(false);
  expect(show(active)).toBe(false);
});

it('fetches again when what waited was decided', () => {
  const show = follow(runFixture({ status: 'awaitingApproval', finishedAt: null }));
  expect(show(runFixture())).toBe(true);
});
