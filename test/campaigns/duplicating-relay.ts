import { relayConfig, STREAM_CATEGORIES } from '@provident/assembly';
import { Relay } from '@provident/event-bus';
import { LogReader, StoreClient } from '@provident/event-store';
import { DuplicatingBus } from '../support/duplicating-bus.js';

/** A relay that delivers everything one to five times, as a process of its own: the second one, started by mistake. */
export function runDuplicatingRelay(): void {
  const { kafka, area, eventStoreUrl } = relayConfig(process.env);
  const { brokers, partitions, replication } = kafka;
  const bus = new DuplicatingBus({ brokers, area, partitions, replication, categories: STREAM_CATEGORIES });
  const client = new StoreClient(eventStoreUrl);
  const relay = new Relay({
    ...{ bus, source: new LogReader(client), clock: { now: () => new Date() } },
    onLeading: (leading) => console.log(leading ? 'leading' : 'standing by'),
  });
  relay.start();
  const stop = async (): Promise<void> => {
    await relay.stop();
    console.log(`repeated ${bus.repeats} batches`);
    await client.dispose();
    process.exit();
  };
  process.once('SIGTERM', () => void stop());
  process.once('disconnect', () => void stop());
}
