import type { ExportFormat } from '@orgmirror/contracts';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { getProblemTitle } from '../../lib/http/problem-error.ts';
import { type ExportRequest, useStartExport } from './use-start-export.ts';

const formats = ['xlsx', 'csv'] as const;

/** Entries of a menu that export a list, one a format; why it could not start is told in a message. */
export function useExportItems(): (
  request: (format: ExportFormat) => ExportRequest,
) => { key: string; label: string; onClick: () => void }[] {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const onError = (error: Error) =>
    void message.error(getProblemTitle(error) ?? t('common.error.network.title'));
  const start = useStartExport({ onError });
  return (request) =>
    formats.map((format) => ({
      key: `export-${format}`,
      label: t('exports.as', { format: t(`exports.format.${format}`) }),
      onClick: () => start.mutate(request(format)),
    }));
}
