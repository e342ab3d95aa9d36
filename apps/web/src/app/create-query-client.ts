import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../lib/http/problem-error.ts';

/** Retries transient failures only, twice: a lost connection or a busy server. */
const shouldRetry = (failureCount: number, error: Error): boolean =>
  failureCount < 2 &&
  error instanceof ProblemError &&
  (error.problem === null || error.problem.status >= 502);

/** The query cache of the console. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: shouldRetry, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
