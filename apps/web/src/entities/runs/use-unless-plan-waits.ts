import { useQuery, useQueryClient } from '@tanstack/react-query';
import { pendingRunQuery } from './run-queries.ts';

interface UnlessPlanWaitsInput {
  /** Only who may sync may ask whether a plan waits. */
  isEnabled: boolean;
  start: () => void;
  /** Opens a question, which says what a new plan replaces. */
  ask: () => void;
}

/**
 * Starts at once, unless it would replace a plan that waits or nobody can tell: then asks first. The server is
 * asked each time: another admin may have made the plan since the last look.
 */
export function useUnlessPlanWaits({ isEnabled, start, ask }: UnlessPlanWaitsInput): () => void {
  const client = useQueryClient();
  useQuery({ ...pendingRunQuery, enabled: isEnabled });
  return () =>
    void client.fetchQuery({ ...pendingRunQuery, staleTime: 0 }).then(
      (pending) => (pending ? ask() : start()),
      () => ask(),
    );
}
