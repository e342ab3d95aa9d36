import { useTranslation } from 'react-i18next';
import { recordExport } from '../../lib/api/audit.ts';
import { useCsvExport } from '../../lib/export/use-csv-export.ts';
import { exportMembers } from './export-members.ts';
import { type OrgParams, toMemberFilter } from './org-params.ts';

/** Exports the members of the current filter as a CSV file. */
export function useExportMembers(): (params: OrgParams) => Promise<void> {
  const { t } = useTranslation();
  const start = useCsvExport();
  return (params) =>
    start({
      fileName: t('org.export.fileName'),
      record: () => recordExport({ body: { list: 'members', filter: describeFilter(params) } }),
      read: (onRead, signal) => exportMembers(params, t, onRead, signal),
      describeRunning: (count) => t('org.export.running', { count }),
      describeDone: (count) => t('org.export.done', { count }),
    });
}

const describeFilter = (params: OrgParams): Record<string, string> =>
  Object.fromEntries(Object.entries(toMemberFilter(params)).map(([name, value]) => [name, String(value)]));
