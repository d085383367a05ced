import type { Ledger } from '@provident/assembly';
import { EventStoreDBClient, excludeSystemEvents, START } from '@eventstore/db-client';
import { LogReader } from '@provident/event-store';
import { ReadSide } from '@provident/projections';

/** Events a second of a whole rebuild: replay, indexes and swap. */
export async function rebuildRate(ledger: Ledger): Promise<{ rate: number; events: bigint }> {
  const startedAt = performance.now();
  const { events } = await ledger.get(ReadSide).rebuild();
  return { rate: (Number(events) / (performance.now() - startedAt)) * 1_000, events };
}

/** The yardstick: the official client reads the same log and parses each event's JSON; nothing is done with it. */
export async function officialReadRate(ledger: Ledger): Promise<number> {
  const client = EventStoreDBClient.connectionString(ledger.eventStoreUrl);
  const startedAt = performance.now();
  let events = 0;
  const subscription = client.subscribeToAll({ fromPosition: START, filter: excludeSystemEvents() });
  await new Promise<void>((resolve, reject) => {
    subscription.on('data', () => {
      events += 1;
    });
    subscription.on('caughtUp', resolve);
    subscription.on('error', reject);
  });
  await subscription.unsubscribe();
  const elapsed = performance.now() - startedAt;
  await client.dispose();
  return (events / elapsed) * 1_000;
}

/** How fast the product's own reader hands out the log, with nothing behind it. */
export async function ownReadRate(ledger: Ledger): Promise<number> {
  const startedAt = performance.now();
  let events = 0;
  for await (const batch of ledger.get(LogReader).batches({ live: false, maxBatch: 5_000 })) events += batch.length;
  return (events / (performance.now() - startedAt)) * 1_000;
}
