import { byteOrderMark, type ExportFormat, formatCsvRows } from '@orgmirror/contracts';

/** What a file is made of; rows come page by page. */
export interface Sheet {
  name: string;
  heads: readonly string[];
  pages: AsyncIterable<readonly (readonly string[])[]>;
}

/** Parts of a file are at least this long, but for the last. */
const minPartLength = 256 * 1024;
const columnWidth = 24;

/** Writes a sheet as the parts of a file, which takes no more memory for many rows than for few. */
export async function* writeFile(format: ExportFormat, sheet: Sheet): AsyncGenerator<Buffer> {
  let gathered: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of format === 'csv' ? writeCsv(sheet) : writeXlsx(sheet)) {
    gathered.push(bytes);
    length += bytes.length;
    if (length < minPartLength) continue;
    yield Buffer.concat(gathered);
    gathered = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(gathered);
}

async function* writeCsv({ heads, pages }: Sheet): AsyncGenerator<Uint8Array> {
  yield Buffer.from(byteOrderMark + formatCsvRows([heads]));
  for await (const rows of pages) yield Buffer.from(formatCsvRows(rows));
}

/** All cells are texts, which no spreadsheet takes for formulas. */
async function* writeXlsx({ name, heads, pages }: Sheet): AsyncGenerator<Uint8Array> {
  const { writeXlsxStream } = await import('hucre/xlsx'); // takes a while to load
  yield* writeXlsxStream(eachRow(pages), {
    name,
    columns: heads.map((header) => ({ header, width: columnWidth })),
    freezePane: { rows: 1 },
  });
}

async function* eachRow(pages: Sheet['pages']): AsyncGenerator<string[]> {
  for await (const rows of pages) for (const row of rows) yield [...row];
}
