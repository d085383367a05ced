import { EventStoreDBClient, type JSONEventData, jsonEvent } from '@eventstore/db-client';
import type { EmbeddedEventStore, EmbeddedEventStoreOptions } from '../options.js';
import { startEmbeddedEventStore } from '../start.js';
import { take } from './calls.js';

export { anyStream, failure, take } from './calls.js';

/** A server in this thread and a client of it, for a test file. */
export interface TestStore {
  readonly server: EmbeddedEventStore;
  readonly client: EventStoreDBClient;
  stop(): Promise<void>;
}

export async function startTestStore(options: EmbeddedEventStoreOptions = {}): Promise<TestStore> {
  const server = await startEmbeddedEventStore({ inThread: true, ...options });
  const client = EventStoreDBClient.connectionString(server.url);
  return {
    server,
    client,
    stop: async () => {
      await client.dispose();
      await server.stop();
    },
  };
}

/** Events of type `Happened`, numbered from `first` on. */
export function happened(count: number, first = 0): JSONEventData[] {
  return Array.from({ length: count }, (_, index) => jsonEvent({ type: 'Happened', data: { number: first + index } }));
}

/** The revisions of a stream as a read shows them. */
export async function revisions(client: EventStoreDBClient, stream: string): Promise<bigint[]> {
  return (await take(client.readStream(stream))).map(({ event }) => event?.revision ?? -1n);
}
