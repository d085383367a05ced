import type { Cell, CellTrouble, Row } from './cell.js';
import type { ColumnPlace, ColumnPlaces } from './columns.js';
import type { DateSystem } from './excel-number.js';
import type { FaultList } from './faults.js';
import { hasControlCharacters, looksLikeFormula } from './spreadsheet-text.js';

/** Why a rule refuses a cell's text. */
export class Refusal {
  constructor(
    readonly code: string,
    readonly reason: string,
  ) {}
}

/** Reads a cell that is not blank. */
export type Rule<T> = (text: string, cell: Cell, dateSystem: DateSystem) => T | Refusal;

const TROUBLES: Record<CellTrouble, string> = {
  formula: 'The cell holds a formula. Only values are read. Copy the column and paste it as values.',
  'digits-lost':
    'The spreadsheet took this for a number and lost its last digits. ' +
    'Format the column as text first, and then enter the numbers anew; formatting alone does not bring them back.',
  'error-value': 'The cell shows an error of a formula. Enter the value itself.',
  'true-or-false': 'The cell holds TRUE or FALSE where a text, number or date is expected. Enter the value itself.',
  'cell-too-long': 'The cell holds more text than any value can have. Check whether the columns slipped.',
};

/** One row with its columns by name. Every refusal becomes a fault; a row is good when it added none. */
export class RowCells {
  private faultCount = 0;

  constructor(
    private readonly row: Row,
    private readonly places: ColumnPlaces,
    private readonly faults: FaultList,
    private readonly dateSystem: DateSystem,
  ) {}

  get line(): number {
    return this.row.line;
  }

  get hasFaults(): boolean {
    return this.faultCount > 0;
  }

  isBlank(field: string): boolean {
    return this.cell(field).text === '' && this.cell(field).trouble === undefined;
  }

  /** The value of a cell that must not be blank; `undefined` after a fault. */
  required<T>(field: string, rule: Rule<T>): T | undefined {
    if (!this.isBlank(field)) return this.read(field, rule);
    this.fault(
      field,
      'blank-cell',
      'The cell is blank. Every row needs this value. Enter it, or delete the whole row.',
    );
    return undefined;
  }

  /** The value of a cell; `undefined` when it or its column is blank or missing, and after a fault. */
  optional<T>(field: string, rule: Rule<T>): T | undefined {
    return this.isBlank(field) ? undefined : this.read(field, rule);
  }

  fault(field: string, code: string, reason: string): void {
    this.add(this.cell(field).text, code, reason, this.places.get(field));
  }

  rowFault(code: string, reason: string): void {
    this.add(this.row.cells.map((cell) => cell?.text ?? '').join(','), code, reason);
  }

  /** Texts outside every named column: a slipped row, or notes beside the table. */
  checkNothingBeyondHeader(namedPositions: ReadonlySet<number>): void {
    const { cells } = this.row;
    for (let position = 0; position < cells.length; position += 1) {
      if (namedPositions.has(position) || (cells[position]?.text ?? '') === '') continue;
      this.rowFault(
        'cell-without-column',
        `Cell ${position + 1} of the row stands under no column name. ` +
          'A comma in an amount or name, or a note beside the table, does this. Remove it, or put it in quotation marks.',
      );
      return;
    }
  }

  private read<T>(field: string, rule: Rule<T>): T | undefined {
    const cell = this.cell(field);
    const read = refusedByKind(cell) ?? rule(cell.text, cell, this.dateSystem);
    if (!(read instanceof Refusal)) return read;
    this.fault(field, read.code, read.reason);
    return undefined;
  }

  private cell(field: string): Cell {
    const place = this.places.get(field);
    return (place && this.row.cells[place.number - 1]) ?? { text: '' };
  }

  private add(value: string, code: string, reason: string, column?: ColumnPlace): void {
    this.faultCount += 1;
    this.faults.add({ line: this.row.line, value, code, reason, ...(column ? { column } : {}) });
  }
}

/** What no column accepts, before its own rule looks at the text. */
function refusedByKind(cell: Cell): Refusal | undefined {
  if (cell.trouble !== undefined) return new Refusal(cell.trouble, TROUBLES[cell.trouble]);
  if (hasControlCharacters(cell.text)) {
    return new Refusal(
      'control-character',
      'The cell holds a character that is not shown (a line break, a tab, or a mark of text direction). ' +
        'Type the value anew, or let the exporting program leave such marks out.',
    );
  }
  // A sign before a digit may be an amount, whose own rule decides.
  return looksLikeFormula(cell.text) && !/^[+-]\d/.test(cell.text) ? formulaText() : undefined;
}

export function formulaText(): Refusal {
  return new Refusal(
    'formula-text',
    'The cell starts like a formula (=, +, - or @), which a spreadsheet program would run when a colleague opens it. ' +
      'Enter the value itself, without such a sign in front.',
  );
}
