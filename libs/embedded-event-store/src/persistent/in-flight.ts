import type { Consumer } from './consumer.js';
import type { Message } from './message.js';

interface Delivery {
  readonly message: Message;
  readonly consumer: Consumer;
  readonly sentAtMs: number;
}

/** Messages that were delivered and not answered, in the order of delivery. */
export class InFlight {
  private readonly deliveries = new Map<string, Delivery>();

  get size(): number {
    return this.deliveries.size;
  }

  has(id: string): boolean {
    return this.deliveries.has(id);
  }

  add(message: Message, consumer: Consumer, nowMs: number): void {
    this.deliveries.set(message.id, { message, consumer, sentAtMs: nowMs });
    consumer.inFlight += 1;
    consumer.delivered += 1;
  }

  /** Takes the message out if this consumer has it; an answer that comes too late finds nothing. */
  take(id: string, consumer: Consumer, nowMs: number): Message | undefined {
    const delivery = this.deliveries.get(id);
    if (delivery?.consumer !== consumer) return undefined;
    consumer.latencies.add(nowMs - delivery.sentAtMs);
    return this.remove(id, delivery);
  }

  takeAllOf(consumer: Consumer): Message[] {
    return this.takeWhere((delivery) => delivery.consumer === consumer);
  }

  takeSentBefore(timeMs: number): Message[] {
    return this.takeWhere((delivery) => delivery.sentAtMs <= timeMs);
  }

  /** When the oldest delivery was made. */
  oldestMs(): number | undefined {
    for (const { sentAtMs } of this.deliveries.values()) return sentAtMs;
    return undefined;
  }

  messages(): Message[] {
    return [...this.deliveries.values()].map(({ message }) => message);
  }

  private takeWhere(isWanted: (delivery: Delivery) => boolean): Message[] {
    return [...this.deliveries]
      .filter(([, delivery]) => isWanted(delivery))
      .map(([id, delivery]) => this.remove(id, delivery));
  }

  private remove(id: string, { message, consumer }: Delivery): Message {
    this.deliveries.delete(id);
    consumer.inFlight -= 1;
    return message;
  }
}
