import { DomainError } from '@provident/kernel';
import type { Row } from './cell.js';
import type { FileLimits } from './limits.js';
import { SheetReader } from './sheet-reader.js';
import { scanning, type Workbook } from './xlsx-workbook.js';

/**
 * The rows of the workbook's only filled sheet, with memory bounded by one piece of its XML and the shared texts.
 * A second sheet with data is refused: nobody could say which one counts.
 *
 * Throws `workbook-several-sheets`, `file-too-many-rows`, `file-too-many-columns`, `zip-*`.
 */
export async function* xlsxRows(workbook: Workbook, limits: FileLimits): AsyncIterable<Row> {
  const filled: { name: string; part: string }[] = [];
  for (const sheet of workbook.sheets) if (await isFilled(workbook, sheet.part, limits)) filled.push(sheet);
  if (filled.length > 1) throw severalSheets(filled.map((sheet) => sheet.name));
  for (const sheet of filled) yield* sheetRows(workbook, sheet.part, limits);
}

async function isFilled(workbook: Workbook, part: string, limits: FileLimits): Promise<boolean> {
  if (workbook.sheets.length === 1) return true;
  const rows = sheetRows(workbook, part, limits)[Symbol.asyncIterator]();
  const first = await rows.next();
  await rows.return?.();
  return first.done !== true;
}

function sheetRows(workbook: Workbook, part: string, limits: FileLimits): AsyncIterable<Row> {
  const rows: Row[] = [];
  const reader = new SheetReader(part, workbook.sharedTexts, limits, rows);
  return scanning(workbook.archive, part, limits, reader, () => rows.splice(0));
}

function severalSheets(names: readonly string[]): DomainError {
  const shown = names.slice(0, 5).map((name) => `"${name.slice(0, 31)}"`);
  return new DomainError(
    'workbook-several-sheets',
    `The workbook has data on more than one sheet: ${shown.join(', ')}.`,
    'A workbook holds one table on one sheet; other sheets, also hidden ones, are empty.',
    'Delete the other sheets, and send the file again.',
    { sheets: names.length },
  );
}
