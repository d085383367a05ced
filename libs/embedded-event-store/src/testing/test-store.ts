import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, type JSONEventData, jsonEvent } from '@eventstore/db-client';
import type { EmbeddedEventStore, EmbeddedEventStoreOptions } from '../options.js';
import { startEmbeddedEventStore } from '../start.js';

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

/** A stream name no other test uses. */
export const anyStream = (label = 'stream'): string => `${label}-${randomUUID()}`;

/** Events of type `Happened`, numbered from `first` on. */
export function happened(count: number, first = 0): JSONEventData[] {
  return Array.from({ length: count }, (_, index) => jsonEvent({ type: 'Happened', data: { number: first + index } }));
}

/** Everything a read or subscription yields, up to `limit`. */
export async function take<Item>(items: AsyncIterable<Item>, limit = Infinity): Promise<Item[]> {
  const taken: Item[] = [];
  if (limit === 0) return taken;
  for await (const item of items) {
    taken.push(item);
    if (taken.length >= limit) break;
  }
  return taken;
}

/** The revisions of a stream as a read shows them. */
export async function revisions(client: EventStoreDBClient, stream: string): Promise<bigint[]> {
  return (await take(client.readStream(stream))).map(({ event }) => event?.revision ?? -1n);
}

/** The error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<Record<string, unknown> & Error> {
  try {
    await call;
  } catch (error) {
    return error as Record<string, unknown> & Error;
  }
  throw new Error('The call succeeded and should have failed.');
}
