import type { DeadLetter, DeadLetterRepair } from '@provident/projections/dead-letter';
import type { Message, Producer } from 'kafkajs';
import type { KafkaBus } from './kafka-bus.js';

const ALL_REPLICAS = -1;

/**
 * The topic that keeps, beside the database, every message that was laid aside and everything that was done about it. A
 * dead letter is the message as it came, with headers that say where it stood and why; a repair is a message of the same
 * key without those. Some may stand there twice: they are written before the transaction that they belong to commits.
 */
export class DeadLetterTopic {
  private producer: Promise<Producer> | undefined;

  constructor(private readonly bus: KafkaBus) {}

  async announce(letters: readonly DeadLetter[]): Promise<void> {
    await this.send(
      letters.map(({ id, topic, partition, offset, projection, reason, message }) => ({
        key: id,
        value: message.value,
        headers: {
          ...message.headers,
          deadletter_id: id,
          deadletter_topic: topic,
          deadletter_partition: String(partition),
          deadletter_offset: String(offset),
          deadletter_reason: reason,
          ...(projection === undefined ? {} : { deadletter_projection: projection }),
          ...(message.key === null ? {} : { deadletter_key: message.key }),
        },
      })),
    );
  }

  async announceRepair(id: string, repair: DeadLetterRepair): Promise<void> {
    await this.send([{ key: id, value: JSON.stringify(repair), headers: { deadletter_repair: repair.action } }]);
  }

  async close(): Promise<void> {
    const producer = await this.producer?.catch(() => undefined);
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }

  private async send(messages: Message[]): Promise<void> {
    this.producer ??= this.connect();
    try {
      const producer = await this.producer;
      await producer.send({ topic: this.bus.topics.deadLetters, acks: ALL_REPLICAS, messages });
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  private async connect(): Promise<Producer> {
    const producer = this.bus.client('dead-letters').producer({ allowAutoTopicCreation: false });
    await producer.connect();
    return producer;
  }
}
