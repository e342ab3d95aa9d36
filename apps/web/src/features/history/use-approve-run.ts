import type { SyncRun } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { cacheRun } from '../../entities/runs/run-queries.ts';
import { approveSyncRun } from '../../lib/api/sync-runs.ts';

/** Approves exactly the plan that is on the screen, named by its fingerprint. */
export function useApproveRun(run: SyncRun) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      approveSyncRun({ params: { id: run.id }, body: { planFingerprint: run.planFingerprint ?? '' } }),
    onSuccess: (approved) => {
      cacheRun(client, approved);
      message.success(t(run.mode === 'preview' ? 'history.preview.applied' : 'history.held.approved'));
    },
    onError: () => client.invalidateQueries({ queryKey: ['sync-runs'] }),
  });
}
