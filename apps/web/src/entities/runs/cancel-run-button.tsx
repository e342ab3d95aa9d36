import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { cancelSyncRun } from '../../lib/api/sync-runs.ts';
import { getProblemTitle } from '../../lib/http/problem-error.ts';
import { cacheRun } from './run-queries.ts';

/** Cancels a run, after a confirmation. */
export function CancelRunButton({ runId }: { runId: string }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelSyncRun({ params: { id: runId } }),
    onSuccess: (run) => {
      cacheRun(client, run);
      message.info(t('sync.cancelRequested'));
    },
    onError: (error) => message.error(getProblemTitle(error) ?? t('common.error.network.title')),
    onSettled: () => client.invalidateQueries({ queryKey: ['sync-runs'] }),
  });
  const confirmCancel = () =>
    modal.confirm({
      title: t('sync.cancelTitle'),
      content: t('sync.cancelDetail'),
      okText: t('sync.cancelConfirm'),
      okButtonProps: { danger: true },
      cancelText: t('sync.keepRunning'),
      onOk: () => cancel.mutate(),
    });
  return (
    <Button onClick={confirmCancel} loading={cancel.isPending}>
      {t('sync.cancel')}
    </Button>
  );
}
