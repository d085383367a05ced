import { DomainError } from '@provident/kernel';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import type { FileLimits } from './limits.js';

const STORED = 0;
const DEFLATED = 8;

/** A zip whose table of contents was checked before anything was inflated. */
export interface Archive {
  has(name: string): boolean;
  names(): Iterable<string>;
  /** The inflated bytes of an entry, counted against the limits while they come. */
  read(name: string): AsyncIterable<Uint8Array>;
}

/**
 * Opens a zip and looks at its declared sizes first: entry count, total, ratio, encryption, compression method. What
 * an entry declares may be a lie, so `read` counts what really comes out: no entry may exceed what it declared, and
 * together those stay below the limit.
 *
 * Throws `zip-damaged`, `zip-too-many-entries`, `zip-encrypted`, `zip-bomb`.
 */
export async function openArchive(bytes: Buffer, limits: FileLimits): Promise<Archive> {
  const zip = await unzipping(() =>
    fromBufferPromise(bytes, {
      lazyEntries: true,
      validateEntrySizes: false,
      autoClose: false,
    }),
  );
  if (zip.entryCount > limits.zipEntries) throw tooManyEntries(zip.entryCount, limits);
  const entries = await unzipping(() => listed(zip, limits));
  return {
    has: (name) => entries.has(name),
    names: () => entries.keys(),
    read: (name) => inflated(zip, entries.get(name), name, limits),
  };
}

async function listed(zip: ZipFile, limits: FileLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let declared = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw encrypted();
    if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) throw damaged('compression method');
    if (entries.has(entry.fileName)) throw damaged('two entries of one name');
    declared += entry.uncompressedSize;
    if (declared > limits.inflatedBytes) throw bomb(limits);
    checkRatio(entry.uncompressedSize, entry.compressedSize, limits);
    entries.set(entry.fileName, entry);
  }
  return entries;
}

async function* inflated(
  zip: ZipFile,
  entry: Entry | undefined,
  name: string,
  limits: FileLimits,
): AsyncIterable<Uint8Array> {
  if (entry === undefined) throw damaged(`no ${name}`);
  let actual = 0;
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>) {
      actual += chunk.length;
      if (actual > entry.uncompressedSize) throw bomb(limits);
      checkRatio(actual, entry.compressedSize, limits);
      yield chunk;
    }
    if (actual !== entry.uncompressedSize) throw damaged(`${name} is cut off`);
  } catch (error) {
    throw error instanceof DomainError ? error : damaged(name);
  }
}

function checkRatio(inflatedSize: number, compressedSize: number, limits: FileLimits): void {
  if (inflatedSize > limits.ratioFreeBytes && inflatedSize > compressedSize * limits.inflationRatio) throw bomb(limits);
}

async function unzipping<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw error instanceof DomainError ? error : damaged(error instanceof Error ? error.message : 'unreadable');
  }
}

export function damaged(where: string): DomainError {
  return new DomainError(
    'zip-damaged',
    `The workbook is damaged or is not a workbook (${where.slice(0, 100)}).`,
    'An XLSX workbook is a complete zip of the parts that Excel writes, with their true sizes.',
    'Open it in a spreadsheet program, save it again as .xlsx, and send that.',
  );
}

function encrypted(): DomainError {
  return new DomainError(
    'zip-encrypted',
    'The workbook is protected by a password.',
    'Only workbooks that open without a password are read.',
    'Save it without a password, and send it over the protected connection.',
  );
}

function tooManyEntries(entries: number, limits: FileLimits): DomainError {
  return new DomainError(
    'zip-too-many-entries',
    `The workbook has ${entries} parts.`,
    `A workbook has at most ${limits.zipEntries} parts; one sheet takes about ten.`,
    'Copy the one sheet with the data into a new workbook, and send that.',
    { entries, limit: limits.zipEntries },
  );
}

function bomb(limits: FileLimits): DomainError {
  return new DomainError(
    'zip-bomb',
    'The workbook would grow far beyond its size when unpacked.',
    `Unpacked, a workbook has at most ${limits.inflatedBytes / 1024 / 1024} MiB, and no part more than ` +
      `${limits.inflationRatio} times its packed size.`,
    'Copy the one sheet with the data into a new workbook, and send that.',
    { inflatedBytes: limits.inflatedBytes, ratio: limits.inflationRatio },
  );
}
