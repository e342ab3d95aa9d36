import { byteOrderMark, type CsvRows, formatCsvRows } from '@orgmirror/contracts/csv';

/**
 * One CSV text in parts, with a byte order mark: what a million rows take as arrays of cells is many times what
 * their text takes.
 */
export function createCsvParts(head: readonly string[]): { add: (rows: CsvRows) => void; parts: string[] } {
  const parts = [byteOrderMark + formatCsvRows([head])];
  return { parts, add: (rows) => void parts.push(formatCsvRows(rows)) };
}
