import { type ExportJob, type ExportRequest, exportJob, exportRequest } from '@orgmirror/contracts';
import type { Export } from '../platform/database/generated/client.ts';
import { readStoredError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentProblem } from '../platform/http/present-problem.ts';
import { isRevealed } from './export-source.ts';

/** An export as the API shows it. */
export function presentExport(row: Export, locale: Locale, requestId: string): ExportJob {
  const request = exportRequest.parse(row.request);
  const error = readStoredError(row.error);
  return {
    id: row.id,
    list: request.list,
    runId: request.list === 'run-changes' ? request.runId : null,
    scope: presentScope(request),
    format: request.format,
    revealed: isRevealed(request),
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

function presentScope(request: ExportRequest): ExportJob['scope'] {
  if (request.list === 'members' && request.userIds) return 'selected';
  return request.filter ? 'filtered' : 'all';
}
