import { randomUUID } from 'node:crypto';
import { type EventData, jsonEvent } from '@eventstore/db-client';
import { type EmbeddedEventStore, startEmbeddedEventStore } from '@provident/embedded-event-store';
import type { CommandContext, RecordedEvent } from '@provident/kernel';
import { businessDate } from '@provident/kernel';
import { StoreClient } from '../store-client.js';

/** An event store in this thread and a client of it, for a test file. */
export interface TestStore {
  readonly server: EmbeddedEventStore;
  readonly client: StoreClient;
  stop(): Promise<void>;
}

export async function startTestStore(options: { dir?: string; port?: number } = {}): Promise<TestStore> {
  const server = await startEmbeddedEventStore({ inThread: true, ...options });
  const client = new StoreClient(server.url);
  return {
    server,
    client,
    stop: async () => {
      await client.dispose();
      await server.stop();
    },
  };
}

/** A stream name that no other test uses. */
export const anyStream = (category = 'test'): string => `${category}-${randomUUID()}`;

/** Events of type `Happened`, numbered from `first` on. */
export function happened(count: number, first = 0): EventData[] {
  return Array.from({ length: count }, (_, index) =>
    jsonEvent({ type: 'Happened', data: { number: first + index }, metadata: { actor: 'test' } }),
  );
}

/** The numbers that `happened` gave to events. */
export function numbersOf(events: readonly RecordedEvent[]): number[] {
  return events.map((event) => (event.data as { number: number }).number);
}

/** The error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    return error as Error;
  }
  throw new Error('The call succeeded and should have failed.');
}

export function contextOf(commandId: string): CommandContext {
  return {
    commandId,
    correlationId: commandId,
    causationId: commandId,
    actor: 'test',
    effectiveDate: businessDate('2026-05-31'),
    area: '310000',
  };
}
