import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { departmentTreeQuery } from '../../entities/departments/department-tree-query.ts';
import { indexDepartments } from '../../entities/departments/index-departments.ts';
import { recordExport } from '../../lib/api/audit.ts';
import { useCsvExport } from '../../lib/export/use-csv-export.ts';
import type { ChangeFilters } from './change-filters.ts';
import { exportChanges } from './export-changes.ts';

/** Exports a run's changes of the current filters as a CSV file. */
export function useExportChanges(): (runId: string, filters: ChangeFilters) => Promise<void> {
  const { t } = useTranslation();
  const client = useQueryClient();
  const start = useCsvExport();
  return (runId, filters) =>
    start({
      fileName: t('history.changes.exportFileName'),
      record: () => recordExport({ body: { list: 'syncChanges', runId } }),
      read: async (onRead, signal) => {
        const departments = indexDepartments(await client.ensureQueryData(departmentTreeQuery));
        const labels = { t, getDepartmentName: (id: number) => departments.get(id)?.name };
        return exportChanges({ runId, filters, labels, onRead, signal });
      },
      describeRunning: (count) => t('history.changes.exportRunning', { count }),
      describeDone: (count) => t('history.changes.exportDone', { count }),
    });
}
