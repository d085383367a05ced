import { readVarint, varintSize, writeVarint } from './varint.js';

/** What an event's stored frame is made from. Strings of streams and types are UTF-8 already, because their length counts. */
export interface FrameContent {
  /** 36 characters, lower case. */
  readonly id: string;
  readonly type: Buffer;
  readonly stream: Buffer;
  readonly isJson: boolean;
  readonly createdMs: number;
  /** `TOMBSTONE` stands for the protocol's 2^63-1. */
  readonly revision: number;
  readonly position: number;
  readonly customMetadata: Uint8Array;
  readonly data: Uint8Array;
}

/** How the log writes the revision of the event that ends a stream for good; the wire says 2^63-1. */
export const TOMBSTONE = Number.MAX_SAFE_INTEGER;

const ID_BYTES = 36;
const idHead = Buffer.from([0x0a, ID_BYTES + 2, 0x12, ID_BYTES]);
const typeKey = Buffer.concat([Buffer.from([0x0a, 4]), Buffer.from('type')]);
const contentEntry = (value: string): Buffer => {
  const entry = Buffer.concat([
    Buffer.from([0x0a, 12]),
    Buffer.from('content-type'),
    Buffer.from([0x12, value.length]),
  ]);
  return Buffer.concat([Buffer.from([0x32, entry.length + value.length]), entry, Buffer.from(value)]);
};
const jsonEntry = contentEntry('application/json');
const binaryEntry = contentEntry('application/octet-stream');
const createdKey = Buffer.concat([Buffer.from([0x0a, 7]), Buffer.from('created'), Buffer.from([0x12])]);
const tombstoneVarint = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);

const fieldSize = (length: number): number => 1 + varintSize(length) + length;

/**
 * An event as `ReadResp { event { event: RecordedEvent, commit_position } }`: the log stores these bytes and a read copies
 * them to the client. Inside the record the id, the type and the stream's name come first, so that they are found without
 * decoding the rest.
 */
export function encodeFrame(event: FrameContent): Buffer {
  const created = `${event.createdMs}0000`;
  const typeSize = typeKey.length + fieldSize(event.type.length);
  const nameSize = fieldSize(event.stream.length);
  const createdSize = createdKey.length + 1 + created.length;
  const content = event.isJson ? jsonEntry : binaryEntry;
  const positionSize = varintSize(event.position);
  const revisionSize = event.revision === TOMBSTONE ? tombstoneVarint.length : varintSize(event.revision);
  const recordSize =
    idHead.length +
    ID_BYTES +
    fieldSize(typeSize) +
    fieldSize(nameSize) +
    (1 + revisionSize) +
    2 * (1 + positionSize) +
    content.length +
    fieldSize(createdSize) +
    (event.customMetadata.length === 0 ? 0 : fieldSize(event.customMetadata.length)) +
    (event.data.length === 0 ? 0 : fieldSize(event.data.length));
  const readEventSize = fieldSize(recordSize) + 1 + positionSize;
  const frame = Buffer.allocUnsafe(fieldSize(readEventSize));
  let at = writeHead(frame, 0, 0x0a, readEventSize);
  at = writeHead(frame, at, 0x0a, recordSize);
  at += idHead.copy(frame, at);
  at += frame.write(event.id, at, ID_BYTES, 'latin1');
  at = writeHead(frame, at, 0x32, typeSize);
  at += typeKey.copy(frame, at);
  at = writeBytes(frame, at, 0x12, event.type);
  at = writeHead(frame, at, 0x12, nameSize);
  at = writeBytes(frame, at, 0x1a, event.stream);
  frame[at++] = 0x18;
  if (event.revision === TOMBSTONE) at += tombstoneVarint.copy(frame, at);
  else at = writeVarint(frame, at, event.revision);
  frame[at++] = 0x20;
  at = writeVarint(frame, at, event.position);
  frame[at++] = 0x28;
  at = writeVarint(frame, at, event.position);
  at += content.copy(frame, at);
  at = writeHead(frame, at, 0x32, createdSize);
  at += createdKey.copy(frame, at);
  frame[at++] = created.length;
  at += frame.write(created, at, created.length, 'latin1');
  if (event.customMetadata.length > 0) at = writeBytes(frame, at, 0x3a, event.customMetadata);
  if (event.data.length > 0) at = writeBytes(frame, at, 0x42, event.data);
  frame[at++] = 0x18;
  at = writeVarint(frame, at, event.position);
  if (at !== frame.length) throw new Error(`An event frame of ${frame.length} bytes was filled to ${at}.`);
  return frame;
}

