import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { DomainError } from '@provident/kernel';
import type { FileLimits } from './limits.js';

/** A path, the bytes themselves, or a stream of them (an upload). */
export type FileSource = string | Buffer | AsyncIterable<Uint8Array>;

export interface FileBytes {
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, hexadecimal: the file's identity, whatever its name. */
  readonly sha256: string;
}

const LINE_FEED = 0x0a;
const ZIP_FIRST_BYTE = 0x50;

/**
 * Takes the whole file into memory, which its limit bounds: personal data then never lies in a temporary file, and what
 * was checked is what is read. Throws `file-empty`, `file-too-large`, and `file-too-many-rows` as soon as a text file has
 * more line breaks than rows are allowed, without waiting for its end.
 */
export async function readFileBytes(source: FileSource, limits: FileLimits): Promise<FileBytes> {
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  let length = 0;
  let lineBreaks = 0;
  for await (const chunk of chunksOf(source)) {
    length += chunk.length;
    if (length > limits.fileBytes) throw tooLarge(limits);
    hash.update(chunk);
    chunks.push(chunk);
    // In a workbook, compressed bytes may look like line breaks; its rows are counted when the sheet is read.
    if (chunks[0]?.[0] !== ZIP_FIRST_BYTE) lineBreaks += countLineBreaks(chunk);
    // The header and a blank line at the end are no rows.
    if (lineBreaks > limits.rows + 2) throw tooManyRows(limits);
  }
  if (length === 0) throw empty();
  return { bytes: Buffer.concat(chunks, length), sha256: hash.digest('hex') };
}

export function tooManyRows(limits: FileLimits): DomainError {
  return new DomainError(
    'file-too-many-rows',
    `The file has more than ${limits.rows} rows.`,
    `One file holds at most ${limits.rows} rows, so that reading it takes bounded memory and time.`,
    'Split the file, or check that it is the right one.',
    { rows: limits.rows },
  );
}

export function empty(): DomainError {
  return new DomainError(
    'file-empty',
    'The file is empty.',
    'A file has a row of column names and at least one row below it.',
    'Check that the file was saved, and send it again.',
  );
}

async function* chunksOf(source: FileSource): AsyncIterable<Uint8Array> {
  if (Buffer.isBuffer(source)) yield source;
  else if (typeof source === 'string') yield* createReadStream(source, { highWaterMark: 1024 * 1024 });
  else yield* source;
}

function countLineBreaks(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}

function tooLarge(limits: FileLimits): DomainError {
  const mebibytes = limits.fileBytes / 1024 / 1024;
  return new DomainError(
    'file-too-large',
    `The file is larger than ${mebibytes} MiB.`,
    `One file has at most ${mebibytes} MiB, which is its share of memory.`,
    'Split the file, or check that it is the right one.',
    { bytes: limits.fileBytes },
  );
}
