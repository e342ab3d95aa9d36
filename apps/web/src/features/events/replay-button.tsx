import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { replayWecomEvent } from '../../lib/api/wecom-events.ts';
import { getProblemTitle } from '../../lib/http/problem-error.ts';

/** 重放: processes a failed event again. */
export function ReplayButton({ id }: { id: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const replay = useMutation({
    mutationFn: () => replayWecomEvent({ params: { id } }),
    onSuccess: () => message.success(t('events.replayed')),
    onError: (error) => message.error(getProblemTitle(error) ?? t('common.error.network.title')),
    onSettled: () => client.invalidateQueries({ queryKey: ['wecom-events'] }),
  });
  return (
    <Button size="small" onClick={() => replay.mutate()} loading={replay.isPending}>
      {t('events.replay')}
    </Button>
  );
}
