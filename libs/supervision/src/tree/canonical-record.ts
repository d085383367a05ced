import type { RecordedEvent } from '@provident/kernel';
import canonicalize from 'canonicalize';

/**
 * The stored record of an event as one text that is the same on every machine: the leaf of the Merkle tree, the line of an
 * archive. It is JSON in canonical form (RFC 8785), to be hashed in UTF-8, of exactly these members:
 *
 * - `stream`, `revision`: where the event stands in its stream; a revision is a decimal text, for it may exceed what a JSON
 *   number holds exactly.
 * - `id`, `type`: what it is. An id derives from the command, so it also binds the command.
 * - `data`, `metadata`: as the store has them. Sealed personal fields stay ciphertext, so that erasing a person's key
 *   changes no leaf; older schema versions are not brought up to date. `metadata` is absent where the store has none.
 *   Data that is no JSON stands as `dataBase64`.
 * - `recordedAt`: when the log took it, in UTC with milliseconds, as every reader of the log is told. It says when a thing
 *   was known, and so must not be altered unseen.
 *
 * The log position is left out: it is an address inside one store, with gaps, and a log restored into another cluster has
 * other addresses. The order is kept by the leaf's index all the same: the n-th event of the log is leaf n, so two events
 * that change places change two leaves, and one that is inserted or dropped moves all after it.
 */
export function canonicalRecord(event: RecordedEvent): string {
  const { stream, revision, id, type, data, metadata, recordedAt } = event;
  const record = { stream, revision: String(revision), id, type, metadata, recordedAt: recordedAt.toISOString() };
  if (data instanceof Uint8Array) return canonical({ ...record, dataBase64: Buffer.from(data).toString('base64') });
  try {
    return canonical({ ...record, data });
  } catch {
    return canonical({ ...record, metadata: undefined, dataText: plain(data), metadataText: plain(metadata) });
  }
}

function canonical(record: object): string {
  return canonicalize(record) as string;
}

/**
 * RFC 8785 refuses broken surrogate pairs and numbers beyond a double's range. Another program may have written them
 * nevertheless, and no event may be without a leaf: such a record has its data as JSON text, in which they are escaped.
 */
function plain(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'number' && !Number.isFinite(each) ? `number beyond range: ${each}` : each,
  );
}
