import { DomainError } from '@provident/kernel';

/** Types of file that are kept. Each is recognised by its own first bytes, not by what the sender says. */
export const MEDIA_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const PDF = Buffer.from('%PDF-');
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** What a file is by its own bytes; undefined for what is not kept. What the sender calls it is not believed. */
export function mediaTypeOf(bytes: Buffer): MediaType | undefined {
  const starts = (magic: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic);
  if (starts(PDF)) return 'application/pdf';
  if (starts(PNG)) return 'image/png';
  if (starts(JPEG)) return 'image/jpeg';
  if (starts(ZIP)) {
    const isWorkbook = bytes.includes('[Content_Types].xml') && bytes.includes('xl/workbook.xml');
    return isWorkbook ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : undefined;
  }
  return isTable(bytes) ? 'text/csv' : undefined;
}

/** Text in UTF-8 or GB18030 with at least one line of separated cells, and no markup that a browser might follow. */
function isTable(bytes: Buffer): boolean {
  const text = decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030');
  if (text === undefined || /[^\P{Cc}\t\r\n]/u.test(text) || /<(!doctype|html|script|svg)/i.test(text)) return false;
  return /[,;\t]/.test(text.split('\n', 1)[0] ?? '');
}

function decoded(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes of one document: a scan of some pages. */
const DOCUMENT_BYTES = 20 * 1024 * 1024;

/** What a document's file is. Throws `document-size-refused` and `document-type-refused` for what is not kept. */
export function documentTypeOf(bytes: Buffer): MediaType {
  if (bytes.length === 0 || bytes.length > DOCUMENT_BYTES) {
    throw refused(
      'document-size-refused',
      `The file has ${bytes.length} bytes; a document has 1 to ${DOCUMENT_BYTES}.`,
      'Send a smaller scan, or several documents.',
    );
  }
  const mediaType = mediaTypeOf(bytes);
  if (mediaType !== undefined) return mediaType;
  throw refused(
    'document-type-refused',
    'The file is none of the types that are kept.',
    `Send one of ${MEDIA_TYPES.join(', ')}.`,
  );
}

function refused(code: string, message: string, remedy: string): DomainError {
  return new DomainError(code, message, '社会保险法 第74条: vouchers and papers are kept complete.', remedy);
}
