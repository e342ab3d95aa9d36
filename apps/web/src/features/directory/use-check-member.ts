import { useMutation, useQueryClient } from '@tanstack/react-query';
import { refreshAfterRun } from '../../entities/runs/run-queries.ts';
import { checkMember } from '../../lib/api/directory.ts';

interface CheckInput {
  wecomUserId: string;
  apply: boolean;
}

/** Compares one member with WeCom; with `apply` the differences are applied and the pages refetched. */
export function useCheckMember() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ wecomUserId, apply }: CheckInput) =>
      checkMember({ params: { wecomUserId }, body: apply ? { apply } : {} }),
    onSuccess: ({ runId }) => (runId === null ? undefined : refreshAfterRun(client)),
  });
}
