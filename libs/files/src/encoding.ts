import { isUtf8 } from 'node:buffer';
import { DomainError } from '@provident/kernel';

export type TextEncodingName = 'utf-8' | 'gb18030';

const SLICE_BYTES = 256 * 1024;

/**
 * The encoding of a text file, decided over all of its bytes before a row is read: UTF-8 when every byte sequence is
 * valid UTF-8, otherwise GB18030 when every one is valid GB18030. Text of ordinary length that is valid UTF-8 by
 * accident does not occur in GB18030, so the order matters. Nothing is replaced or guessed from the first rows.
 *
 * Throws `encoding-utf-16` and `encoding-unknown`.
 */
export function encodingOf(bytes: Buffer): TextEncodingName {
  if (startsLikeUtf16(bytes)) throw refusedUtf16();
  // No text in either encoding has a zero byte; UTF-16 without a mark and binary files do.
  if (!bytes.includes(0)) {
    if (isUtf8(bytes)) return 'utf-8';
    if (isGb18030(bytes)) return 'gb18030';
  }
  throw new DomainError(
    'encoding-unknown',
    'The file is neither UTF-8 nor GB18030 text, nor an XLSX workbook.',
    'Files are read as UTF-8 or GB18030 only where every byte fits; characters are never replaced or guessed.',
    'Save the file as "CSV UTF-8" or as an Excel workbook (.xlsx), and send it again.',
  );
}

/** The text piece by piece, without a byte-order mark. The bytes must have passed `encodingOf`. */
export function* decodedSlices(bytes: Buffer, encoding: TextEncodingName): Iterable<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    yield decoder.decode(bytes.subarray(at, at + SLICE_BYTES), { stream: true });
  }
  yield decoder.decode();
}

function isGb18030(bytes: Buffer): boolean {
  try {
    const slices = decodedSlices(bytes, 'gb18030')[Symbol.iterator]();
    while (slices.next().done !== true);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}

/** A byte-order mark of UTF-16, or its look for ASCII column names: every second byte zero. */
function startsLikeUtf16(bytes: Buffer): boolean {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return (first === 0) !== (second === 0) && (third === 0) === (first === 0) && (fourth === 0) === (second === 0);
}

function refusedUtf16(): DomainError {
  return new DomainError(
    'encoding-utf-16',
    'The file is UTF-16 text (Excel calls it "Unicode text").',
    'Text files are UTF-8 or GB18030.',
    'Save the file as "CSV UTF-8" or as an Excel workbook (.xlsx), and send it again.',
  );
}
