import type { Cell, ColumnType } from './table.js';

const NEEDS_COPY_ESCAPE = /[\\\t\n\r\0]/;
const NEEDS_ARRAY_QUOTES = new Set<ColumnType>(['text', 'timestamptz']);

/** One row in the text format of COPY, without its line end. */
export function copyLine(row: readonly Cell[]): string {
  let line = '';
  for (let i = 0; i < row.length; i += 1) {
    if (i > 0) line += '\t';
    const cell = row[i] as Cell;
    line += cell === null ? '\\N' : typeof cell === 'string' ? copyText(cell) : String(cell);
  }
  return line;
}

/** Cells of one column as a PostgreSQL array literal, for unnest. */
export function arrayLiteral(type: ColumnType, cells: readonly Cell[]): string {
  const quote = NEEDS_ARRAY_QUOTES.has(type);
  let literal = '{';
  for (let i = 0; i < cells.length; i += 1) {
    if (i > 0) literal += ',';
    const cell = cells[i] as Cell;
    if (cell === null) literal += 'NULL';
    else if (quote) literal += `"${withoutNul(String(cell)).replace(/["\\]/g, '\\$&')}"`;
    else literal += String(cell);
  }
  return `${literal}}`;
}

function copyText(text: string): string {
  if (!NEEDS_COPY_ESCAPE.test(text)) return text;
  return withoutNul(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

/** PostgreSQL texts cannot hold U+0000, which JSON may carry; its visible symbol (␀) stands in for it. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '␀');
}
