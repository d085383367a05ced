import protobuf from 'protobufjs';

// Written for the tests alone, so that what the server encodes by hand is not decoded by its own definitions.
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Uuid { oneof value { Structured structured = 1; string text = 2; } }
  message Structured { int64 most = 1; int64 least = 2; }
  message Stream { bytes name = 3; }
  message Record {
    Uuid id = 1;
    Stream stream = 2;
    uint64 revision = 3;
    uint64 prepare = 4;
    uint64 commit = 5;
    map<string, string> metadata = 6;
    bytes custom_metadata = 7;
    bytes data = 8;
  }
  message ReadEvent { Record event = 1; Record link = 2; uint64 commit = 3; }
  message ReadResponse { ReadEvent event = 1; }
`);
const response = root.lookupType('ReadResponse');

/** An event as it was on the wire, in plain values. */
export interface WireRecord {
  readonly id: string;
  readonly streamId: string;
  readonly type: string;
  readonly revision: bigint;
  readonly position: { readonly commit: bigint; readonly prepare: bigint };
}

export interface WireEvent {
  readonly event?: WireRecord;
  readonly link?: WireRecord;
  readonly commitPosition: bigint;
}

interface RecordObject {
  readonly id: { readonly text: string };
  readonly stream: { readonly name: Uint8Array };
  /** Absent for 0. */
  readonly revision?: string;
  readonly prepare: string;
  readonly commit: string;
  readonly metadata: Readonly<Record<string, string>>;
}
interface ResponseObject {
  readonly event?: { readonly event?: RecordObject; readonly link?: RecordObject; readonly commit: string };
}

/** The event of one answer of a read; undefined when the answer is something else. */
export function wireEvent(bytes: Buffer): WireEvent | undefined {
  const { event } = response.toObject(response.decode(bytes), { longs: String, defaults: false }) as ResponseObject;
  if (!event) return undefined;
  return {
    ...(event.event ? { event: recordOf(event.event) } : {}),
    ...(event.link ? { link: recordOf(event.link) } : {}),
    commitPosition: BigInt(event.commit),
  };
}

function recordOf({ id, stream, revision = '0', prepare, commit, metadata }: RecordObject): WireRecord {
  return {
    id: id.text,
    streamId: Buffer.from(stream.name).toString('utf8'),
    type: metadata['type'] ?? '',
    revision: BigInt(revision),
    position: { commit: BigInt(commit), prepare: BigInt(prepare) },
  };
}
