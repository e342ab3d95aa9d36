import type { SyncRun } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { cacheRun, refreshAfterRun } from '../../entities/runs/run-queries.ts';
import { rejectSyncRun } from '../../lib/api/sync-runs.ts';

/** Rejects the held changes. */
export function useRejectRun(run: SyncRun) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => rejectSyncRun({ params: { id: run.id } }),
    onSuccess: (rejected) => {
      cacheRun(client, rejected);
      message.success(t(run.mode === 'preview' ? 'history.preview.discarded' : 'history.held.rejected'));
      return refreshAfterRun(client);
    },
  });
}
