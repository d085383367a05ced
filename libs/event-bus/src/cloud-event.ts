import type { EventMetadata, RecordedEvent } from '@provident/kernel';
import type { IHeaders } from 'kafkajs';
import { LIMITS } from './limits.js';
import { traceparentOf } from './traceparent.js';

/**
 * An event on Kafka is a CloudEvent 1.0 in binary mode: the value is the event's data as JSON, everything else stands in
 * headers. Beside the standard's attributes there are four of ours: `revision`, `position`, `schemaversion`, and
 * `metadata`, the event's metadata as JSON; and `traceparent` of the distributed-tracing extension.
 */
export interface EventMessage {
  /** The stream: keeps its events in one partition, in their order. */
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Record<string, string>;
  /** Bytes of all three. */
  readonly size: number;
}

/** A message of Kafka, as far as an event is read from it. */
export interface ReceivedMessage {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: IHeaders;
}

/** No event can be read from a message; the text says why. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}

const JSON_TYPE = 'application/json';
const BYTES_TYPE = 'application/octet-stream';

export function encodeEvent(event: RecordedEvent, area: string): EventMessage {
  const { id, stream, type, data, metadata, revision, position, recordedAt } = event;
  const isBytes = data instanceof Uint8Array;
  const value = isBytes ? Buffer.from(data) : Buffer.from(JSON.stringify(data));
  // Other programs' events may come without metadata, or with something else in its place.
  const meta = metadata as Partial<EventMetadata> | undefined;
  const traceparent = traceparentOf(meta?.correlationId, id);
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: sourceOf(area),
    ce_time: recordedAt.toISOString(),
    ce_subject: stream,
    'content-type': isBytes ? BYTES_TYPE : JSON_TYPE,
    ce_revision: String(revision),
    ce_position: String(position),
    ...(meta === undefined ? {} : { ce_metadata: JSON.stringify(meta) }),
    ...(meta?.schemaVersion === undefined ? {} : { ce_schemaversion: String(meta.schemaVersion) }),
    ...(traceparent === undefined ? {} : { ce_traceparent: traceparent }),
  };
  let size = value.length + Buffer.byteLength(stream);
  for (const name in headers) size += name.length + Buffer.byteLength(headers[name] as string);
  return { key: stream, value, headers, size };
}

/** Gives back exactly the event that was encoded. Throws `UnreadableMessage` for anything else. */
export function decodeEvent(message: ReceivedMessage): RecordedEvent {
  const { value, key } = message;
  if (value === null) throw new UnreadableMessage('It has no value.');
  const headers = headerTexts(message.headers);
  const size = value.length + Object.values(headers).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (size > LIMITS.messageBytes) {
    throw new UnreadableMessage(`It holds ${size} bytes; a message may hold ${LIMITS.messageBytes}.`);
  }
  const specversion = required(headers, 'ce_specversion');
  if (specversion !== '1.0') throw new UnreadableMessage(`Its ce_specversion is "${specversion}"; expected 1.0.`);
  required(headers, 'ce_source');
  const stream = required(headers, 'ce_subject');
  if (key?.toString() !== stream) throw new UnreadableMessage(`Its key is not its ce_subject, ${stream}.`);
  return {
    id: required(headers, 'ce_id'),
    stream,
    revision: count(headers, 'ce_revision'),
    position: count(headers, 'ce_position'),
    recordedAt: time(headers),
    type: required(headers, 'ce_type'),
    data: dataOf(value, required(headers, 'content-type')),
    metadata: metadataOf(headers) as EventMetadata,
  };
}

/** Headers as texts. A header that comes twice has no one value. */
export function headerTexts(headers: IHeaders | undefined): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (Array.isArray(value)) throw new UnreadableMessage(`Its header ${name} comes ${value.length} times.`);
    if (value !== undefined) texts[name] = value.toString();
  }
  return texts;
}

function sourceOf(area: string): string {
  return `/provident/${area}`;
}

function required(headers: Readonly<Record<string, string>>, name: string): string {
  const text = headers[name];
  if (text === undefined || text === '') throw new UnreadableMessage(`It has no header ${name}.`);
  return text;
}

/** Log positions and revisions: not negative, and within PostgreSQL's bigint. */
function count(headers: Readonly<Record<string, string>>, name: string): bigint {
  const text = required(headers, name);
  if (/^\d{1,19}$/.test(text) && BigInt(text) < 1n << 63n) return BigInt(text);
  throw new UnreadableMessage(`Its header ${name} is "${text}"; expected a whole number.`);
}

function time(headers: Readonly<Record<string, string>>): Date {
  const text = required(headers, 'ce_time');
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new UnreadableMessage(`Its header ce_time is "${text}"; expected a time.`);
  return date;
}

function dataOf(value: Buffer, contentType: string): Readonly<object> {
  if (contentType === BYTES_TYPE) return Uint8Array.from(value);
  if (contentType !== JSON_TYPE) throw new UnreadableMessage(`Its content-type is "${contentType}".`);
  return parsed(value.toString(), 'value') as Readonly<object>;
}

function metadataOf(headers: Readonly<Record<string, string>>): unknown {
  const text = headers['ce_metadata'];
  const metadata = text === undefined ? undefined : parsed(text, 'header ce_metadata');
  const version = (metadata as Partial<EventMetadata> | null | undefined)?.schemaVersion;
  if (headers['ce_schemaversion'] !== (version === undefined ? undefined : String(version))) {
    throw new UnreadableMessage('Its headers ce_schemaversion and ce_metadata disagree.');
  }
  return metadata;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableMessage(`Its ${what} is no JSON.`);
  }
}
