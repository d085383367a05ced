import { hash } from 'node:crypto';
import type { CommandResult, EventStore } from '@provident/event-store';
import type { BusinessDate, CommandContext, Month } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import { knownEmployer } from '../standing.js';
import type { DocumentFiles } from './document-files.js';
import { documentIdOf, documents, refused } from './documents.js';
import { type DocumentKind, MEDIA_TYPES } from './events.js';
import { mediaTypeOf } from './media-type.js';

export interface SentDocument {
  readonly kind: DocumentKind;
  readonly month?: Month;
  readonly personId?: string;
  readonly fileName: string;
  readonly storedOn: BusinessDate;
  readonly bytes: Buffer;
}

/** Takes a document in: first the file, then the event that names it, so that no document on record lacks its file. */
export async function storeDocument(
  store: EventStore,
  files: DocumentFiles,
  employer: string,
  { bytes, kind, month, personId, fileName, storedOn }: SentDocument,
  context: CommandContext,
): Promise<CommandResult & { readonly documentId: string }> {
  await knownEmployer(store, employer);
  if (bytes.length === 0 || bytes.length > LIMITS.documentBytes) {
    throw refused(
      'document-size-refused',
      `The file has ${bytes.length} bytes; a document has 1 to ${LIMITS.documentBytes}.`,
      'Send a smaller scan, or several documents.',
    );
  }
  const mediaType = mediaTypeOf(bytes);
  if (mediaType === undefined) {
    throw refused(
      'document-type-refused',
      'The file is none of the types that are kept.',
      `Send one of ${MEDIA_TYPES.join(', ')}.`,
    );
  }
  const sha256 = hash('sha256', bytes, 'hex');
  const documentId = documentIdOf(employer, kind, month, sha256);
  const sealedAs = await files.put(documentId, bytes);
  const of = { ...(month === undefined ? {} : { month }), ...(personId === undefined ? {} : { personId }) };
  const about = {
    employer,
    documentId,
    kind,
    ...of,
    fileName,
    sha256,
    sealedAs,
    bytes: bytes.length,
    mediaType,
    storedOn,
  };
  return { ...(await store.execute(documents, employer, { type: 'StoreDocument', ...about }, context)), documentId };
}
