import { Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import { encodeGb18030 } from './gb18030.js';
import { escapeForSpreadsheet, isPlainNumber } from './spreadsheet-text.js';

/** A byte-order mark tells Excel that a CSV file is UTF-8. */
export type WrittenEncoding = 'utf-8' | 'utf-8-with-mark' | 'gb18030';

type Rows = Iterable<readonly string[]>;

/** The rows as a CSV file that `openTable` reads back. What looks like a formula is written as plain text. */
export function writeCsv(rows: Rows, encoding: WrittenEncoding = 'utf-8-with-mark'): Buffer {
  const lines: string[] = [];
  for (const row of rows) lines.push(`${row.map(csvCell).join(',')}\r\n`);
  const text = lines.join('');
  if (encoding === 'gb18030') return encodeGb18030(text);
  return Buffer.from(encoding === 'utf-8' ? text : `\ufeff${text}`, 'utf8');
}

/**
 * The rows as an XLSX workbook of one sheet. Cells are texts, but for the columns (from 0) named in `numberColumns`,
 * whose plain decimal texts of at most 15 digits become numbers, as if typed in.
 */
export async function writeXlsx(rows: Rows, numberColumns: ReadonlySet<number> = new Set()): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  // Fixed, so that the same table gives the same properties whenever it is written.
  workbook.created = workbook.modified = new Date(0);
  const sheet = workbook.addWorksheet('Sheet1');
  for (const row of rows) {
    sheet.addRow(
      row.map((text, column) =>
        numberColumns.has(column) && isPlainNumber(text) ? Number(text) : escapeForSpreadsheet(text),
      ),
    );
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** A cell that stands out, by places from 0. */
export interface CellMark {
  readonly row: number;
  readonly column: number;
}

/** The rows as a workbook of texts with some cells coloured. Written row by row, so that long tables cost little. */
export async function writeMarkedXlsx(rows: Rows, marks: readonly CellMark[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true });
  workbook.created = workbook.modified = new Date(0);
  const sheet = workbook.addWorksheet('Sheet1', { views: [{ state: 'frozen', ySplit: 1 }] });
  const marked = Map.groupBy(marks, ({ row }) => row);
  let place = 0;
  for (const texts of rows) {
    const row = sheet.addRow(texts.map((text) => (isPlainNumber(text) ? text : escapeForSpreadsheet(text))));
    for (const { column } of marked.get(place) ?? []) row.getCell(column + 1).fill = FAULTY;
    row.commit();
    place += 1;
  }
  await workbook.commit();
  return Buffer.concat(chunks);
}

const FAULTY: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFD6D6' } };

function csvCell(text: string): string {
  const safe = isPlainNumber(text) ? text : escapeForSpreadsheet(text);
  return /[",\r\n]|^[ \u00a0\u3000]|[ \u00a0\u3000]$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
