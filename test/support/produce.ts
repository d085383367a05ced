import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaBus } from '@provident/event-bus';
import type { Message } from 'kafkajs';

const TRIES = 50;

/** Writes to a topic as somebody beside the relay. A topic that was just made may have no leader for a moment. */
export async function produce(bus: KafkaBus, topic: string, messages: readonly Message[]): Promise<void> {
  const producer = bus.client('stranger').producer();
  await producer.connect();
  try {
    const addressed = messages.map((message) => ({ partition: 0, ...message }));
    for (let triesLeft = TRIES; ; triesLeft -= 1) {
      try {
        await producer.send({ topic, messages: addressed });
        return;
      } catch (error) {
        if (triesLeft === 0 || !/not the leader|leadership election/.test(String(error))) throw error;
        await sleep(100);
      }
    }
  } finally {
    await producer.disconnect();
  }
}
