import type { RecordedEvent } from '@provident/kernel';
import type { RelayCheckpoint } from './relay-progress.js';

/** One partition of a partitioned log. */
export interface PartitionPlace {
  readonly topic: string;
  readonly partition: number;
}

/** A message as it came, for whoever must find out why it could not be applied. */
export interface RawMessage {
  readonly key: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer | null;
}

/** What a message carries: an event, a relay's word of how far it is, or nothing that can be read, and why. */
export type PartitionContent =
  | { readonly event: RecordedEvent }
  | { readonly relayed: RelayCheckpoint }
  | { readonly unreadable: string };

/** A message of a partition. */
export interface PartitionMessage extends PartitionPlace {
  readonly offset: bigint;
  readonly content: PartitionContent;
  /** Asked for only where the message is laid aside. */
  readonly raw: () => RawMessage;
}
