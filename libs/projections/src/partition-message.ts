import type { RecordedEvent } from '@provident/kernel';

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

/** A message of a partition: the event that it carries, or why none can be read from it. */
export interface PartitionMessage extends PartitionPlace {
  readonly offset: bigint;
  readonly content: { readonly event: RecordedEvent } | { readonly unreadable: string };
  /** Asked for only where the message is laid aside. */
  readonly raw: () => RawMessage;
}
