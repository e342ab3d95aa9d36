import type { BodyOf, endpoints } from '@orgmirror/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { createExport } from '../../lib/api/exports.ts';
import { exportsQuery } from './exports-query.ts';

export type ExportRequest = BodyOf<typeof endpoints.createExport>;

/** Lets the server write a file; the header then shows how far it is. */
export function useStartExport(events: { onStarted?: () => void; onError?: (error: Error) => void } = {}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ExportRequest) => createExport({ body }),
    onSuccess: (job) => {
      client.setQueryData(exportsQuery.queryKey, (jobs = []) => [job, ...jobs]);
      message.info(t('exports.started'));
      events.onStarted?.();
    },
    ...(events.onError && { onError: events.onError }),
  });
}
