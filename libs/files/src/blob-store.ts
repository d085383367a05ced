import { hash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BrokenInvariant, DomainError } from '@provident/kernel';

/** Keeps the documents' files by their SHA-256: the same bytes are kept once, and what is read is what was stored. */
export abstract class BlobStore {
  /** Returns once the bytes are safe. Storing the same again changes nothing. */
  abstract put(sha256: string, bytes: Buffer): Promise<void>;
  /** Throws `BrokenInvariant` when the file is gone or no longer what it was. */
  abstract get(sha256: string): Promise<Buffer>;
}

/** Files in a folder of this machine. A file appears under its name whole or not at all. */
export class FolderBlobStore extends BlobStore {
  constructor(private readonly folder: string) {
    super();
  }

  async put(sha256: string, bytes: Buffer): Promise<void> {
    const path = this.pathOf(sha256);
    const standing = await stat(path).catch(() => undefined);
    if (standing?.size === bytes.length) return;
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    // The name is safe only once the folder is: a file without a name would be lost with the power.
    const directory = await open(folder, 'r');
    await directory.sync().finally(() => directory.close());
  }

  async get(sha256: string): Promise<Buffer> {
    const bytes = await readFile(this.pathOf(sha256)).catch((cause: unknown) => {
      throw new BrokenInvariant(`The file of document ${sha256} cannot be read: ${String(cause)}`);
    });
    if (hash('sha256', bytes, 'hex') === sha256) return bytes;
    throw new BrokenInvariant(`The file of document ${sha256} is damaged; bring it back from a backup.`);
  }

  private pathOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new BrokenInvariant('A document is named by its SHA-256.');
    return join(this.folder, sha256.slice(0, 2), sha256);
  }
}

/** Stands where no folder for documents is set: says so. */
export class NoBlobStore extends BlobStore {
  put(): Promise<never> {
    return Promise.reject(storeMissing());
  }

  get(): Promise<never> {
    return Promise.reject(storeMissing());
  }
}

function storeMissing(): DomainError {
  return new DomainError(
    'document-store-missing',
    'This process keeps no documents.',
    'Documents are kept in a folder that the process is given.',
    'Ask the operator to set the folder for documents.',
  );
}
