import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { departmentsQuery } from '../../entities/departments/departments-query.ts';
import { recordExport } from '../../lib/api/audit.ts';
import { useCsvExport } from '../../lib/export/use-csv-export.ts';
import { exportChanges } from './export-changes.ts';

/** Exports a run's changes as a CSV file. */
export function useExportChanges(): (runId: string) => Promise<void> {
  const { t } = useTranslation();
  const client = useQueryClient();
  const start = useCsvExport();
  return (runId) =>
    start({
      fileName: t('history.changes.exportFileName'),
      record: () => recordExport({ body: { list: 'syncChanges', runId } }),
      read: async (onRead, signal) => {
        const { byId } = await client.ensureQueryData(departmentsQuery);
        const labels = { t, getDepartmentName: (id: number) => byId.get(id)?.name };
        return exportChanges({ runId, labels, onRead, signal });
      },
      describeRunning: (count) => t('history.changes.exportRunning', { count }),
      describeDone: (count) => t('history.changes.exportDone', { count }),
    });
}
