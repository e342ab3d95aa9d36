import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { getProblemCode } from '../lib/http/problem-error.ts';
import { NoPermission } from './no-permission.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { SkeletonRows } from './skeleton-rows.tsx';

interface QueryContentProps<T> {
  query: UseQueryResult<T>;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/**
 * Renders the states of a query: loading, forbidden, failed with retry, stale with a warning, and the data.
 */
export function QueryContent<T>({ query, skeleton, children }: QueryContentProps<T>) {
  const retry = () => void query.refetch();
  if (query.data !== undefined)
    return (
      <>
        {query.isError && <ProblemNotice error={query.error} onRetry={retry} />}
        {children(query.data)}
      </>
    );
  if (query.isError) {
    if (getProblemCode(query.error) === 'permission.denied') return <NoPermission />;
    return <ProblemNotice error={query.error} onRetry={retry} />;
  }
  return skeleton ?? <SkeletonRows />;
}
