import { invariant, type RecordedEvent } from '@provident/kernel';
import { Partitioners, type Producer, type TopicMessages } from 'kafkajs';
import { encodeEvent, type EventMessage } from './cloud-event.js';
import type { KafkaBus } from './kafka-bus.js';
import { LIMITS } from './limits.js';
import { partitionerOf } from './partitioner.js';
import { CHECKPOINT_KEY, encodeCheckpoint } from './relay-checkpoint.js';

/** An event that no message can hold. The relay stops at it: nothing may be left out. */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
}

/** The brokers hold less than they confirmed. What they lost must be sent again, from the beginning of the log. */
export class RelayedEventsLost extends Error {
  override readonly name = 'RelayedEventsLost';

  constructor(topic: string, partition: number, confirmed: bigint, found: bigint) {
    super(
      `Kafka confirmed ${confirmed} messages of ${topic}/${partition} and holds ${found}: it lost some. ` +
        'Everything is sent again from the beginning of the log; readers pass over what they have.',
    );
  }
}

/** What is sent at once, and where it goes. */
interface Load {
  readonly events: readonly RecordedEvent[];
  readonly messages: ReadonlyMap<string, readonly (EventMessage & { readonly partition: number })[]>;
}

const ALL_REPLICAS = -1;

/**
 * The relay's way into Kafka. What `send` was given is confirmed by the brokers before it returns, so no partition ever
 * gets a later event before an earlier one.
 */
export class RelayOutlet {
  private readonly producer: Producer;
  private readonly partitionOf: (stream: string) => number;

  /** `offsets`: every event up to `position` lies below them. */
  constructor(
    private readonly bus: KafkaBus,
    private position: bigint,
    private readonly offsets: Map<string, bigint[]>,
  ) {
    this.producer = bus.client('relay').producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    this.partitionOf = partitionerOf(bus.partitions);
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  async close(): Promise<void> {
    await this.producer.disconnect().catch(() => undefined);
  }

  /** Up to where everything is in Kafka. */
  get sentUpTo(): bigint {
    return this.position;
  }

  /** Sends events in log order, in loads of bounded size; tells of each load once it is confirmed. Ends early on the signal. */
  async send(events: readonly RecordedEvent[], signal: AbortSignal, onSent: (count: number) => void): Promise<void> {
    for (const load of this.loads(events)) {
      if (signal.aborted) return;
      await this.sendLoad(load);
      onSent(load.events.length);
    }
  }

  /** Tells readers that everything up to the position lies below the offsets. */
  async writeCheckpoint(): Promise<void> {
    const value = encodeCheckpoint({ position: this.position, offsets: Object.fromEntries(this.offsets) });
    await this.producer.send({
      topic: this.bus.topics.checkpoints,
      acks: ALL_REPLICAS,
      messages: [{ key: CHECKPOINT_KEY, value, partition: 0 }],
    });
  }

  private *loads(events: readonly RecordedEvent[]): Generator<Load> {
    let first = 0;
    let size = 0;
    let messages = new Map<string, (EventMessage & { partition: number })[]>();
    for (const [place, event] of events.entries()) {
      const message = encodeEvent(event, this.bus.topics.area);
      const isTooLarge = message.size > LIMITS.messageBytes;
      if ((isTooLarge || size + message.size > LIMITS.relayBatchBytes) && place > first) {
        yield { events: events.slice(first, place), messages };
        first = place;
        size = 0;
        messages = new Map();
      }
      if (isTooLarge) throw tooLarge(event, message.size);
      const topic = this.bus.topics.of(event.stream);
      const partition = this.partitionOf(event.stream);
      const others = messages.get(topic);
      if (others === undefined) messages.set(topic, [{ ...message, partition }]);
      else others.push({ ...message, partition });
      size += message.size;
    }
    if (first < events.length) yield { events: events.slice(first), messages };
  }

  private async sendLoad({ events, messages }: Load): Promise<void> {
    const topicMessages: TopicMessages[] = Array.from(messages, ([topic, each]) => ({ topic, messages: [...each] }));
    const confirmed = await this.producer.sendBatch({ acks: ALL_REPLICAS, topicMessages });
    for (const { topicName, partition, baseOffset } of confirmed) {
      const count = messages.get(topicName)?.filter((message) => message.partition === partition).length ?? 0;
      const offsets = this.offsets.get(topicName);
      invariant(offsets !== undefined, `the brokers confirmed messages of ${topicName}, which was not sent to`);
      const first = BigInt(baseOffset ?? -1);
      if (first < (offsets[partition] ?? 0n))
        throw new RelayedEventsLost(topicName, partition, offsets[partition] ?? 0n, first);
      offsets[partition] = first + BigInt(count);
    }
    this.position = (events.at(-1) as RecordedEvent).position;
  }
}

function tooLarge({ type, stream, position }: RecordedEvent, size: number): EventTooLarge {
  return new EventTooLarge(
    `${type} of ${stream} at position ${position} takes ${size} bytes as a message; one may hold ${LIMITS.messageBytes}. ` +
      'The relay stops here, because leaving an event out would falsify every figure behind it.',
  );
}
