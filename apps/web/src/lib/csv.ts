/**
 * One CSV text (RFC 4180, CRLF) with a UTF-8 byte order mark, without which Excel reads Chinese as the local
 * code page. A cell that a spreadsheet would read as a formula (first character = + - @ tab or CR, ASCII or
 * full width) gets a leading '. So does each part of a list with semicolons, at which a spreadsheet of many
 * European languages begins another cell.
 */
export function formatCsv(rows: Rows): string {
  return byteOrderMark + formatRows(rows);
}

/** The same in parts: what a million rows take as arrays of cells is many times what their text takes. */
export function createCsvParts(head: readonly string[]): { add: (rows: Rows) => void; parts: string[] } {
  const parts = [byteOrderMark + formatRows([head])];
  return { parts, add: (rows) => void parts.push(formatRows(rows)) };
}

type Rows = readonly (readonly string[])[];
const byteOrderMark = '\uFEFF';

const formatRows = (rows: Rows): string => rows.map((row) => `${row.map(formatCell).join(',')}\r\n`).join('');

function formatCell(text: string): string {
  const defused = text.replaceAll(/(^|;)(?= *[=+\-@\t\r\n＝＋－＠])/g, "$1'");
  return /[",;\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
