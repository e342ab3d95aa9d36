import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadText } from '../../lib/download-text.ts';
import { getProblemTitle } from '../../lib/http/problem-error.ts';
import { exportMembers } from './export-members.ts';
import type { OrgParams } from './org-params.ts';

const messageKey = 'members-export';

/** Starts an export of the current filter with its progress in a message; leaving the page stops it. */
export function useExportMembers(): (params: OrgParams) => Promise<void> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  return async (params) => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    const report = (count: number) =>
      message.open({
        key: messageKey,
        type: 'loading',
        content: t('org.export.running', { count }),
        duration: 0,
      });
    report(0);
    try {
      const { csv, count } = await exportMembers(params, t, report, own.signal);
      const day = new Date().toISOString().slice(0, 10);
      downloadText(`${t('org.export.fileName')}-${day}.csv`, csv, 'text/csv;charset=utf-8');
      message.success({ key: messageKey, content: t('org.export.done', { count }) });
    } catch (error) {
      if (own.signal.aborted) message.destroy(messageKey);
      else
        message.error({
          key: messageKey,
          content: getProblemTitle(error) ?? t('common.error.network.title'),
        });
    }
  };
}
