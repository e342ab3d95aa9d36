import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../lib/http/problem-error.ts';

/** Retries only what may mend itself: a lost connection or a busy server, twice. */
const shouldRetry = (failureCount: number, error: Error): boolean =>
  failureCount < 2 &&
  error instanceof ProblemError &&
  (error.problem === null || error.problem.status >= 502);

/** The console's cache of what the server said. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: shouldRetry, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
