import type { RecordedEvent } from '@provident/kernel';
import { upcast } from '@provident/event-store/codec';
import type {
  PartitionContent,
  PartitionMessage,
  PartitionPlace,
  RawMessage,
} from '@provident/projections/partition-message';
import type { KafkaMessage } from 'kafkajs';
import { decodeEvent } from './cloud-event.js';
import { LIMITS } from './limits.js';
import { decodeCheckpoint } from './relay-checkpoint.js';

/** Brings an event's data to the present schema version. Throws for a version that this program does not know. */
export type Upcast = (event: RecordedEvent) => RecordedEvent;

/** For programs whose events have had one schema version only. */
export const firstVersionOnly: Upcast = (event) =>
  // Other programs' events need have no metadata; no projection of ours reads them.
  typeof (event.metadata as { schemaVersion?: unknown } | undefined)?.schemaVersion === 'number'
    ? upcast(event, undefined)
    : event;

/** Reads the messages of one partition: of events, or of relay checkpoints. */
export class MessageReader {
  /** Positions of the last events, by event id. */
  private readonly known = new Map<string, bigint>();

  constructor(
    private readonly place: PartitionPlace,
    private readonly kind: 'events' | 'checkpoints',
    private readonly upcast: Upcast,
  ) {}

  read(message: KafkaMessage): PartitionMessage {
    return {
      ...this.place,
      offset: BigInt(message.offset),
      content: this.contentOf(message),
      raw: () => rawMessage(message),
    };
  }

  private contentOf(message: KafkaMessage): PartitionContent {
    try {
      if (this.kind === 'checkpoints') return { relayed: decodeCheckpoint(message.value) };
      const event = decodeEvent(message);
      const known = this.known.get(event.id);
      if (known !== undefined && known !== event.position) {
        return {
          unreadable: `Its event ${event.id} was read before, at position ${known}; this one says ${event.position}.`,
        };
      }
      const content = { event: this.upcast(event) };
      if (known === undefined) this.remember(event);
      return content;
    } catch (error) {
      return { unreadable: error instanceof Error ? error.message : String(error) };
    }
  }

  private remember({ id, position }: RecordedEvent): void {
    this.known.set(id, position);
    if (this.known.size <= LIMITS.rememberedIds) return;
    const [oldest] = this.known.keys();
    if (oldest !== undefined) this.known.delete(oldest);
  }
}

/** The message as it came. Of a header that came more than once, all values. */
function rawMessage({ key, value, headers }: KafkaMessage): RawMessage {
  const texts = Object.entries(headers ?? {}).map(([name, each]) => [name, each === undefined ? '' : String(each)]);
  return { key, value, headers: Object.fromEntries(texts) as Record<string, string> };
}
