import { randomUUID } from 'node:crypto';
import type { KafkaBus } from '@provident/event-bus';
import type { KafkaMessage } from 'kafkajs';

/** All messages of some topics as they are now, by `<topic>/<partition>`, in the order of their offsets. */
export async function topicContents(bus: KafkaBus, topics: readonly string[]): Promise<Map<string, KafkaMessage[]>> {
  const found = new Map<string, KafkaMessage[]>();
  const missing = new Map<string, bigint>();
  await bus.administer(async (admin) => {
    for (const topic of topics) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        found.set(`${topic}/${partition}`, []);
        if (low !== high) missing.set(`${topic}/${partition}`, BigInt(high));
      }
    }
  });
  if (missing.size === 0) return found;
  const consumer = bus.client('test').consumer({ groupId: `test-${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    void consumer.run({
      autoCommit: false,
      eachMessage: ({ topic, partition, message }) => {
        const place = `${topic}/${partition}`;
        found.get(place)?.push(message);
        if (BigInt(message.offset) + 1n >= (missing.get(place) ?? 0n)) missing.delete(place);
        if (missing.size === 0) resolve();
        return Promise.resolve();
      },
    });
  });
  await consumer.disconnect();
  return found;
}
