import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { escapeForSpreadsheet, isPlainNumber } from './spreadsheet-text.js';

export interface SheetColumn {
  readonly header: string;
  /** In characters. */
  readonly width: number;
  /** `amount`: decimal texts that become numbers where a spreadsheet's numbers hold them without loss; else `text`. */
  readonly kind: 'text' | 'amount';
}

export interface Sheet {
  readonly name: string;
  /** Lines above the table: what it is, of whom, as of when. */
  readonly title: readonly string[];
  readonly columns: readonly SheetColumn[];
  /** The cells of each row, in the order of the columns; `strong` rows stand out, as totals do. */
  readonly rows: Iterable<SheetRow> | AsyncIterable<SheetRow>;
}

export interface SheetRow {
  readonly cells: readonly string[];
  readonly strong?: boolean;
}

/** Rows after which what was written may flow out, so that a long sheet does not gather in memory. */
const ROWS_AT_ONCE = 500;
/** Excel's own limit, less room for titles. */
const MOST_ROWS = 1_048_000;
const AMOUNT_FORMAT = '#,##0.00;[Red]-#,##0.00';

/**
 * Writes a workbook sheet by sheet and row by row while it flows out. Texts stay texts: nothing that came from a person
 * becomes a formula. Throws `RangeError` beyond what a sheet can hold.
 */
export async function writeWorkbook(to: Writable, sheets: readonly Sheet[]): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: to, useStyles: true, useSharedStrings: false });
  workbook.created = workbook.modified = new Date(0);
  for (const sheet of sheets) await writeSheet(workbook, sheet);
  await workbook.commit();
}

async function writeSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, sheet: Sheet): Promise<void> {
  const { name, title, columns, rows } = sheet;
  const written = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: title.length + 1 }] });
  written.columns = columns.map(({ width, kind }) => ({
    width,
    style: kind === 'amount' ? { numFmt: AMOUNT_FORMAT } : { numFmt: '@' },
  }));
  title.forEach((text, at) => addRow(written, [escapeForSpreadsheet(text)], at === 0));
  addRow(
    written,
    columns.map(({ header }) => header),
    true,
  );
  let count = 0;
  for await (const { cells, strong = false } of rows) {
    if (++count > MOST_ROWS) throw new RangeError(`A sheet holds at most ${MOST_ROWS} rows; ask for a shorter period.`);
    addRow(
      written,
      cells.map((text, column) => cellOf(text, columns[column]?.kind ?? 'text')),
      strong,
    );
    if (count % ROWS_AT_ONCE === 0) await setImmediate();
  }
  written.commit();
}

function addRow(sheet: ExcelJS.Worksheet, cells: readonly (string | number)[], strong: boolean): void {
  const row = sheet.addRow([...cells]);
  if (strong) row.font = { bold: true };
  row.commit();
}

function cellOf(text: string, kind: SheetColumn['kind']): string | number {
  return kind === 'amount' && isPlainNumber(text) ? Number(text) : escapeForSpreadsheet(text);
}
