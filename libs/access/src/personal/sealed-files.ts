import { hash } from 'node:crypto';
import { type DynamicModule, Global, Injectable, Module } from '@nestjs/common';
import { BlobStore, FolderBlobStore, NoBlobStore } from '@provident/files/blob-store';
import { BrokenInvariant, DomainError } from '@provident/kernel';
import { PersonalCipher } from './personal-cipher.js';

/** A file on record: the SHA-256 of what was sent, and of its sealed bytes, under which it is kept. */
export interface SealedFile {
  /** The key that it is sealed under: that of the document, or of the case, which is linked to the person that it is about. */
  readonly keyId: string;
  readonly sha256: string;
  /** Absent for files from before files were sealed. */
  readonly sealedAs?: string | undefined;
}

/** Documents' files, each sealed under a key that is erased with the person that it is about. */
@Injectable()
export class SealedFiles {
  constructor(
    private readonly blobs: BlobStore,
    private readonly cipher: PersonalCipher,
  ) {}

  /** Returns once the file is safe: the SHA-256 under which its sealed bytes are kept. The same file again changes nothing. */
  async put(keyId: string, bytes: Buffer): Promise<string> {
    const sealed = await this.cipher.sealBytes(keyId, bytes);
    const sealedAs = hash('sha256', sealed, 'hex');
    await this.blobs.put(sealedAs, sealed);
    return sealedAs;
  }

  /** The file as it was sent. Throws `document-erased` when its key was erased. */
  async get({ keyId, sha256, sealedAs }: SealedFile): Promise<Buffer> {
    const kept = await this.blobs.get(sealedAs ?? sha256);
    const bytes = sealedAs === undefined ? kept : await this.cipher.openBytes(keyId, kept);
    if (bytes === undefined) {
      throw new DomainError(
        'document-erased',
        'The file was erased with the person that it was about.',
        '个人信息保护法 第47条: personal information is deleted when the duty to keep it has ended.',
        'Nothing brings it back.',
      );
    }
    if (hash('sha256', bytes, 'hex') === sha256) return bytes;
    throw new BrokenInvariant(`The file of document ${keyId} is not the one that was stored.`);
  }
}

/** The files of every context's documents, in a folder; without one, whoever asks for a file is told so. */
@Global()
@Module({})
export class SealedFilesModule {
  static in(folder: string | undefined): DynamicModule {
    const blobs = folder === undefined ? new NoBlobStore() : new FolderBlobStore(folder);
    return {
      module: SealedFilesModule,
      providers: [{ provide: BlobStore, useValue: blobs }, SealedFiles],
      exports: [SealedFiles],
    };
  }
}
