import { canonicalJson, instantText, type RecordedEvent } from '@provident/kernel';

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
  return recordText(recordParts(event));
}

/** How data and metadata stand in a record: as JSON, as bytes that are none, or as a text of JSON that RFC 8785 refuses. */
export type RecordForm = 'json' | 'base64' | 'text';

/** A record taken apart, as an archive keeps it in columns. Data and metadata are canonical JSON texts. */
export interface RecordParts {
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly recordedAt: Date;
  readonly form: RecordForm;
  readonly data: string | undefined;
  readonly metadata: string | undefined;
}

export function recordParts({ stream, revision, id, type, recordedAt, data, metadata }: RecordedEvent): RecordParts {
  const place = { stream, revision, id, type, recordedAt };
  if (data instanceof Uint8Array) {
    const base64 = canonicalJson(Buffer.from(data).toString('base64'));
    return { ...place, form: 'base64', data: base64, metadata: textOf(metadata) };
  }
  try {
    return { ...place, form: 'json', data: textOf(data), metadata: textOf(metadata) };
  } catch {
    return { ...place, form: 'text', data: textOf(plain(data)), metadata: textOf(plain(metadata)) };
  }
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : canonicalJson(value);
}

/** Members of each form; all stand in the order that the canonical form asks for. */
const MEMBERS = {
  json: { data: '"data":', metadata: ',"metadata":' },
  base64: { data: '"dataBase64":', metadata: ',"metadata":' },
  text: { data: '"dataText":', metadata: ',"metadataText":' },
} as const satisfies Record<RecordForm, object>;

/** The record that the parts make up: what the leaf is the hash of. */
export function recordText({ stream, revision, id, type, recordedAt, form, data, metadata }: RecordParts): string {
  const members = MEMBERS[form];
  return (
    `{${data === undefined ? '' : `${members.data}${data},`}"id":${JSON.stringify(id)}` +
    `${metadata === undefined ? '' : `${members.metadata}${metadata}`},"recordedAt":"${instantText(recordedAt)}",` +
    `"revision":"${revision}","stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`
  );
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
