/**
 * Why the log cannot be opened, read or written:
 * - `locked`: another server has the directory open
 * - `foreign`, `newer`: the file is another program's, or a later version's
 * - `damaged`: bytes are not what was written
 * - `full`, `unwritable`: nothing was written, the log stays as it was
 */
export type StorageFault = 'locked' | 'foreign' | 'newer' | 'damaged' | 'full' | 'unwritable';

export class StorageError extends Error {
  constructor(
    readonly fault: StorageFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StorageError';
  }
}

const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** Turns an error of SQLite about the disk into one that says what to do; any other error is returned as it is. */
export function explainSqliteError(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const { message } = error as Error;
  switch (code) {
    case SQLITE_FULL:
      return new StorageError('full', `The disk of ${file} is full. Nothing was written; free some space.`, {
        cause: error,
      });
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return new StorageError('unwritable', `${file} cannot be read or written (${message}). Nothing was written.`, {
        cause: error,
      });
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return new StorageError('damaged', `${file} is damaged (${message}). Restore it from a backup.`, {
        cause: error,
      });
    default:
      return error;
  }
}

export const isBusy = (error: unknown): boolean => sqliteCode(error) === SQLITE_BUSY;

/** SQLite's primary result code. Not by `instanceof`: the error may come from another realm, as in Jest. */
function sqliteCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
