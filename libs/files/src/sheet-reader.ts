import { type Cell, type CellTrouble, columnPosition, type Row, trimBlanks } from './cell.js';
import { tooManyColumns } from './csv-rows.js';
import { typedDigits } from './excel-number.js';
import { tooManyRows } from './file-bytes.js';
import type { FileLimits } from './limits.js';
import { attributeOf, type XmlHandler } from './xml-scanner.js';
import { damaged } from './zip-archive.js';

/** Puts rows together from the sheet's XML: row, c (cell), v (value), f (formula), is/t (text in the cell itself). */
export class SheetReader implements XmlHandler {
  private line = 0;
  private rowCount = 0;
  private cells: (Cell | undefined)[] = [];
  private position = -1;
  private type = '';
  private value = '';
  private formula = false;
  private collecting = false;
  private inAid = false;

  constructor(
    private readonly part: string,
    private readonly sharedTexts: readonly string[],
    private readonly limits: FileLimits,
    private readonly rows: Row[],
  ) {}

  open(name: string, attributes: string): void {
    if (name === 'row') this.startRow(attributes);
    else if (name === 'c') this.startCell(attributes);
    else if (name === 'f') this.formula = true;
    else if (name === 'rPh') this.inAid = true;
    else if (name === 'v' || name === 't') this.collecting = !this.inAid;
  }

  text(text: string): void {
    if (this.collecting) this.value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.collecting = false;
    else if (name === 'rPh') this.inAid = false;
    else if (name === 'c') this.cells[this.position] = this.cell();
    else if (name === 'row') this.endRow();
  }

  private startRow(attributes: string): void {
    const line = Number(attributeOf(attributes, 'r') ?? this.line + 1);
    if (!Number.isSafeInteger(line) || line <= this.line) throw damaged(`${this.part}: rows out of order`);
    this.line = line;
    this.cells = [];
    this.position = -1;
  }

  private startCell(attributes: string): void {
    const reference = attributeOf(attributes, 'r');
    const position = reference === undefined ? this.position + 1 : columnPosition(reference);
    if (position <= this.position) throw damaged(`${this.part}: cells out of order`);
    this.position = position;
    this.type = attributeOf(attributes, 't') ?? 'n';
    this.value = '';
    this.formula = false;
  }

  private endRow(): void {
    if (!this.cells.some((cell) => cell !== undefined)) return;
    this.rowCount += 1;
    if (this.rowCount > this.limits.rows + 1) throw tooManyRows(this.limits);
    this.rows.push({ line: this.line, cells: Array.from(this.cells) });
  }

  /** The cell, or `undefined` when it is blank (formatted cells without a value are). */
  private cell(): Cell | undefined {
    const cell = this.formula ? troubled(this.value, 'formula') : this.plainCell();
    if (cell.text === '' && cell.trouble === undefined) return undefined;
    if (this.position >= this.limits.columns) throw tooManyColumns(this.line, this.limits);
    if (cell.text.length <= this.limits.cellCharacters) return cell;
    return troubled(cell.text.slice(0, this.limits.cellCharacters), 'cell-too-long');
  }

  private plainCell(): Cell {
    switch (this.type) {
      case 's':
        return this.sharedText();
      case 'str':
      case 'inlineStr':
        return { text: trimBlanks(decodeControls(this.value)) };
      case 'd':
        // A date written as ISO text (strict workbooks).
        return { text: this.value.slice(0, 10) };
      case 'b':
        return troubled(this.value === '1' ? 'TRUE' : 'FALSE', 'true-or-false');
      case 'e':
        return troubled(this.value, 'error-value');
      case 'n':
        return this.number();
      default:
        throw damaged(`${this.part}: unknown kind of cell`);
    }
  }

  private sharedText(): Cell {
    const text = /^\d{1,9}$/.test(this.value) ? this.sharedTexts[Number(this.value)] : undefined;
    if (text === undefined) throw damaged(`${this.part}: a text that is not there`);
    return { text: trimBlanks(decodeControls(text)) };
  }

  private number(): Cell {
    if (this.value.trim() === '') return { text: '' };
    const digits = typedDigits(this.value);
    return digits === undefined ? troubled(this.value, 'digits-lost') : { text: digits, numeric: true };
  }
}

function troubled(text: string, trouble: CellTrouble): Cell {
  return { text, trouble };
}

/** Workbooks write control characters as _x000D_: decoded, so that the checks on text see them. */
function decodeControls(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
