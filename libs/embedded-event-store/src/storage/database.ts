import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lockDirectory } from './directory-lock.js';
import { type DiskSync, noDisk, WriteAheadSync } from './disk-sync.js';
import { prepareSchema } from './schema.js';
import { explainSqliteError } from './storage-error.js';

/** The log's file inside its data directory. */
export const LOG_FILE = 'events.sqlite';

export interface OpenDatabase {
  readonly database: DatabaseSync;
  /** What error texts call it. */
  readonly file: string;
  /** A commit is durable only after this. */
  readonly disk: DiskSync;
  close(): void;
}

/**
 * Opens the log in `directory`, made if missing, or one in memory. It has a write-ahead file; whoever commits brings that to the
 * disk (disk-sync.ts) before anybody is told.
 * @throws StorageError when the file is damaged, foreign, newer, unwritable or open in another server
 */
export function openDatabase(directory: string | undefined): OpenDatabase {
  if (directory === undefined) {
    const database = new DatabaseSync(':memory:');
    prepareSchema(database, 'memory');
    return { database, file: 'memory', disk: noDisk, close: () => database.close() };
  }
  const file = join(directory, LOG_FILE);
  try {
    mkdirSync(directory, { recursive: true });
    const lock = lockDirectory(directory);
    try {
      const database = openFile(file);
      const disk = new WriteAheadSync(file);
      return {
        database,
        file,
        disk,
        close: () => {
          disk.close();
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
      PRAGMA synchronous = NORMAL;
      PRAGMA cache_size = -65536;
      PRAGMA wal_autocheckpoint = 4000;
      PRAGMA temp_store = MEMORY;
    `);
    prepareSchema(database, file);
    // What a killed server left in the write-ahead file may not be on disk yet.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
