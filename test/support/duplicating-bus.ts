import { KafkaBus } from '@provident/event-bus';
import type { Kafka, Producer, ProducerBatch, RecordMetadata } from 'kafkajs';

/** A bus whose relay delivers every batch of messages one to five times, as retries at the worst moments would. */
export class DuplicatingBus extends KafkaBus {
  /** Deliveries beyond the first. */
  repeats = 0;
  private sent = 0;

  override client(purpose: string): Kafka {
    const kafka = super.client(purpose);
    if (purpose !== 'relay') return kafka;
    const makeProducer = kafka.producer.bind(kafka);
    kafka.producer = (config) => this.duplicating(makeProducer(config));
    return kafka;
  }

  private duplicating(producer: Producer): Producer {
    const send = producer.sendBatch.bind(producer);
    const sendBatch = async (batch: ProducerBatch): Promise<RecordMetadata[]> => {
      let confirmed = await send(batch);
      const more = this.sent % 5;
      this.sent += 1;
      for (let time = 0; time < more; time += 1) {
        confirmed = await send(batch);
        this.repeats += 1;
      }
      return confirmed;
    };
    return { ...producer, sendBatch };
  }
}
