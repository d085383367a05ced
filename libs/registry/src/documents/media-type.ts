import type { MediaType } from './events.js';

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
