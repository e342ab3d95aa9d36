import type { SyncRun } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { getSyncRun, startSyncRun } from '../../lib/api/sync-runs.ts';
import { getProblemCode, ProblemError } from '../../lib/http/problem-error.ts';
import { cacheRun } from './run-queries.ts';

/**
 * Starts a sync; shows a run that is already active instead, and links to the settings if they are
 * incomplete. `onShown` gets the run that is to be seen, started or already active.
 */
export function useStartSync(onShown?: (run: SyncRun) => void) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();

  const attachTo = async (runId: string) => {
    const run = await getSyncRun({ params: { id: runId } });
    cacheRun(client, run);
    message.info(t('sync.attached'));
    onShown?.(run);
  };

  return useMutation({
    mutationFn: (mode: 'apply' | 'preview') => startSyncRun({ body: { mode } }),
    // No message: its progress is in sight at once, above the tree, in the header or on its own page.
    onSuccess: (run) => {
      cacheRun(client, run);
      onShown?.(run);
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
