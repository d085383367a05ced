import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const synchronize = promisify(fdatasync);

/** Brings what was committed onto the disk. A log in memory has nothing to bring and answers `undefined`. */
export interface DiskSync {
  /** Resolves when every commit made before the call is on disk; other work goes on meanwhile. */
  sync(): Promise<void> | undefined;
  /** As `sync`, but waits in place. */
  syncNow(): void;
  close(): void;
}

export const noDisk: DiskSync = { sync: () => undefined, syncNow: () => undefined, close: () => undefined };

/**
 * Synchronises SQLite's write-ahead file apart from its commits: a commit then only hands its pages to the operating system, and
 * the wait for the disk happens in another thread instead of holding up everything. SQLite itself never synchronises a commit
 * under `synchronous = NORMAL`, and keeps the file consistent, because each commit in it has a checksum.
 */
export class WriteAheadSync implements DiskSync {
  private descriptor: number | undefined;

  constructor(private readonly file: string) {}

  sync(): Promise<void> {
    return synchronize(this.open());
  }

  syncNow(): void {
    fdatasyncSync(this.open());
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  /** The file is there from the first commit on and stays the same file until the log is closed. */
  private open(): number {
    if (this.descriptor !== undefined) return this.descriptor;
    this.descriptor = openSync(`${this.file}-wal`, 'r+');
    synchronizeDirectory(dirname(this.file));
    return this.descriptor;
  }
}

/** A new file outlasts a power cut only when its directory is on disk too. */
function synchronizeDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
