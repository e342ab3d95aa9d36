import type { SyncChange } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { type FieldLabels, formatFieldValue } from '../../entities/changes/format-field-value.ts';
import { hasField, listChangedFields } from '../../entities/changes/list-changed-fields.ts';
import { translateCode } from '../../i18n/translate-code.ts';
import { listSyncChanges } from '../../lib/api/sync-runs.ts';
import { createCsvParts } from '../../lib/csv.ts';
import { readAllPages } from '../../lib/export/read-all-pages.ts';

const maxPageSize = 200;

interface ExportChangesInput {
  runId: string;
  labels: FieldLabels;
  onRead: (count: number) => void;
  signal: AbortSignal;
}

/**
 * Reads every change, page by page, and gives them as the parts of one CSV text with a row for each changed
 * field. Rejects when a page fails. `count` is of changes, not of rows.
 */
export async function exportChanges(input: ExportChangesInput): Promise<{ csv: string[]; count: number }> {
  const { runId, labels, onRead, signal } = input;
  const csv = createCsvParts(buildHeadRow(labels.t));
  let count = 0;
  const readPage = (cursor: { cursor?: string }) => {
    const query = { limit: maxPageSize, ...cursor };
    return listSyncChanges({ params: { id: runId }, query }, signal);
  };
  for await (const changes of readAllPages(readPage)) {
    csv.add(changes.flatMap((change) => buildRows(change, labels)));
    count += changes.length;
    onRead(count);
  }
  return { csv: csv.parts, count };
}

const columns = ['entity', 'kind', 'name', 'key', 'field', 'before', 'after', 'held'] as const;
const buildHeadRow = (t: TFunction): string[] =>
  columns.map((column) => t(`history.changes.exportColumn.${column}`));

function buildRows(
  { entity, kind, name, key, before, after, held }: SyncChange,
  labels: FieldLabels,
): string[][] {
  const { t } = labels;
  const about = [t(`changes.entity.${entity}`), t(`changes.kind.${kind}`), name, key];
  const heldText = t(held ? 'common.value.yes' : 'common.value.no');
  const fields = listChangedFields(before, after);
  if (fields.length === 0) return [[...about, '', '', '', heldText]];
  const format = (values: SyncChange['before'], field: string) =>
    hasField(values, field) ? formatFieldValue(labels, field, values[field]) : '';
  return fields.map((field) => [
    ...about,
    translateCode('changes.field', field) ?? field,
    format(before, field),
    format(after, field),
    heldText,
  ]);
}
