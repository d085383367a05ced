import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lockDirectory } from './directory-lock.js';
import { prepareSchema } from './schema.js';
import { explainSqliteError } from './storage-error.js';

/** The log's file inside its data directory. */
export const LOG_FILE = 'events.sqlite';

export interface OpenDatabase {
  readonly database: DatabaseSync;
  /** What error texts call it. */
  readonly file: string;
  close(): void;
}

/**
 * Opens the log in `directory`, made if missing, or one in memory. Every commit is on disk before it returns: a write-ahead
 * log with full synchronisation.
 * @throws StorageError when the file is damaged, foreign, newer, unwritable or open in another server
 */
export function openDatabase(directory: string | undefined): OpenDatabase {
  if (directory === undefined) {
    const database = new DatabaseSync(':memory:');
    prepareSchema(database, 'memory');
    return { database, file: 'memory', close: () => database.close() };
  }
  const file = join(directory, LOG_FILE);
  try {
    mkdirSync(directory, { recursive: true });
    const lock = lockDirectory(directory);
    try {
      const database = openFile(file);
      return {
        database,
        file,
        close: () => {
          database.close();
          lock.release();
        },
      };
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw explainSqliteError(error, file);
  }
}

function openFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(`
      PRAGMA page_size = 8192;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA cache_size = -65536;
      PRAGMA wal_autocheckpoint = 4000;
      PRAGMA temp_store = MEMORY;
    `);
    prepareSchema(database, file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
