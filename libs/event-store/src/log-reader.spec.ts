import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { jsonEvent } from '@eventstore/db-client';
import type { RecordedEvent } from '@provident/kernel';
import type { ReadAllOptions } from './event-source.js';
import { LIMITS } from './limits.js';
import { LogReader } from './log-reader.js';
import { StoreClient } from './store-client.js';
import { anyStream, happened, numbersOf, startTestStore } from './testing/test-store.js';
import { FollowCall } from './wire/follow-call.js';

afterEach(() => jest.restoreAllMocks());

async function all(reader: LogReader, options: Partial<ReadAllOptions> = {}): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of reader.batches({ live: false, maxBatch: 100, ...options })) {
    expect(batch.length).toBeGreaterThan(0);
    expect(batch.length).toBeLessThanOrEqual(options.maxBatch ?? 100);
    events.push(...batch);
  }
  return events;
}

/** Reads live until so many events have come. */
async function live(reader: LogReader, count: number, options: Partial<ReadAllOptions> = {}): Promise<RecordedEvent[]> {
  const stopping = new AbortController();
  const events: RecordedEvent[] = [];
  for await (const batch of reader.batches({ live: true, maxBatch: 100, signal: stopping.signal, ...options })) {
    events.push(...batch);
    if (events.length >= count) stopping.abort();
  }
  return events;
}

describe('a finite read', () => {
  it('gives all own events in log order and ends, also in an empty log and behind the end', async () => {
    const store = await startTestStore();
    const reader = new LogReader(store.client);
    expect(await all(reader)).toEqual([]);
    await store.client.append(anyStream(), happened(300), 'no_stream');
    await store.client.append(anyStream(), [jsonEvent({ type: '$own', data: {} })], 'no_stream');
    await store.client.append(anyStream(), happened(300, 300), 'no_stream');
    const events = await all(reader);
    expect(numbersOf(events)).toEqual(Array.from({ length: 600 }, (_, index) => index));
    expect(events.every(({ position }, at) => at === 0 || position > (events[at - 1]?.position ?? 0n))).toBe(true);
    expect(numbersOf(await all(reader, { after: events[597]?.position ?? 0n }))).toEqual([598, 599]);
    expect(await all(reader, { after: events[599]?.position ?? 0n })).toEqual([]);
    await store.stop();
  });

  it('lets the server choose event types by their whole names', async () => {
    const store = await startTestStore();
    const types = ['Paid', 'PaidBack', 'Repaid', 'Moved', 'Paid'];
    const events = types.map((type, number) => jsonEvent({ type, data: { number } }));
    await store.client.append(anyStream(), events, 'no_stream');
    const reader = new LogReader(store.client);
    expect(numbersOf(await all(reader, { types: ['Paid', 'Moved'] }))).toEqual([0, 3, 4]);
    expect(await all(reader, { types: ['Nothing'] })).toEqual([]);
    await store.stop();
  });

  it('fails when the store cannot be reached', async () => {
    const client = new StoreClient('esdb://127.0.0.1:1?tls=false');
    await expect(all(new LogReader(client))).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await client.dispose();
  });
});

describe('a live read', () => {
  it('gives history, then what happens', async () => {
    const store = await startTestStore();
    await store.client.append(anyStream(), happened(5), 'no_stream');
    const reading = live(new LogReader(store.client), 8);
    await delay(50);
    await store.client.append(anyStream(), happened(3, 5), 'no_stream');
    expect(numbersOf(await reading)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await store.stop();
  });

  it('makes the server wait for a slow reader and loses nothing', async () => {
    jest.replaceProperty(LIMITS, 'subscriptionBuffer', 64 as never);
    const pause = jest.spyOn(FollowCall.prototype, 'pause');
    const store = await startTestStore();
    for (let first = 0; first < 5_000; first += 500) {
      await store.client.append(anyStream(), happened(500, first), 'no_stream');
    }
    const stopping = new AbortController();
    const numbers: number[] = [];
    const reader = new LogReader(store.client);
    for await (const batch of reader.batches({ live: true, maxBatch: 50, signal: stopping.signal })) {
      numbers.push(...numbersOf(batch));
      if (numbers.length < 500) await delay(5);
      if (numbers.length === 5_000) stopping.abort();
    }
    expect(numbers).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
    expect(pause).toHaveBeenCalled();
    await store.stop();
  });

  it('subscribes again after the server was restarted, without a gap or a repetition', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'provident-log-reader-'));
    const first = await startTestStore({ dir });
    await first.client.append(anyStream(), happened(3), 'no_stream');
    const reading = live(new LogReader(first.client), 6);
    await delay(100);
    await first.server.stop();
    await delay(50);
    const second = await startTestStore({ dir, port: first.server.port });
    await second.client.append(anyStream(), happened(3, 3), 'no_stream');
    expect(numbersOf(await reading)).toEqual([0, 1, 2, 3, 4, 5]);
    await first.client.dispose();
    await second.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('ends when it is told to, and when its client is closed', async () => {
    const store = await startTestStore();
    const stopping = new AbortController();
    const told = all(new LogReader(store.client), { live: true, signal: stopping.signal });
    const other = new StoreClient(store.server.url);
    const closed = all(new LogReader(other), { live: true });
    await delay(50);
    stopping.abort();
    await other.dispose();
    expect([await told, await closed]).toEqual([[], []]);
    await store.stop();
  });
});
