import { BrokenInvariant, type EventMetadata, type RecordedEvent } from '@provident/kernel';
import { ByteReader } from './byte-reader.js';

/** One message of a read: an event, the word that history ends here, or something a reader need not know. */
export type ReadAnswer = RecordedEvent | 'caught-up' | undefined;

/**
 * `ReadResp`: event 1, caught_up 8. The others are the confirmation of a subscription, checkpoints, the bounds of a stream,
 * and that a stream does not exist, which is a stream without events.
 */
export function decodeReadAnswer(bytes: Buffer): ReadAnswer {
  const reader = new ByteReader(bytes);
  const tag = reader.varint();
  if (tag === 0x0a) return readEvent(reader);
  return tag === 0x42 ? 'caught-up' : undefined;
}

/** `ReadEvent`: event 1, link 2, commit_position 3. Links are not asked for, so a missing event is a dangling one. */
function readEvent(reader: ByteReader): RecordedEvent | undefined {
  let recordAt = -1;
  let position: bigint | undefined;
  for (const end = reader.enter(); reader.at < end; ) {
    const tag = reader.varint();
    if (tag === 0x0a) recordAt = reader.at;
    if (tag === 0x18) position = reader.uint64();
    else reader.skip(tag);
  }
  if (recordAt < 0) return undefined;
  reader.at = recordAt;
  return readRecord(reader, position);
}

/**
 * `RecordedEvent`: id 1, stream 2, revision 3, commit_position 5, metadata map 6, custom_metadata 7, data 8. A stream's
 * first event has revision 0, which the encoding leaves out.
 */
function readRecord(reader: ByteReader, linkPosition: bigint | undefined): RecordedEvent {
  let id = '';
  let stream = '';
  let revision = 0n;
  let position: bigint | undefined;
  const kind: EventKind = { type: '', isJson: false, createdTicks: '' };
  let metadata: unknown;
  let dataAt = 0;
  let dataEnd = 0;
  for (const end = reader.enter(); reader.at < end; ) {
    const tag = reader.varint();
    if (tag === 0x0a) id = readInnerText(reader, 0x12);
    else if (tag === 0x12) stream = readInnerText(reader, 0x1a);
    else if (tag === 0x18) revision = reader.uint64();
    else if (tag === 0x28) position = reader.uint64();
    else if (tag === 0x32) readMapEntry(reader, kind);
    else if (tag === 0x3a) {
      const metadataEnd = reader.enter();
      metadata = parsed(reader.bytes, reader.at, metadataEnd);
      reader.at = metadataEnd;
    } else if (tag === 0x42) {
      dataEnd = reader.enter();
      dataAt = reader.at;
      reader.at = dataEnd;
    } else reader.skip(tag);
  }
  position ??= linkPosition;
  if (position === undefined) {
    throw new BrokenInvariant(`Event ${id} came without its log position: the server must be 22.6 or later.`);
  }
  const { bytes } = reader;
  const data = kind.isJson ? parsed(bytes, dataAt, dataEnd) : Uint8Array.from(bytes.subarray(dataAt, dataEnd));
  return {
    id,
    stream,
    revision,
    position,
    recordedAt: recordedAt(kind.createdTicks),
    type: kind.type,
    data: data as Readonly<object>,
    metadata: metadata as EventMetadata,
  };
}

/** What the server keeps in the map beside an event. */
interface EventKind {
  type: string;
  isJson: boolean;
  /** 100-nanosecond ticks since 1970, in decimal. */
  createdTicks: string;
}

function readMapEntry(reader: ByteReader, kind: EventKind): void {
  let key = '';
  let value = '';
  for (const end = reader.enter(); reader.at < end; ) {
    const tag = reader.varint();
    if (tag === 0x0a) key = reader.text();
    else if (tag === 0x12) value = reader.text();
    else reader.skip(tag);
  }
  if (key === 'type') kind.type = value;
  else if (key === 'created') kind.createdTicks = value;
  else if (key === 'content-type') kind.isJson = value === 'application/json';
}

/** The text in a message that has one field of interest. */
function readInnerText(reader: ByteReader, wanted: number): string {
  let text = '';
  for (const end = reader.enter(); reader.at < end; ) {
    const tag = reader.varint();
    if (tag === wanted) text = reader.text();
    else reader.skip(tag);
  }
  return text;
}

/** JSON, or the text itself when it is none: other programs may write to the same store. */
function parsed(bytes: Buffer, at: number, end: number): unknown {
  const text = bytes.toString('utf8', at, end);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function recordedAt(ticks: string): Date {
  const ms = Number(ticks.slice(0, -4));
  return new Date(Number.isSafeInteger(ms) ? ms : 0);
}
