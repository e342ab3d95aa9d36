import type { SyncRun } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { cacheRun } from '../../entities/runs/run-queries.ts';
import { startSyncRun } from '../../lib/api/sync-runs.ts';

/** Starts a sync, or a preview, again after one that failed, and navigates to it. */
export function useRetryRun({ mode }: Pick<SyncRun, 'mode'>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => startSyncRun({ body: { mode: mode === 'preview' ? 'preview' : 'apply' } }),
    onSuccess: (run) => {
      cacheRun(client, run);
      message.success(t('sync.started'));
      void navigate(`/system/sync-runs/${run.id}`);
    },
  });
}
