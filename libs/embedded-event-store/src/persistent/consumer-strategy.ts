import { crc32 } from 'node:zlib';
import type { Consumer } from './consumer.js';
import type { StrategyName } from './group-settings.js';
import type { Message } from './message.js';

/**
 * Chooses who gets a message: a consumer, `later` when this message must wait though another need not, or `full` when nobody
 * can take anything.
 */
export interface ConsumerStrategy {
  choose(message: Message, consumers: readonly Consumer[]): Consumer | 'later' | 'full';
}

export function consumerStrategy(name: StrategyName): ConsumerStrategy {
  switch (name) {
    case 'RoundRobin':
      return new RoundRobin();
    case 'DispatchToSingle':
      return { choose: (_message, consumers) => consumers.find(hasRoom) ?? 'full' };
    case 'Pinned':
      return new Pinned();
  }
}

const hasRoom = (consumer: Consumer): boolean => consumer.freeSlots > 0;

/** Each in turn, passing over those that are full. */
class RoundRobin implements ConsumerStrategy {
  private turn = 0;

  choose(_message: Message, consumers: readonly Consumer[]): Consumer | 'full' {
    for (let step = 0; step < consumers.length; step += 1) {
      const consumer = consumers[(this.turn + step) % consumers.length];
      if (!consumer || !hasRoom(consumer)) continue;
      this.turn = (this.turn + step + 1) % consumers.length;
      return consumer;
    }
    return 'full';
  }
}

const BUCKETS = 1_024;

/** The events of one source stream go to one consumer until that leaves; new streams go to who has the fewest. */
class Pinned implements ConsumerStrategy {
  private readonly owners = new Map<number, Consumer>();

  choose(message: Message, consumers: readonly Consumer[]): Consumer | 'later' | 'full' {
    if (!consumers.some(hasRoom)) return 'full';
    const bucket = crc32(message.sourceStream) % BUCKETS;
    const owner = this.owners.get(bucket);
    if (owner && consumers.includes(owner)) return hasRoom(owner) ? owner : 'later';
    const chosen = this.leastBurdened(consumers);
    this.owners.set(bucket, chosen);
    return hasRoom(chosen) ? chosen : 'later';
  }

  private leastBurdened(consumers: readonly Consumer[]): Consumer {
    const burdens = new Map<Consumer, number>(consumers.map((consumer) => [consumer, 0]));
    for (const [bucket, owner] of this.owners) {
      const burden = burdens.get(owner);
      // Buckets of a consumer that left are given out again when their next message comes.
      if (burden === undefined) this.owners.delete(bucket);
      else burdens.set(owner, burden + 1);
    }
    const [first, ...others] = burdens;
    if (!first) throw new Error('Pinned was asked to choose among no consumers.');
    return others.reduce((least, entry) => (entry[1] < least[1] ? entry : least), first)[0];
  }
}
