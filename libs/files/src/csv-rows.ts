import { Readable, pipeline } from 'node:stream';
import { DomainError } from '@provident/kernel';
import { CsvError, parse } from 'csv-parse';
import { type Cell, type Row, trimBlanks } from './cell.js';
import { decodedSlices, type TextEncodingName } from './encoding.js';
import { tooManyRows } from './file-bytes.js';
import type { FileLimits } from './limits.js';

/**
 * The rows of a comma-separated file (RFC 4180), with memory bounded by one slice of text. `line` counts records, as a
 * spreadsheet program does: a line break inside quotation marks does not count.
 *
 * Throws `csv-quotation`, `csv-record-too-long`, `file-too-many-rows`, `file-too-many-columns`.
 */
export async function* csvRows(bytes: Buffer, encoding: TextEncodingName, limits: FileLimits): AsyncIterable<Row> {
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: false,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: limits.recordBytes,
  });
  // A failure of either side reaches the loop below through the parser.
  pipeline(Readable.from(decodedSlices(bytes, encoding)), parser, () => undefined);
  let line = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      line += 1;
      if (line > limits.rows + 1 && record.some((text) => text !== '')) throw tooManyRows(limits);
      if (record.length > limits.columns) throw tooManyColumns(line, limits);
      const cells = record.map((text) => cellOf(text, limits));
      if (cells.some((cell) => cell.text !== '')) yield { line, cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? refused(error, line + 1, limits) : error;
  }
}

export function tooManyColumns(line: number, limits: FileLimits): DomainError {
  return new DomainError(
    'file-too-many-columns',
    `Row ${line} has more than ${limits.columns} columns.`,
    `A row has at most ${limits.columns} columns.`,
    'Check that this is the right file, and that its columns are separated by commas.',
    { line, columns: limits.columns },
  );
}

function cellOf(text: string, limits: FileLimits): Cell {
  const trimmed = trimBlanks(text);
  if (trimmed.length <= limits.cellCharacters) return { text: trimmed };
  return { text: trimmed.slice(0, limits.cellCharacters), trouble: 'cell-too-long' };
}

function refused(error: CsvError, line: number, limits: FileLimits): DomainError {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new DomainError(
      'csv-record-too-long',
      `Row ${line} has more than ${limits.recordBytes} bytes.`,
      `A row has at most ${limits.recordBytes} bytes.`,
      'Look for a quotation mark that is never closed: everything after it counts as one cell.',
      { line, bytes: limits.recordBytes },
    );
  }
  return new DomainError(
    'csv-quotation',
    `Row ${line} has a quotation mark that is opened and not closed, or that stands inside a cell by itself.`,
    'A cell with commas, quotation marks or line breaks stands in quotation marks, and quotation marks in it are doubled.',
    'Save the table as CSV from a spreadsheet program, or check whether the file was cut off in that row.',
    { line },
  );
}
