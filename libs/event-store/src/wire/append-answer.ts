import { ByteReader } from './byte-reader.js';
import type { AppendRefusal } from './errors.js';

/** One answer of `BatchAppend`. */
export interface AppendAnswer {
  /** The number that the correlation id was made from. */
  readonly correlation: number;
  /** Log position of the last event; absent with a refusal. */
  readonly position: bigint | undefined;
  readonly refusal: AppendRefusal | undefined;
}

const CORRELATION_PREFIX = '5cc05b4e-8d2f-4a6e-9b1d-';

/** A UUID with a number in its last 48 bits. Unique within a call is enough: the server answers on the call it was asked on. */
export function correlationId(correlation: number): string {
  return CORRELATION_PREFIX + correlation.toString(16).padStart(12, '0');
}

/** `BatchAppendResp`: correlation id 1, error 2, success 3 { position 3 { commit 1 } }; the rest repeats the request. */
export function decodeAppendAnswer(bytes: Buffer): AppendAnswer {
  const reader = new ByteReader(bytes);
  let correlation = -1;
  let position: bigint | undefined;
  let refusal: AppendRefusal | undefined;
  while (reader.at < bytes.length) {
    const tag = reader.varint();
    if (tag === 0x0a) correlation = readCorrelation(reader);
    else if (tag === 0x12) refusal = readRefusal(reader);
    else if (tag === 0x1a) position = readNested(reader, 0x1a, () => readNumber(reader, 0x08));
    else reader.skip(tag);
  }
  return { correlation, position, refusal };
}

/** A UUID as text (2), or as two integers (1), in which servers may answer whatever they were asked in. */
function readCorrelation(reader: ByteReader): number {
  let correlation = -1;
  for (const end = reader.enter(); reader.at < end; ) {
    const tag = reader.varint();
    if (tag === 0x12) correlation = Number.parseInt(reader.text().slice(-12), 16);
    else if (tag === 0x0a) correlation = Number(BigInt.asUintN(48, readNumber(reader, 0x10) ?? 0n));
    else reader.skip(tag);
  }
  return correlation;
}

/** `google.rpc.Status`: message 2, details 3 { type_url 1, value 2 }. Only the last part of the type's address counts. */
function readRefusal(reader: ByteReader): AppendRefusal {
  let message = '';
  let type = 'Unknown';
  for (const end = reader.enter(); reader.at < end; ) {
    const tag = reader.varint();
    if (tag === 0x12) message = reader.text();
    else if (tag === 0x1a) type = readNested(reader, 0x0a, () => reader.text()) ?? type;
    else reader.skip(tag);
  }
  return { type: type.slice(Math.max(type.lastIndexOf('.'), type.lastIndexOf('/')) + 1), message };
}

function readNumber(reader: ByteReader, wanted: number): bigint | undefined {
  let value: bigint | undefined;
  for (const end = reader.enter(); reader.at < end; ) {
    const tag = reader.varint();
    if (tag === wanted) value = reader.uint64();
    else reader.skip(tag);
  }
  return value;
}

/** One field of the message at hand, read by `read`. */
function readNested<T>(reader: ByteReader, wanted: number, read: () => T): T | undefined {
  let value: T | undefined;
  for (const end = reader.enter(); reader.at < end; ) {
    const tag = reader.varint();
    if (tag === wanted) value = read();
    else reader.skip(tag);
  }
  return value;
}
