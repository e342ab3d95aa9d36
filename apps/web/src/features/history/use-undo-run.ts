import type { BodyOf, endpoints, SyncRun } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { cacheRun } from '../../entities/runs/run-queries.ts';
import { undoSyncRun } from '../../lib/api/sync-runs.ts';

/** Undoes a run by starting an undo run, and navigates to it. */
export function useUndoRun(run: SyncRun, onStarted: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.undoSyncRun>) => undoSyncRun({ params: { id: run.id }, body }),
    onSuccess: (undo) => {
      cacheRun(client, undo);
      message.success(t('history.undo.started'));
      onStarted();
      void navigate(`/system/sync-runs/${undo.id}`);
      return client.invalidateQueries({ queryKey: ['sync-runs', 'one', run.id] });
    },
  });
}
