import type { AuditEntry } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { translateCode } from '../../i18n/translate-code.ts';
import { listAuditEntries, recordExport } from '../../lib/api/audit.ts';
import { createCsvParts } from '../../lib/csv.ts';
import { readAllPages } from '../../lib/export/read-all-pages.ts';
import { useCsvExport } from '../../lib/export/use-csv-export.ts';
import { formatExact } from '../../lib/format.ts';
import { type AuditFilters, toAuditQuery } from './audit-filters.ts';

const maxPageSize = 200;

/** Exports the entries of the current filters as a CSV file. */
export function useExportEntries(): (filters: AuditFilters) => Promise<void> {
  const { t } = useTranslation();
  const start = useCsvExport();
  return (filters) =>
    start({
      fileName: t('audit.export.fileName'),
      record: () => recordExport({ body: { list: 'auditEntries', filter: toAuditQuery(filters) } }),
      read: async (onRead, signal) => {
        const csv = createCsvParts(buildHeadRow(t));
        let count = 0;
        const readPage = (cursor: { cursor?: string }) =>
          listAuditEntries({ query: { ...toAuditQuery(filters), limit: maxPageSize, ...cursor } }, signal);
        for await (const entries of readAllPages(readPage)) {
          csv.add(entries.map((entry) => buildRow(entry, t)));
          count += entries.length;
          onRead(count);
        }
        return { csv: csv.parts, count };
      },
      describeRunning: (count) => t('audit.export.running', { count }),
      describeDone: (count) => t('audit.export.done', { count }),
    });
}

const buildHeadRow = (t: TFunction): string[] => [
  t('audit.column.at'),
  t('audit.column.actor'),
  t('audit.column.action'),
  t('audit.column.target'),
  t('audit.column.targetName'),
  t('audit.column.result'),
  t('audit.export.before'),
  t('audit.export.after'),
  t('audit.column.ip'),
  t('audit.column.requestId'),
  t('audit.export.seq'),
  t('audit.export.hash'),
];

const buildRow = (entry: AuditEntry, t: TFunction): string[] => [
  formatExact(entry.at),
  entry.actor ?? t('audit.system'),
  translateCode('audit.action', entry.action) ?? entry.action,
  entry.target ?? '',
  entry.targetName ?? '',
  t(`audit.result.${entry.result}`),
  entry.before === null ? '' : JSON.stringify(entry.before),
  entry.after === null ? '' : JSON.stringify(entry.after),
  entry.ip ?? '',
  entry.requestId ?? '',
  entry.seq === null ? '' : String(entry.seq),
  entry.hash ?? '',
];
