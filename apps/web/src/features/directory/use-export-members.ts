import { useTranslation } from 'react-i18next';
import { useCsvExport } from '../../lib/export/use-csv-export.ts';
import { exportMembers } from './export-members.ts';
import type { OrgParams } from './org-params.ts';

/** Exports the members of the current filter as a CSV file. */
export function useExportMembers(): (params: OrgParams) => Promise<void> {
  const { t } = useTranslation();
  const start = useCsvExport();
  return (params) =>
    start({
      fileName: t('org.export.fileName'),
      read: (onRead, signal) => exportMembers(params, t, onRead, signal),
      describeRunning: (count) => t('org.export.running', { count }),
      describeDone: (count) => t('org.export.done', { count }),
    });
}
