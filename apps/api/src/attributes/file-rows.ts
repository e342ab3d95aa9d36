import { AppError } from '../platform/errors/app-error.ts';
import { measureUnpacked } from './measure-unpacked.ts';

/** A row of a file; the heads are row 1. */
export interface FileRow {
  line: number;
  cells: readonly Cell[];
}

/** A cell as text; a formula is one of CSV, where nothing has calculated it. */
export type Cell = { text: string; isFormula: boolean };

/** What an xlsx file may unpack to: a small file can claim gigabytes. */
const maxUnpackedBytes = 256 * 1024 * 1024;

/**
 * The rows of an xlsx or CSV file, told apart by its first bytes, without those that are empty.
 * @throws AppError `attribute.file_unreadable`
 */
export async function* readFileRows(content: Buffer): AsyncGenerator<FileRow> {
  const rows = content.subarray(0, 2).toString('latin1') === 'PK' ? readXlsx(content) : readCsv(content);
  for await (const row of rows) if (row.cells.some(({ text }) => text !== '')) yield row;
}

async function* readCsv(content: Buffer): AsyncGenerator<FileRow> {
  const { streamCsvRows } = await import('hucre/csv');
  const text = decodeText(content);
  const delimiter = detectDelimiter(text);
  let line = 0;
  for (const values of streamCsvRows(text, { delimiter }))
    yield { line: ++line, cells: values.map((value) => readCsvCell(String(value ?? ''))) };
}

async function* readXlsx(content: Buffer): AsyncGenerator<FileRow> {
  if (measureUnpacked(content) > maxUnpackedBytes) throw new AppError('attribute.file_unreadable');
  const { streamXlsxRows } = await import('hucre/xlsx'); // takes a while to load
  try {
    for await (const { index, values } of streamXlsxRows(content))
      yield {
        line: index + 1,
        cells: values.map((value) => ({ text: writeValue(value), isFormula: false })),
      };
  } catch (cause) {
    throw new AppError('attribute.file_unreadable', { cause });
  }
}

/** What a value of a spreadsheet is in CSV: a date without the time, a number without separators. */
function writeValue(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return value === null || value === undefined ? '' : String(value).trim();
}

/**
 * By the byte order mark; without one UTF-8, or what Excel writes in China.
 * @throws AppError `attribute.file_unreadable`
 */
function decodeText(content: Buffer): string {
  const [first, second] = content;
  const encodings =
    first === 0xff && second === 0xfe
      ? ['utf-16le']
      : first === 0xfe && second === 0xff
        ? ['utf-16be']
        : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    const text = tryDecode(content, encoding);
    if (text !== undefined && !text.includes('\0')) return text;
  }
  throw new AppError('attribute.file_unreadable');
}

function tryDecode(content: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch (error) {
    if (error instanceof TypeError) return undefined; // it has bytes that the encoding does not have
    throw error;
  }
}

/** Whichever the heads have most of; none of them is part of a head. */
function detectDelimiter(text: string): string {
  const heads = text.slice(0, text.search(/[\r\n]|$/));
  const count = (delimiter: string) => heads.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** Our own files put a ' before what a spreadsheet would calculate, see `formatCsvRows`. */
function readCsvCell(given: string): Cell {
  const text = given.replaceAll(/(^|;)'(?= *[=+\-@\t\r＝＋－＠])/g, '$1').trim();
  return { text, isFormula: /^\s*[=＝]/.test(given) };
}
