import { hash } from 'node:crypto';
import type { SealedFiles } from '@provident/access/personal/sealed-files';
import { documentTypeOf } from '@provident/files/media-type';
import type { CommandResult, EventStore } from '@provident/event-store';
import type { BusinessDate, CommandContext, Month } from '@provident/kernel';
import { knownEmployer } from '../standing.js';
import { documentIdOf, documents } from './documents.js';
import type { DocumentKind } from './events.js';

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
  files: SealedFiles,
  employer: string,
  { bytes, kind, month, personId, fileName, storedOn }: SentDocument,
  context: CommandContext,
): Promise<CommandResult & { readonly documentId: string }> {
  await knownEmployer(store, employer);
  const mediaType = documentTypeOf(bytes);
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