function writeHead(target: Buffer, offset: number, tag: number, length: number): number {
  target[offset] = tag;
  return writeVarint(target, offset + 1, length);
}

function writeBytes(target: Buffer, offset: number, tag: number, bytes: Uint8Array): number {
  const at = writeHead(target, offset, tag, bytes.length);
  target.set(bytes, at);
  return at + bytes.length;
}

/** The `RecordedEvent` inside a frame, without copying. */
export function recordOf(frame: Buffer): Buffer {
  const outer = readVarint(frame, 1);
  const inner = readVarint(frame, outer.end + 1);
  return frame.subarray(inner.end, inner.end + inner.value);
}

/** The event's id, 36 characters. */
export function idOf(frame: Buffer): string {
  const record = recordOf(frame);
  return record.toString('latin1', idHead.length, idHead.length + ID_BYTES);
}

/** The event's type and its stream's name. */
export function namesOf(frame: Buffer): { type: string; stream: string } {
  const record = recordOf(frame);
  const entry = readVarint(record, idHead.length + ID_BYTES + 1);
  const type = readVarint(record, entry.end + typeKey.length + 1);
  const typeEnd = type.end + type.value;
  const identifier = readVarint(record, typeEnd + 1);
  const name = readVarint(record, identifier.end + 1);
  return {
    type: record.toString('utf8', type.end, typeEnd),
    stream: record.toString('utf8', name.end, name.end + name.value),
  };
}

/** A record whose id is the pair of integers that some clients ask for instead of text. */
export function withStructuredId(record: Buffer): Buffer {
  const hex = record.toString('latin1', idHead.length, idHead.length + ID_BYTES).replaceAll('-', '');
  const most = signedVarint(BigInt(`0x${hex.slice(0, 16)}`));
  const least = signedVarint(BigInt(`0x${hex.slice(16)}`));
  const structured = 2 + most.length + least.length;
  return Buffer.concat([
    Buffer.from([0x0a, structured + 2, 0x0a, structured, 0x08]),
    most,
    Buffer.from([0x10]),
    least,
    record.subarray(idHead.length + ID_BYTES),
  ]);
}

function signedVarint(unsigned: bigint): Buffer {
  const bytes: number[] = [];
  let rest = unsigned;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** The parts of a `ReadResp.event`: the event, the link that led to it, where that was, and how often it was delivered before. */
export interface Delivery {
  readonly event?: Buffer;
  readonly link?: Buffer;
  readonly position: number;
  /** Only persistent subscriptions say it. */
  readonly retryCount?: number;
}

/** A `ReadResp.event` put together from records. */
export function encodeDelivery(delivery: Delivery): Buffer {
  const { event, link, position, retryCount } = delivery;
  const size =
    (event ? fieldSize(event.length) : 0) +
    (link ? fieldSize(link.length) : 0) +
    (1 + varintSize(position)) +
    (retryCount === undefined ? 0 : 1 + varintSize(retryCount));
  const frame = Buffer.allocUnsafe(fieldSize(size));
  let at = writeHead(frame, 0, 0x0a, size);
  if (event) at = writeBytes(frame, at, 0x0a, event);
  if (link) at = writeBytes(frame, at, 0x12, link);
  frame[at++] = 0x18;
  at = writeVarint(frame, at, position);
  if (retryCount !== undefined) {
    frame[at++] = 0x28;
    writeVarint(frame, at, retryCount);
  }
  return frame;
}
