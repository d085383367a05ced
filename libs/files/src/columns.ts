import { DomainError } from '@provident/kernel';
import { columnLetter, type Row } from './cell.js';
import { isFaultColumn } from './fault-column.js';

/** A column that a kind of file has. Either name may stand in the header. */
export interface Column {
  /** English name, which is also the field's name in faults: "citizen_number". */
  readonly en: string;
  readonly zh: string;
  /** Other names in use for the same thing. */
  readonly aliases?: readonly string[];
  /** The column itself may be missing. */
  readonly optional?: true;
}

/** Where a column was found. */
export interface ColumnPlace {
  /** "月工资/wage". */
  readonly name: string;
  /** "C", as a spreadsheet program shows it. */
  readonly letter: string;
  /** 3 for C. */
  readonly number: number;
}

/** Places by English name; a missing optional column is absent. */
export type ColumnPlaces = ReadonlyMap<string, ColumnPlace>;

/**
 * Finds the columns in the header, in any order. Throws `header-unknown`, `header-duplicate` or `header-missing`, naming
 * every problem of the header at once and what is expected.
 */
export function mapHeader(header: Row, columns: readonly Column[]): ColumnPlaces {
  const places = new Map<string, ColumnPlace>();
  const unknown: string[] = [];
  const duplicate: string[] = [];
  for (const [position, cell] of header.cells.entries()) {
    const letter = columnLetter(position);
    const title = cell?.text ?? '';
    const column = columns.find((each) => namesOf(each).includes(title.toLowerCase()));
    if (title === '' || isFaultColumn(title)) {
      // A blank title is a problem only where cells stand below it, which each row reports.
    } else if (column === undefined) unknown.push(`"${title.slice(0, 40)}" (${letter})`);
    else if (places.has(column.en)) duplicate.push(`"${title}" (${letter})`);
    else places.set(column.en, { name: titleOf(column), letter, number: position + 1 });
  }
  const missing = columns.filter((column) => column.optional !== true && !places.has(column.en)).map(titleOf);
  if (unknown.length + duplicate.length + missing.length > 0) {
    throw refused(header.line, { unknown, duplicate, missing }, columns);
  }
  return places;
}

function namesOf(column: Column): string[] {
  return [column.en, column.zh.toLowerCase(), ...(column.aliases ?? [])];
}

function titleOf(column: Column): string {
  return `${column.zh}/${column.en}`;
}

type Problems = Readonly<Record<'unknown' | 'duplicate' | 'missing', readonly string[]>>;

function refused(line: number, problems: Problems, columns: readonly Column[]): DomainError {
  const { unknown, duplicate, missing } = problems;
  const code = unknown.length > 0 ? 'header-unknown' : duplicate.length > 0 ? 'header-duplicate' : 'header-missing';
  const sentences = [
    unknown.length > 0 ? `Not known: ${unknown.join(', ')}.` : '',
    duplicate.length > 0 ? `Twice: ${duplicate.join(', ')}.` : '',
    missing.length > 0 ? `Missing: ${missing.join(', ')}.` : '',
  ];
  const expected = columns.map((column) => (column.optional ? `${titleOf(column)} (optional)` : titleOf(column)));
  return new DomainError(
    code,
    `The column names in row ${line} do not fit. ${sentences.filter((text) => text !== '').join(' ')}`,
    `The first row names the columns, in Chinese or English, in any order: ${expected.join(', ')}.`,
    'Correct the first row, and send the file again.',
    { line, unknown: unknown.length, duplicate: duplicate.length, missing: missing.length },
  );
}
