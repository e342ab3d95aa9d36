import type { MemberSummary } from '@orgmirror/contracts';
import { useTranslation } from 'react-i18next';
import { recordExport } from '../../lib/api/audit.ts';
import { useCsvExport } from '../../lib/export/use-csv-export.ts';
import { exportMembers, formatMembers } from './export-members.ts';
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

/** Exports members that are in hand. */
export function useExportSelected(): (members: readonly MemberSummary[]) => Promise<void> {
  const { t } = useTranslation();
  const start = useCsvExport();
  return (members) =>
    start({
      fileName: t('org.export.fileName'),
      record: () => recordExport({ body: { list: 'members', filter: { selected: String(members.length) } } }),
      read: () => Promise.resolve({ csv: formatMembers(members, t), count: members.length }),
      describeRunning: (count) => t('org.export.running', { count }),
      describeDone: (count) => t('org.export.done', { count }),
    });
}

const describeFilter = (params: OrgParams): Record<string, string> =>
  Object.fromEntries(Object.entries(toMemberFilter(params)).map(([name, value]) => [name, String(value)]));
