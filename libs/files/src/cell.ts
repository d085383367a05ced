/** Why a cell cannot be read although it holds something. */
export type CellTrouble =
  /** A formula: what it shows depends on the program that opened it last. */
  | 'formula'
  /** A number of more than 15 digits, which the spreadsheet no longer knows exactly. */
  | 'digits-lost'
  /** An error value such as #N/A. */
  | 'error-value'
  /** TRUE or FALSE. */
  | 'true-or-false'
  | 'cell-too-long';

export interface Cell {
  /** The text without surrounding blanks; for a number, the digits as they were typed. */
  readonly text: string;
  /** The cell was a number of a workbook, so a date may stand here as a count of days. */
  readonly numeric?: true;
  readonly trouble?: CellTrouble;
}

/** A row that holds something. Rows without any text are not handed over: a gap in `line` shows where they were. */
export interface Row {
  /** The row number that a spreadsheet program shows, from 1; the header is usually row 1. */
  readonly line: number;
  /** By position; `undefined` and '' both mean a blank cell. */
  readonly cells: readonly (Cell | undefined)[];
}

/** Blanks around a text are not part of it (ASCII, no-break and full-width spaces); control characters are. */
export function trimBlanks(text: string): string {
  return text.replace(/^[ \u00a0\u3000]+|[ \u00a0\u3000]+$/g, '');
}

/** A for 0, Z for 25, AA for 26. */
export function columnLetter(position: number): string {
  const last = String.fromCharCode(65 + (position % 26));
  return position < 26 ? last : columnLetter(Math.floor(position / 26) - 1) + last;
}

/** 0 for A, 26 for AA; -1 when the reference does not start with letters. */
export function columnPosition(reference: string): number {
  let position = 0;
  for (const character of reference) {
    if (character < 'A' || character > 'Z') break;
    position = position * 26 + character.charCodeAt(0) - 64;
  }
  return position - 1;
}
