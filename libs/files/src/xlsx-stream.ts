import ExcelJS from 'exceljs';
import { escapeForSpreadsheet, isPlainNumber } from './spreadsheet-text.js';

/** Rows that a sheet of a workbook can hold, the header included. */
const SHEET_ROWS = 1_048_576;

export interface SheetColumn {
  readonly title: string;
  /** Characters. */
  readonly width: number;
  /** An amount becomes a number that can be summed, where a spreadsheet keeps it exactly; a text never becomes a formula. */
  readonly kind: 'text' | 'amount';
}

/** Writes a workbook row by row into a file: memory does not grow with the rows. A full sheet goes on in a next one. */
export class XlsxStream {
  private readonly workbook: ExcelJS.stream.xlsx.WorkbookWriter;
  private sheet: { name: string; columns: readonly SheetColumn[]; rows: number; number: number } | undefined;
  private writer: ExcelJS.Worksheet | undefined;

  constructor(path: string) {
    this.workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
      filename: path,
      useStyles: true,
      useSharedStrings: false,
    });
    // Fixed, so that the same books give the same properties whenever they are written.
    this.workbook.created = this.workbook.modified = new Date(0);
  }

  startSheet(name: string, columns: readonly SheetColumn[]): void {
    this.openSheet(name, columns, 1);
  }

  addRow(cells: readonly string[]): void {
    if (this.sheet === undefined) throw new Error('A row needs a sheet.');
    const { name, columns, rows, number } = this.sheet;
    if (rows === SHEET_ROWS) this.openSheet(name, columns, number + 1);
    this.write(cells.map((text, place) => cellOf(columns[place], text)));
  }

  async finish(): Promise<void> {
    this.endSheet();
    await this.workbook.commit();
  }

  private openSheet(name: string, columns: readonly SheetColumn[], number: number): void {
    this.endSheet();
    const writer = this.workbook.addWorksheet(number === 1 ? name : `${name} ${number}`, {
      views: [{ state: 'frozen', ySplit: 1 }],
    });
    writer.columns = columns.map(({ width, kind }) => ({
      width,
      style: kind === 'amount' ? { numFmt: '#,##0.00' } : {},
    }));
    this.writer = writer;
    this.sheet = { name, columns, rows: 0, number };
    this.write(columns.map(({ title }) => escapeForSpreadsheet(title)));
  }

  private write(cells: readonly (string | number)[]): void {
    this.writer?.addRow(cells).commit();
    if (this.sheet !== undefined) this.sheet.rows += 1;
  }

  private endSheet(): void {
    this.writer?.commit();
    this.writer = undefined;
  }
}

function cellOf(column: SheetColumn | undefined, text: string): string | number {
  return column?.kind === 'amount' && isPlainNumber(text) ? Number(text) : escapeForSpreadsheet(text);
}
