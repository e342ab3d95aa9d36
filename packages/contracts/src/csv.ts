/** Rows of cells. */
export type CsvRows = readonly (readonly string[])[];

/** What a CSV file begins with: without it Excel reads Chinese as the local code page. */
export const byteOrderMark = '\uFEFF';

/**
 * Rows as CSV (RFC 4180, CRLF). A cell that a spreadsheet would read as a formula (first character = + - @ tab or
 * CR, ASCII or full width) gets a leading '. So does each part of a list with semicolons, at which a spreadsheet
 * of many European languages begins another cell.
 */
export const formatCsvRows = (rows: CsvRows): string =>
  rows.map((row) => `${row.map(formatCell).join(',')}\r\n`).join('');

function formatCell(text: string): string {
  const defused = text.replaceAll(/(^|;)(?= *[=+\-@\t\r\n＝＋－＠])/g, "$1'");
  return /[",;\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
