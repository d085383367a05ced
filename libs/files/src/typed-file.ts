import { DomainError, invariant } from '@provident/kernel';
import type { Row } from './cell.js';
import { type Column, type ColumnPlaces, mapHeader } from './columns.js';
import type { TextEncodingName } from './encoding.js';
import { isFaultColumn } from './fault-column.js';
import { FaultList, type FaultReport } from './faults.js';
import { empty, type FileSource } from './file-bytes.js';
import { FILE_LIMITS, type FileLimits } from './limits.js';
import { RowCells } from './row-cells.js';
import { openTable, type TableFile } from './table-file.js';

/** A kind of file: its columns, and how a row becomes typed. `T` carries the row's `line`. */
export interface FileKind<T> {
  readonly columns: readonly Column[];
  /** Called per reading, so that it may remember what it has seen; the function answers `undefined` after a fault. */
  startReading(): (cells: RowCells) => T | undefined;
}

/** A file of one kind, open for reading any number of times. */
export interface TypedFile<T> {
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly format: 'csv' | 'xlsx';
  readonly encoding?: TextEncodingName;
  /** Reads everything and keeps nothing: all faults, and how many rows are good. */
  check(): Promise<{ readonly goodRows: number; readonly report: FaultReport }>;
  /** The good rows in runs of at most `limits.chunkRows`. Faults go to `faults`; without it, the first one throws. */
  chunks(faults?: FaultList): AsyncIterable<readonly T[]>;
  /** A list for `chunks` that keeps as many faults as the limits say. */
  newFaultList(): FaultList;
  /** Where a column stands, for faults that only the register can find (an unknown person). */
  readonly places: ColumnPlaces;
}

export interface ReadOptions {
  readonly limits?: Partial<FileLimits>;
}

/** Opens a file and checks its header and that a row follows. Throws the codes of `openTable`, `header-*`, `file-no-rows`. */
export async function openTyped<T>(
  source: FileSource,
  kind: FileKind<T>,
  options: ReadOptions = {},
): Promise<TypedFile<T>> {
  const limits = { ...FILE_LIMITS, ...options.limits };
  const table = await openTable(source, { limits });
  const header = await headerOf(table);
  const places = mapHeader(header, kind.columns);
  const reader = { table, header, places, kind, limits };
  return {
    sha256: table.sha256,
    format: table.format,
    ...(table.encoding ? { encoding: table.encoding } : {}),
    places,
    newFaultList: () => new FaultList(limits.faultsInFull),
    chunks: (faults) => typedChunks(reader, faults),
    async check() {
      const faults = new FaultList(limits.faultsInFull);
      let goodRows = 0;
      for await (const chunk of typedChunks(reader, faults)) goodRows += chunk.length;
      return { goodRows, report: faults.report() };
    },
  };
}

interface Reader<T> {
  readonly table: TableFile;
  readonly header: Row;
  readonly places: ColumnPlaces;
  readonly kind: FileKind<T>;
  readonly limits: FileLimits;
}

async function* typedChunks<T>(reader: Reader<T>, given?: FaultList): AsyncIterable<readonly T[]> {
  const { table, header, places, kind, limits } = reader;
  const faults = given ?? new FaultList(1);
  const typed = kind.startReading();
  const named = new Set(Array.from(places.values(), (place) => place.number - 1));
  for (const [position, cell] of header.cells.entries()) if (isFaultColumn(cell?.text ?? '')) named.add(position);
  let chunk: T[] = [];
  let expectedLine = header.line + 1;
  for await (const row of table) {
    if (row.line === header.line) continue;
    if (row.line > expectedLine) faults.add(gap(expectedLine, row.line - 1));
    expectedLine = row.line + 1;
    const value = read(row, new RowCells(row, places, faults, table.dateSystem));
    if (given === undefined && faults.total > 0) throw refusedRow(faults.report());
    if (value !== undefined && chunk.push(value) >= limits.chunkRows) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;

  function read(row: Row, cells: RowCells): T | undefined {
    if (table.format === 'csv' && row.cells.length < header.cells.length) {
      cells.rowFault('half-row', halfRow(row.cells.length, header.cells.length));
      return undefined;
    }
    cells.checkNothingBeyondHeader(named);
    const value = typed(cells);
    invariant(value !== undefined || cells.hasFaults, 'A row that is not read says why.');
    return cells.hasFaults ? undefined : value;
  }
}

async function headerOf(table: TableFile): Promise<Row> {
  const rows = table[Symbol.asyncIterator]();
  const header = await rows.next();
  if (header.done) throw empty();
  const first = await rows.next();
  await rows.return?.();
  if (!first.done) return header.value;
  throw new DomainError(
    'file-no-rows',
    'The file has column names and no row below them.',
    'A file has at least one row below its column names.',
    'Check that the file was saved completely, and send it again.',
  );
}

function gap(first: number, last: number) {
  const rows = first === last ? `Row ${first} is` : `Rows ${first} to ${last} are`;
  const reason = `${rows} empty, with further rows below. A table has no gaps, so that no row is overlooked. Delete them.`;
  return { line: first, value: '', code: 'empty-row', reason };
}

function halfRow(cells: number, expected: number): string {
  return (
    `The row has ${cells} of ${expected} cells. Every row has a cell, if a blank one, for every column. ` +
    'If it is the last row, the file was cut off: send it again from the start.'
  );
}

function refusedRow(report: FaultReport): DomainError {
  const [fault] = report.faults;
  invariant(fault !== undefined, 'A refused row has a fault.');
  const where = fault.column ? `row ${fault.line}, column ${fault.column.letter}` : `row ${fault.line}`;
  return new DomainError(
    'row-refused',
    `${fault.reason} (${where})`,
    fault.code,
    'Correct the row and send it again.',
    {
      line: fault.line,
    },
  );
}
