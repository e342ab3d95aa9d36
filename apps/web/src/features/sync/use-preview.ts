import { useQuery, useQueryClient } from '@tanstack/react-query';
import { pendingRunQuery } from '../../entities/runs/run-queries.ts';

interface PreviewInput {
  /** Only who may sync may ask whether a plan waits. */
  isEnabled: boolean;
  start: () => void;
  /** Opens the dialog, which says what a new plan replaces. */
  ask: () => void;
}

/** Starts a preview at once, unless it would replace a plan that waits or nobody can tell: then asks first. */
export function usePreview({ isEnabled, start, ask }: PreviewInput): () => void {
  const client = useQueryClient();
  useQuery({ ...pendingRunQuery, enabled: isEnabled });
  return () =>
    void client.ensureQueryData(pendingRunQuery).then(
      (pending) => (pending ? ask() : start()),
      () => ask(),
    );
}
