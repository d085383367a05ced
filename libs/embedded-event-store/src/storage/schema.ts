import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from './storage-error.js';

/** Marks the file as ours ("PvES" in ASCII), so that another program's database is never taken for a log. */
const APPLICATION_ID = 0x50_76_45_53;
/** Raised when the tables change; a file with a higher number is refused. */
export const FORMAT_VERSION = 1;

const tables = `
  CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  -- position: place in the whole log. frame: the event as clients receive it. checksum: see checksum.ts.
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    frame BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
`;

/** Creates the tables in an empty file, or makes sure that the file is a log this version understands. */
export function prepareSchema(database: DatabaseSync, file: string): void {
  const applicationId = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  if (applicationId === 0 && version === 0 && isEmpty(database)) {
    create(database);
    return;
  }
  if (applicationId !== APPLICATION_ID) {
    throw new StorageError('foreign', `${file} is an SQLite file of another program. Choose another data directory.`);
  }
  if (version > FORMAT_VERSION) {
    throw new StorageError(
      'newer',
      `${file} has format ${version} and this version reads up to ${FORMAT_VERSION}. Use the newer program that wrote it.`,
    );
  }
}

function create(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  database.exec(tables);
  database.prepare(`INSERT INTO about VALUES ('instance', ?)`).run(randomUUID());
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT_VERSION}`);
  database.exec('COMMIT');
}

const isEmpty = (database: DatabaseSync): boolean =>
  database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0;

function pragma(database: DatabaseSync, name: string): number {
  const value = database.prepare(`PRAGMA ${name}`).get()?.[name];
  if (typeof value !== 'number') throw new Error(`SQLite answered no number to PRAGMA ${name}.`);
  return value;
}
