import { createHash } from 'node:crypto';
import type { DocumentFile } from './document-file.js';
import type { Request } from './request-check.js';

export interface EnteredDocument {
  readonly kind: string;
  /** SHA-256 of the file's content, under which the document vault keeps it. */
  readonly sha256: string;
  /** The file, where it was sent with the document. */
  readonly file?: DocumentFile | undefined;
}

/**
 * One hash over all that a case rests on: its procedure, what it asks for, and every document's kind and content. Whoever
 * reviews or approves names it, so that nothing can be changed between the look and the decision.
 */
export function evidenceOf(procedure: string, request: Request, documents: readonly EnteredDocument[]): string {
  const listed = documents.map(({ kind, sha256 }) => `${kind} ${sha256}`).sort();
  return createHash('sha256')
    .update(JSON.stringify([procedure, canonical(request), listed]))
    .digest('hex');
}

/** The same value in one order of its fields: JSON keeps the order in which they were written. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return { fields: fields.map(([name, field]) => [name, canonical(field)]) };
}
