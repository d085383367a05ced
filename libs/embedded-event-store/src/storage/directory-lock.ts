import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy, StorageError } from './storage-error.js';

/**
 * Keeps a second server out of a data directory. The lock is an exclusive transaction on an empty SQLite file beside the log:
 * the operating system drops it when the process ends in whatever way, and the log itself stays readable for a backup.
 * @throws StorageError `locked`
 */
export function lockDirectory(directory: string): { release(): void } {
  const database = new DatabaseSync(join(directory, 'server.lock'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) {
      throw new StorageError(
        'locked',
        `Another event store has ${directory} open. Stop it, or choose another data directory.`,
        { cause: error },
      );
    }
    throw error;
  }
  return { release: () => database.close() };
}
