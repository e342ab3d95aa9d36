import {
  type AttributeImport as AttributeImportAnswer,
  type AttributeImportCounts,
  attributeImport,
  attributeImportCounts,
  type RefusedAttributeRow,
  refusedAttributeRow,
} from '@orgmirror/contracts';
import type { AttributeImport, AttributeImportRow } from '../platform/database/generated/client.ts';

/** The counts of a file that was judged. */
export const presentCounts = ({ counts }: AttributeImport): AttributeImportCounts =>
  attributeImportCounts.parse(counts);

/** A judged file as the API shows it. */
export const presentImport = (
  row: AttributeImport,
  refused: readonly AttributeImportRow[],
): AttributeImportAnswer => ({
  id: row.id,
  fileName: row.fileName,
  status: attributeImport.shape.status.parse(row.status),
  columns: row.columns,
  counts: presentCounts(row),
  refused: refused.map(presentRefused),
  fingerprint: row.fingerprint ?? '',
  createdAt: row.createdAt.toISOString(),
  appliedAt: row.appliedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt.toISOString(),
});

/** A refused row as the API shows it. */
export const presentRefused = (row: AttributeImportRow): RefusedAttributeRow => ({
  line: row.line,
  wecomUserId: row.userId,
  reason: refusedAttributeRow.shape.reason.parse(row.reason),
  attribute: row.attributeKey,
  given: row.given,
});
