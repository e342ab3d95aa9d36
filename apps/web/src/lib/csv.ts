/**
 * One CSV text (RFC 4180, CRLF) with a UTF-8 byte order mark, without which Excel reads Chinese as the local code page.
 * A cell that a spreadsheet would take for a formula (it begins with = + - @ tab or CR, ASCII or full width) is preceded by '.
 */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(formatCell).join(',')}\r\n`).join('')}`;
}

function formatCell(text: string): string {
  const defused = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
