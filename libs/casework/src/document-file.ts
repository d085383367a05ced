import { MEDIA_TYPES } from '@provident/files/media-type';
import { Personal } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';

const HashField = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256' });

/** A document's file as its case names it; the file itself is kept sealed under the case's key. */
const DocumentFileField = Type.Object({
  /** The file's name as it was sent. */
  name: Personal(Type.String({ minLength: 1, maxLength: 200 }), 'caseId'),
  mediaType: Type.Union(MEDIA_TYPES.map((each) => Type.Literal(each))),
  bytes: Type.Integer({ minimum: 1 }),
  /** SHA-256 of the sealed file, under which it is kept. */
  sealedAs: HashField,
});
export type DocumentFile = Static<typeof DocumentFileField>;

/** What is said of a document: its kind, the SHA-256 of its content, and its file where one was sent. */
export const documentFields = {
  kind: Type.String({ minLength: 1, maxLength: 100 }),
  sha256: HashField,
  file: Type.Optional(DocumentFileField),
};
