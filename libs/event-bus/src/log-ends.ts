import { DomainError } from '@provident/kernel';
import type { KafkaBus } from './kafka-bus.js';
import type { RelayCheckpoint } from './relay-checkpoint.js';
import { RelayedEventsLost } from './relay-outlet.js';

/** The next offset of each partition of every topic with events, by topic. */
export function readLogEnds(bus: KafkaBus): Promise<Map<string, bigint[]>> {
  return bus.administer(async (admin) => {
    const ends = new Map<string, bigint[]>();
    for (const topic of bus.topics.events) {
      const offsets = await admin.fetchTopicOffsets(topic);
      const each = new Array<bigint>(offsets.length).fill(0n);
      for (const { partition, high } of offsets) each[partition] = BigInt(high);
      ends.set(topic, each);
    }
    return ends;
  });
}

/**
 * Holds what a relay said against what the brokers hold. Throws `RelayedEventsLost` where they hold less, and
 * `bus-categories-differ` where streams would go to other topics than before.
 */
export function checkAgainstEnds(
  bus: KafkaBus,
  { offsets }: RelayCheckpoint,
  ends: ReadonlyMap<string, readonly bigint[]>,
): void {
  const isUsed = (topic: string) => offsets[topic]?.some((offset) => offset > 0n) === true;
  const dropped = Object.keys(offsets).find((topic) => isUsed(topic) && !ends.has(topic));
  if (dropped !== undefined) throw categoriesDiffer(`${dropped} holds events, but its category is not named any more`);
  const added = bus.topics.events.find((topic) => offsets[topic] === undefined);
  if (added !== undefined && isUsed(bus.topics.other)) {
    throw categoriesDiffer(`${added} is new, and ${bus.topics.other} may already hold events of its streams`);
  }
  for (const [topic, each] of Object.entries(offsets)) {
    for (const [partition, offset] of each.entries()) {
      const end = ends.get(topic)?.[partition] ?? 0n;
      if (end < offset) throw new RelayedEventsLost(topic, partition, offset, end);
    }
  }
}

function categoriesDiffer(what: string): DomainError {
  return new DomainError(
    'bus-categories-differ',
    `The bus was used with other categories: ${what}.`,
    'A stream never changes its topic: its events would no longer come in their order.',
    'Name the same categories as before, or begin with an empty cluster and let the relay send everything again.',
  );
}
