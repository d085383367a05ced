import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PersonalCipher } from '@provident/access/personal/personal-cipher';
import { BrokenInvariant } from '@provident/kernel';
import { BlobStore } from './blob-store.js';
import { refused, type StoredDocument } from './documents.js';

/** The documents' files, kept sealed under a key of each document: it is erased with the person that it is about. */
@Injectable()
export class DocumentFiles {
  constructor(
    private readonly blobs: BlobStore,
    private readonly cipher: PersonalCipher,
  ) {}

  /** Returns once the file is safe: the SHA-256 under which its sealed bytes are kept. The same file again changes nothing. */
  async put(documentId: string, bytes: Buffer): Promise<string> {
    const sealed = await this.cipher.sealBytes(documentId, bytes);
    const sealedAs = hash('sha256', sealed, 'hex');
    await this.blobs.put(sealedAs, sealed);
    return sealedAs;
  }

  /** The file as it was sent. Throws `document-erased` when its key was erased. */
  async get({ documentId, sha256, sealedAs }: StoredDocument): Promise<Buffer> {
    const kept = await this.blobs.get(sealedAs ?? sha256);
    // Documents from before files were sealed are kept as they were sent.
    const bytes = sealedAs === undefined ? kept : await this.cipher.openBytes(documentId, kept);
    if (bytes === undefined) {
      throw refused(
        'document-erased',
        'The file was erased with the person that it was about.',
        'Nothing brings it back.',
      );
    }
    if (hash('sha256', bytes, 'hex') === sha256) return bytes;
    throw new BrokenInvariant(`The file of document ${documentId} is not the one that was stored.`);
  }
}
