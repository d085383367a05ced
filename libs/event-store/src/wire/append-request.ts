import type { AppendExpectedRevision, EventData } from '@eventstore/db-client';
import { BrokenInvariant, invariant } from '@provident/kernel';
import { fieldSize, integerField, messageField, textField, varintSize, writeHead, writeVarint } from './byte-fields.js';

/** An event made ready for the wire: its content serialised once, with the number of its bytes. */
interface PreparedEvent {
  readonly id: string;
  /** The fields that depend on nothing but the event's type. */
  readonly kind: Buffer;
  readonly metadata: string | Uint8Array;
  readonly metadataBytes: number;
  readonly data: string | Uint8Array;
  readonly dataBytes: number;
}

/** An append made ready for the wire; sending it again only needs another correlation id. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: AppendExpectedRevision;
  readonly events: readonly PreparedEvent[];
  /** What the server counts against its limit: data, metadata, and twice the length of each type. */
  readonly countedBytes: number;
}

export function prepareAppend(
  stream: string,
  events: readonly EventData[],
  expected: AppendExpectedRevision,
): AppendRequest {
  let countedBytes = 0;
  const prepared = events.map((event) => {
    const data = content(event.data);
    const metadata = event.metadata === undefined ? '' : content(event.metadata);
    const dataBytes = sizeOf(data);
    const metadataBytes = sizeOf(metadata);
    countedBytes += dataBytes + metadataBytes + 2 * event.type.length;
    invariant(event.id.length === ID_BYTES, `Event id ${event.id} is no UUID.`);
    return { id: event.id, kind: kindOf(event.type, event.contentType), metadata, metadataBytes, data, dataBytes };
  });
  return { stream, expected, events: prepared, countedBytes };
}

/**
 * The request as one `BatchAppendReq`: correlation id 1, options 2 { stream 1, expected 2–5, deadline 6 }, proposed
 * messages 3 { id 1, metadata map 2, custom metadata 3, data 4 }, is_final 4. Laid out by hand, because this is written
 * once for every person and month.
 * @param correlationId 36 characters
 * @param deadlineMs when the server may give up, in milliseconds since 1970
 */
export function encodeAppend(request: AppendRequest, correlationId: string, deadlineMs: number): Buffer {
  const nameBytes = Buffer.byteLength(request.stream);
  const expected = expectation(request.expected);
  const seconds = Math.ceil(deadlineMs / 1000);
  const deadlineBytes = 1 + varintSize(seconds);
  const optionBytes = fieldSize(fieldSize(nameBytes)) + expected.length + fieldSize(deadlineBytes);
  let total = ID_FIELD_BYTES + fieldSize(optionBytes) + IS_FINAL.length;
  for (const event of request.events) total += fieldSize(messageBytes(event));

  const frame = Buffer.allocUnsafe(total);
  let at = writeId(frame, 0, correlationId);
  at = writeHead(frame, at, 0x12, optionBytes);
  at = writeHead(frame, at, 0x0a, fieldSize(nameBytes));
  at = writeHead(frame, at, 0x1a, nameBytes);
  at += frame.write(request.stream, at);
  frame.set(expected, at);
  at = writeHead(frame, at + expected.length, 0x32, deadlineBytes);
  frame[at++] = 0x08;
  at = writeVarint(frame, at, seconds);
  for (const event of request.events) {
    at = writeHead(frame, at, 0x1a, messageBytes(event));
    at = writeId(frame, at, event.id);
    frame.set(event.kind, at);
    at += event.kind.length;
    if (event.metadataBytes > 0) at = writeContent(frame, at, 0x1a, event.metadata, event.metadataBytes);
    if (event.dataBytes > 0) at = writeContent(frame, at, 0x22, event.data, event.dataBytes);
  }
  frame.set(IS_FINAL, at);
  at += IS_FINAL.length;
  invariant(at === total, `An append of ${total} bytes was filled to ${at}.`);
  return frame;
}

const ID_BYTES = 36;
const ID_FIELD_BYTES = ID_BYTES + 4;
const ID_HEAD = Buffer.from([0x0a, ID_BYTES + 2, 0x12, ID_BYTES]);
const IS_FINAL = Buffer.from([0x20, 1]);
const NO_STREAM = messageField(3);
const ANY = messageField(4);
const STREAM_EXISTS = messageField(5);

function expectation(expected: AppendExpectedRevision): Buffer {
  switch (expected) {
    case 'no_stream':
      return NO_STREAM;
    case 'any':
      return ANY;
    case 'stream_exists':
      return STREAM_EXISTS;
    default:
      if (expected < 0n) throw new BrokenInvariant(`Revision ${expected} cannot be expected of a stream.`);
      return integerField(2, expected);
  }
}

const kinds = new Map<string, Buffer>();

/** The metadata map of an event: its type and its content type. There are few types, so each is encoded once. */
function kindOf(type: string, contentType: EventData['contentType']): Buffer {
  const key = `${contentType} ${type}`;
  let kind = kinds.get(key);
  if (kind === undefined) {
    const entry = (name: string, value: string): Buffer => messageField(2, textField(1, name), textField(2, value));
    kind = Buffer.concat([entry('type', type), entry('content-type', contentType)]);
    kinds.set(key, kind);
  }
  return kind;
}

function content(value: unknown): string | Uint8Array {
  return value instanceof Uint8Array ? value : JSON.stringify(value);
}

function sizeOf(value: string | Uint8Array): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : value.length;
}

function messageBytes(event: PreparedEvent): number {
  return (
    ID_FIELD_BYTES +
    event.kind.length +
    (event.metadataBytes === 0 ? 0 : fieldSize(event.metadataBytes)) +
    (event.dataBytes === 0 ? 0 : fieldSize(event.dataBytes))
  );
}

function writeId(target: Buffer, offset: number, id: string): number {
  target.set(ID_HEAD, offset);
  return offset + ID_HEAD.length + target.write(id, offset + ID_HEAD.length, ID_BYTES, 'latin1');
}

function writeContent(target: Buffer, offset: number, tag: number, value: string | Uint8Array, size: number): number {
  const at = writeHead(target, offset, tag, size);
  if (typeof value === 'string') target.write(value, at);
  else target.set(value, at);
  return at + size;
}
