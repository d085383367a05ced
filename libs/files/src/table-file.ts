import { DomainError } from '@provident/kernel';
import type { Row } from './cell.js';
import { csvRows } from './csv-rows.js';
import { encodingOf, type TextEncodingName } from './encoding.js';
import type { DateSystem } from './excel-number.js';
import { type FileSource, readFileBytes } from './file-bytes.js';
import { FILE_LIMITS, type FileLimits } from './limits.js';
import { xlsxRows } from './xlsx-rows.js';
import { openWorkbook } from './xlsx-workbook.js';

/** A table in a file. Its rows, the header first, can be read again and again: the bytes do not change in between. */
export interface TableFile extends AsyncIterable<Row> {
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly format: 'csv' | 'xlsx';
  /** Of a CSV file. */
  readonly encoding?: TextEncodingName;
  /** How a workbook counts its days. */
  readonly dateSystem: DateSystem;
}

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/**
 * Opens a CSV file (UTF-8 or GB18030) or an XLSX workbook, whichever its bytes say it is; its name does not matter.
 * Throws a `DomainError` for a file that is not read (see the files of this folder for their codes).
 */
export async function openTable(
  source: FileSource,
  options: { limits?: Partial<FileLimits> } = {},
): Promise<TableFile> {
  const limits = { ...FILE_LIMITS, ...options.limits };
  const { bytes, sha256 } = await readFileBytes(source, limits);
  const known = { sha256, bytes: bytes.length };
  if (bytes.subarray(0, 4).equals(COMPOUND)) throw compound(bytes);
  if (!bytes.subarray(0, 4).equals(ZIP)) {
    const encoding = encodingOf(bytes);
    const rows = () => csvRows(bytes, encoding, limits)[Symbol.asyncIterator]();
    return { ...known, format: 'csv', encoding, dateSystem: 'from1900', [Symbol.asyncIterator]: rows };
  }
  const workbook = await openWorkbook(bytes, limits);
  const rows = () => xlsxRows(workbook, limits)[Symbol.asyncIterator]();
  return { ...known, format: 'xlsx', dateSystem: workbook.dateSystem, [Symbol.asyncIterator]: rows };
}

/** The old container of Microsoft Office: Excel 97 workbooks, and new ones with a password. */
function compound(bytes: Buffer): DomainError {
  const encrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return new DomainError(
    encrypted ? 'workbook-encrypted' : 'workbook-xls',
    encrypted
      ? 'The workbook is protected by a password.'
      : 'The file is an Excel 97-2003 workbook (.xls) or another Office file.',
    'Tables are read from CSV files and from XLSX workbooks without a password.',
    'Save it as an Excel workbook (.xlsx) without a password, and send that.',
  );
}
