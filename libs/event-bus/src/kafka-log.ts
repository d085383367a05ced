import { randomUUID } from 'node:crypto';
import type { EventSource, ReadAllOptions } from '@provident/event-store/event-source';
import type { RecordedEvent } from '@provident/kernel';
import type { PartitionPlace } from '@provident/projections/partition-message';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import { decodeEvent } from './cloud-event.js';
import { GroupMember } from './group-member.js';
import type { KafkaBus } from './kafka-bus.js';
import { LIMITS } from './limits.js';
import { LogMerge } from './log-merge.js';
import { decodeCheckpoint } from './relay-checkpoint.js';
import type { OnTrouble } from './status.js';

/**
 * The log, in its order, read from Kafka: every event once. It goes as far as relays have told. A reading begins at the
 * topics' beginning and passes over what it need not hand out; a message that cannot be read ends it with an error.
 */
export class KafkaLog implements EventSource {
  constructor(
    private readonly bus: KafkaBus,
    private readonly onTrouble: OnTrouble = () => undefined,
  ) {}

  async *batches(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    const reading = new Reading(this.bus, options, this.onTrouble);
    try {
      yield* reading.batches();
    } finally {
      await reading.close();
    }
  }
}

/** One reading, from a consumer in a group of its own. */
class Reading {
  private readonly merge: LogMerge;
  private readonly member: GroupMember;
  private readonly groupId: string;
  private readonly types: ReadonlySet<string> | undefined;
  private consumer: Consumer | undefined;
  private failure: Error | undefined;
  private readonly full = new Map<string, PartitionPlace>();
  private wake: () => void = () => undefined;
  private readonly nudge = (): void => this.wake();

  constructor(
    private readonly bus: KafkaBus,
    private readonly options: ReadAllOptions,
    onTrouble: OnTrouble,
  ) {
    this.merge = new LogMerge(options.after ?? -1n);
    this.types = options.types === undefined ? undefined : new Set(options.types);
    this.groupId = bus.topics.group(`log.${randomUUID()}`);
    this.member = new GroupMember({
      client: bus.client('log'),
      groupId: this.groupId,
      topics: [...bus.topics.events, bus.topics.checkpoints],
      onAssigned: (places, consumer) => this.assigned(places, consumer),
      onRevoked: () => (this.consumer = undefined),
      onBatch: (payload) => this.receive(payload),
      onTrouble,
    });
  }

  async *batches(): AsyncGenerator<readonly RecordedEvent[]> {
    const { live, maxBatch, signal } = this.options;
    const toldUpTo = live ? undefined : await this.endOfCheckpoints();
    signal?.addEventListener('abort', this.nudge);
    this.member.start();
    while (signal?.aborted !== true) {
      if (this.failure !== undefined) throw this.failure;
      const events = this.merge.take(maxBatch);
      if (events.length > 0) {
        this.resumeDrained();
        const wanted = this.types === undefined ? events : events.filter(({ type }) => this.types?.has(type) === true);
        if (wanted.length > 0) yield wanted;
        continue;
      }
      if (toldUpTo !== undefined && this.checkpointsRead() >= toldUpTo && this.merge.isThrough) return;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        if (signal?.aborted === true) resolve();
      });
    }
  }

  async close(): Promise<void> {
    this.options.signal?.removeEventListener('abort', this.nudge);
    await this.member.stop();
    // The group has served its purpose; if it cannot be removed now, the brokers forget it after a while.
    await this.bus.administer((admin) => admin.deleteGroups([this.groupId])).catch(() => undefined);
  }

  private receive(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const { topic, partition, messages } = batch;
    const place = { topic, partition };
    try {
      for (const message of messages) {
        const offset = BigInt(message.offset);
        if (offset < this.merge.nextOffset(place)) continue;
        if (topic === this.bus.topics.checkpoints) {
          this.merge.tell(decodeCheckpoint(message.value));
          this.merge.skip(place, offset);
        } else this.merge.add(place, offset, decodeEvent(message));
      }
      payload.resolveOffset(batch.lastOffset());
      if (this.merge.waiting(place) > LIMITS.mergeBufferEvents) {
        this.full.set(`${topic}/${partition}`, place);
        this.steer((consumer) => consumer.pause([{ topic, partitions: [partition] }]));
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
    this.wake();
    return Promise.resolve();
  }

  private assigned(places: readonly PartitionPlace[], consumer: Consumer): void {
    this.consumer = consumer;
    for (const place of places) {
      const { topic, partition } = place;
      consumer.seek({ ...place, offset: String(this.merge.nextOffset(place)) });
      if (this.full.has(`${topic}/${partition}`)) consumer.pause([{ topic, partitions: [partition] }]);
    }
  }

  private resumeDrained(): void {
    for (const [name, place] of this.full) {
      if (this.merge.waiting(place) > LIMITS.mergeBufferEvents / 2) continue;
      this.full.delete(name);
      this.steer((consumer) => consumer.resume([{ topic: place.topic, partitions: [place.partition] }]));
    }
  }

  /** A consumer that has just left its group is steered at its next assignment. */
  private steer(how: (consumer: Consumer) => void): void {
    try {
      if (this.consumer !== undefined) how(this.consumer);
    } catch {
      this.consumer = undefined;
    }
  }

  private checkpointsRead(): bigint {
    return this.merge.nextOffset({ topic: this.bus.topics.checkpoints, partition: 0 });
  }

  private async endOfCheckpoints(): Promise<bigint> {
    const ends = await this.bus.administer((admin) => admin.fetchTopicOffsets(this.bus.topics.checkpoints));
    return BigInt(ends[0]?.high ?? 0);
  }
}
