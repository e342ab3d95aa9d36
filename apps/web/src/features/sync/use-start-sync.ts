import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { cacheRun } from '../../entities/runs/run-queries.ts';
import { getSyncRun, startSyncRun } from '../../lib/api/sync-runs.ts';
import { getProblemCode, ProblemError } from '../../lib/http/problem-error.ts';

/**
 * Starts a sync; shows a run that is already active instead, and links to the settings if they are
 * incomplete.
 */
export function useStartSync() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();

  const attachTo = async (runId: string) => {
    cacheRun(client, await getSyncRun({ params: { id: runId } }));
    message.info(t('sync.attached'));
  };

  return useMutation({
    mutationFn: (mode: 'apply' | 'preview') => startSyncRun({ body: { mode } }),
    onSuccess: (run) => {
      cacheRun(client, run);
      message.success(t('sync.started'));
    },
    onError: async (error) => {
      const code = getProblemCode(error);
      const problem = error instanceof ProblemError ? error.problem : null;
      if (code === 'sync.already_running') {
        if (problem?.runId !== undefined) return attachTo(problem.runId);
        return client.invalidateQueries({ queryKey: ['sync-runs'] });
      }
      const isAboutSettings = code === 'sync.disabled' || code === 'settings.incomplete';
      modal[isAboutSettings ? 'confirm' : 'error']({
        title: problem?.title ?? t('sync.cannotStart'),
        content: problem?.detail ?? t('common.error.network.detail'),
        ...(isAboutSettings && {
          okText: t('sync.toSettings'),
          onOk: () => void navigate('/system/enterprise'),
        }),
      });
    },
  });
}
