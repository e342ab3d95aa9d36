import { type ExportJob, exportJob, memberExportRequest } from '@orgmirror/contracts';
import type { Export } from '../platform/database/generated/client.ts';
import { readStoredError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentProblem } from '../platform/http/present-problem.ts';

/** An export as the API shows it. */
export function presentExport(row: Export, locale: Locale, requestId: string): ExportJob {
  const { list, format, filter, userIds, reveal } = memberExportRequest.parse(row.request);
  const error = readStoredError(row.error);
  return {
    id: row.id,
    list,
    scope: userIds ? 'selected' : filter ? 'filtered' : 'all',
    format,
    revealed: reveal,
    status: exportJob.shape.status.parse(row.status),
    rows: row.rows,
    total: row.total,
    size: row.size === null ? null : Number(row.size),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
    problem: error && presentProblem(error, locale, requestId),
  };
}
