import { columnLetter, type Row } from './cell.js';
import type { Fault, FaultReport } from './faults.js';
import type { FileSource } from './file-bytes.js';
import { FAULT_COLUMN, isFaultColumn } from './fault-column.js';
import { faultInChinese } from './fault-words.js';
import { openTable } from './table-file.js';
import { type CellMark, writeCsv, writeMarkedXlsx } from './table-writer.js';

/** A fault as it stands beside its row. */
export interface RowFault {
  /** Place of the column from 0; absent when the whole row is meant. */
  readonly column?: number;
  readonly code: string;
  readonly reason: { readonly zh: string; readonly en: string };
}

export interface MarkedRow {
  /** Row number as a spreadsheet program shows it. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly faults: readonly RowFault[];
}

/** A file's faulty rows as they stand in it, each with its faults. */
export interface MarkedSheet {
  readonly columns: readonly { readonly letter: string; readonly title: string }[];
  readonly rows: readonly MarkedRow[];
  /** Faults of no row that the file has, such as somebody who is missing. */
  readonly elsewhere: readonly RowFault[];
}

/** Rows handed over at most; a copy of the whole file has all of them. */
export const MOST_MARKED_ROWS = 500;

/** Reads the file a second time and sets each fault beside its row. */
export async function markedSheet(source: FileSource, { faults }: FaultReport): Promise<MarkedSheet> {
  const ofLine = byLine(faults);
  const rows: MarkedRow[] = [];
  let header: Row | undefined;
  for await (const row of await openTable(source)) {
    header ??= row;
    const found = ofLine.get(row.line);
    if (found === undefined) continue;
    ofLine.delete(row.line);
    const cells = textsOf(row, header.cells.length);
    if (rows.length < MOST_MARKED_ROWS) rows.push({ line: row.line, cells, faults: found.map(rowFault) });
  }
  const titles = header === undefined ? [] : textsOf(header, 0);
  return {
    columns: titles.map((title, position) => ({ letter: columnLetter(position), title })),
    rows,
    elsewhere: [...ofLine.values()].flat().map(rowFault),
  };
}

/**
 * The whole file again with one column more, in which each row has its faults; in a workbook the faulty cells are coloured.
 * The column is overlooked when the copy is sent in, so it can be mended and sent as it is. What looks like a formula
 * is written as plain text.
 */
export async function markedCopy(source: FileSource, report: FaultReport, format: 'csv' | 'xlsx'): Promise<Buffer> {
  const ofLine = byLine(report.faults);
  const lines: string[][] = [];
  const marks: CellMark[] = [];
  let width = 0;
  for await (const row of await openTable(source)) {
    // An earlier copy's own column gives way to the new one.
    const cells = textsOf(row, width);
    if (lines.length === 0) {
      const own = cells.findIndex(isFaultColumn);
      width = own < 0 ? cells.length : own;
      lines.push([...cells.slice(0, width), FAULT_COLUMN]);
      continue;
    }
    const found = ofLine.get(row.line) ?? [];
    ofLine.delete(row.line);
    for (const { column } of found)
      if (column !== undefined) marks.push({ row: lines.length, column: column.number - 1 });
    if (found.length > 0) marks.push({ row: lines.length, column: width });
    lines.push([...cells.slice(0, width), found.map(written).join(' ')]);
  }
  for (const fault of [...ofLine.values()].flat()) {
    marks.push({ row: lines.length, column: width });
    lines.push([...Array.from({ length: width }, () => ''), written(fault)]);
  }
  return format === 'csv' ? writeCsv(lines) : writeMarkedXlsx(lines, marks);
}

function byLine(faults: readonly Fault[]): Map<number, Fault[]> {
  const found = new Map<number, Fault[]>();
  for (const fault of faults) found.set(fault.line, [...(found.get(fault.line) ?? []), fault]);
  return found;
}

function rowFault({ column, code, reason }: Fault): RowFault {
  const words = { zh: faultInChinese(code) ?? reason, en: reason };
  return { ...(column === undefined ? {} : { column: column.number - 1 }), code, reason: words };
}

function written({ column, code, reason }: Fault): string {
  return `[${column === undefined ? '' : `${column.letter} `}${code}] ${faultInChinese(code) ?? ''} ${reason}`;
}

function textsOf({ cells }: Row, width: number): string[] {
  return Array.from({ length: Math.max(cells.length, width) }, (_, at) => cells[at]?.text ?? '');
}
