import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { EventLog } from './storage/event-log.js';
import { LOG_FILE } from './storage/database.js';
import { FORMAT_VERSION, prepareSchema } from './storage/schema.js';
import { explainSqliteError } from './storage/storage-error.js';
import { verifyDerived } from './projections/verify-derived.js';
import { type Verified, verifyLog } from './storage/verify.js';

/** A log as it is on disk. */
export interface LogInfo {
  readonly file: string;
  readonly bytes: number;
  readonly formatVersion: number;
  readonly streams: number;
  readonly lastPosition: number | undefined;
}

/** A log that was read completely. */
export interface Checked extends Verified {
  /** Entries of the streams that system projections derive. */
  readonly derivedEntries: number;
}

/** Reads a log completely and compares everything with its checksums; a server may be running on it. @throws StorageError */
export function checkLog(dir: string): Checked {
  return reading(dir, check);
}

/** One transaction, so that everything is as of one moment. */
function check(database: DatabaseSync, file: string): Checked {
  database.exec('BEGIN');
  const log = new EventLog(database, file);
  return { ...verifyLog(database, log, file), derivedEntries: verifyDerived(database, log, file) };
}

/** @throws StorageError, or Error when there is no log */
export function logInfo(dir: string): LogInfo {
  return reading(dir, (database, file) => {
    const log = new EventLog(database, file);
    return {
      file,
      bytes: statSync(file).size,
      formatVersion: FORMAT_VERSION,
      streams: log.newestStreamId(),
      lastPosition: log.newestEvent()?.position,
    };
  });
}

/**
 * Copies a log to one new file while a server may go on writing; the copy is the log as of one moment and is verified.
 * @throws Error when the target exists, StorageError when the copy is not sound
 */
export async function backupLog(dir: string, target: string): Promise<Checked> {
  if (existsSync(target)) throw new Error(`${target} exists already. Choose a new file for the backup.`);
  const file = existingLog(dir);
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(database, target);
  } catch (error) {
    throw explainSqliteError(error, file);
  } finally {
    database.close();
  }
  return readingFile(target, (copy) => check(copy, target));
}

function reading<Result>(dir: string, work: (database: DatabaseSync, file: string) => Result): Result {
  const file = existingLog(dir);
  return readingFile(file, (database) => work(database, file));
}

function readingFile<Result>(file: string, work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    prepareSchema(database, file);
    return work(database);
  } catch (error) {
    throw explainSqliteError(error, file);
  } finally {
    database.close();
  }
}

function existingLog(dir: string): string {
  const file = join(dir, LOG_FILE);
  if (!existsSync(file)) throw new Error(`${dir} has no event log (${LOG_FILE}).`);
  return file;
}
