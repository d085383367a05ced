import protobuf from 'protobufjs';
import { discoveryProto } from './discovery-proto.js';
import { persistentProto } from './persistent-proto.js';
import { projectionsProto } from './projections-proto.js';
import { sharedProto } from './shared-proto.js';
import { streamsProto } from './streams-proto.js';

/** A 64-bit integer as protobufjs decodes it. */
export interface Long {
  readonly low: number;
  readonly high: number;
}

/** Any message type by its name below `event_store.client`. */
export interface MessageType<Message> {
  /** @throws MalformedMessage */
  decode(bytes: Uint8Array): Message;
  encode(message: object): Buffer;
}

const root = new protobuf.Root();
for (const text of [sharedProto, streamsProto, persistentProto, projectionsProto, discoveryProto]) {
  protobuf.parse(text, root);
}
root.resolveAll();

/** Bytes that are not the message they should be. */
export class MalformedMessage extends Error {}

export function messageType<Message>(name: string): MessageType<Message> {
  const type = root.lookupType(`event_store.client.${name}`);
  return {
    decode: (bytes) => {
      try {
        return type.decode(bytes) as unknown as Message;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new MalformedMessage(`The bytes are no ${name}: ${reason}.`, { cause: error });
      }
    },
    encode: (message) => {
      const bytes = type.encode(message).finish();
      return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
  };
}

/** The value as a number; one above 2^53-1 becomes exactly that, which is beyond every revision and position here. */
export function toNumber(value: Long | number | undefined): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const high = value.high >>> 0;
  return high >= 0x200000 ? Number.MAX_SAFE_INTEGER : high * 0x1_0000_0000 + (value.low >>> 0);
}
