import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AllStreamSubscription,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  jsonEvent,
  type Position,
  START,
  StreamDeletedError,
  streamNameFilter,
  type StreamSubscription,
} from '@eventstore/db-client';
import { startServerProcess } from './testing/server-process.js';
import { anyStream, failure, happened, startTestStore, type TestStore } from './testing/test-store.js';

let store: TestStore;
let client: EventStoreDBClient;
const open: { unsubscribe(): Promise<void> }[] = [];
beforeAll(async () => {
  store = await startTestStore();
  client = store.client;
});
afterEach(async () => {
  for (const subscription of open.splice(0)) await subscription.unsubscribe();
});
afterAll(() => store.stop());

/** Writes down what a subscription says until it has said `limit` things. */
function record(subscription: StreamSubscription | AllStreamSubscription, limit: number): Promise<string[]> {
  open.push(subscription);
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const note = (text: string): void => {
      said.push(text);
      if (said.length === limit) resolve(said);
    };
    subscription.on('error', reject);
    subscription.on('confirmation', () => note('confirmation'));
    subscription.on('caughtUp', () => note('caughtUp'));
    subscription.on('data', ({ event }) => note(`${event?.revision ?? 'gone'}`));
  });
}

test('36, 40: a subscription to a missing stream is confirmed, caught up, then live', async () => {
  const stream = anyStream();
  const said = record(client.subscribeToStream(stream), 5);
  await sleep(50);
  await client.appendToStream(stream, happened(2));
  await client.appendToStream(stream, happened(1));
  expect(await said).toEqual(['confirmation', 'caughtUp', '0', '1', '2']);
});

test('40: caught up comes once, between the history and what is live', async () => {
  const stream = anyStream();
  await client.appendToStream(stream, happened(3));
  const said = record(client.subscribeToStream(stream, { fromRevision: START }), 6);
  await sleep(50);
  await client.appendToStream(stream, happened(1, 3));
  expect(await said).toEqual(['confirmation', '0', '1', '2', 'caughtUp', '3']);
});

test('a revision is where the subscriber was: the next is sent', async () => {
  const stream = anyStream();
  await client.appendToStream(stream, happened(5));
  expect(await record(client.subscribeToStream(stream, { fromRevision: 2n }), 4)).toEqual([
    'confirmation',
    '3',
    '4',
    'caughtUp',
  ]);
});

test('from the end only what is new is sent', async () => {
  const stream = anyStream();
  await client.appendToStream(stream, happened(5));
  const said = record(client.subscribeToStream(stream, { fromRevision: END }), 3);
  await sleep(50);
  await client.appendToStream(stream, happened(1));
  expect(await said).toEqual(['confirmation', 'caughtUp', '5']);
});

test('37: a tombstoned stream cannot be subscribed to', async () => {
  const stream = anyStream();
  await client.tombstoneStream(stream);
  expect(await failure(record(client.subscribeToStream(stream), 9))).toBeInstanceOf(StreamDeletedError);
});

test('38: a live subscription gets the tombstone, then the error', async () => {
  const stream = anyStream();
  await client.appendToStream(stream, happened(1));
  const subscription = client.subscribeToStream(stream);
  const revisions: (bigint | undefined)[] = [];
  const ended = new Promise((resolve) => subscription.on('error', resolve));
  subscription.on('data', ({ event }) => revisions.push(event?.revision));
  await new Promise((resolve) => subscription.once('caughtUp', resolve));
  await client.tombstoneStream(stream);
  expect(await ended).toBeInstanceOf(StreamDeletedError);
  expect(revisions).toEqual([0n, 9_223_372_036_854_775_807n]);
});

test('38: a subscriber of a stream that was deleted softly sees its tombstone too', async () => {
  const stream = anyStream();
  await client.appendToStream(stream, happened(2));
  await client.deleteStream(stream);
  const said = record(client.subscribeToStream(stream, { fromRevision: START }), 9);
  const ended = failure(said);
  await sleep(50);
  await client.tombstoneStream(stream);
  expect(await ended).toBeInstanceOf(StreamDeletedError);
});

test('what metadata hid when a subscriber passed it does not come back to him', async () => {
  const stream = anyStream();
  await client.appendToStream(stream, happened(3));
  await client.setStreamMetadata(stream, { truncateBefore: 3 });
  const said = record(client.subscribeToStream(stream, { fromRevision: START }), 3);
  await sleep(50);
  await client.setStreamMetadata(stream, {});
  await client.appendToStream(stream, happened(1, 3));
  expect(await said).toEqual(['confirmation', 'caughtUp', '3']);
});

describe('all', () => {
  test('from a position, the next event is the first', async () => {
    const stream = anyStream();
    const { position } = await client.appendToStream(stream, happened(1));
    if (!position) throw new Error('no position');
    const said = record(client.subscribeToAll({ fromPosition: position }), 3);
    await client.appendToStream(stream, happened(1));
    expect((await said).filter((word) => word !== 'caughtUp')).toContain('1');
  });

  test.each([
    ['type prefix', eventTypeFilter({ prefixes: ['Wanted', 'Other'] })],
    ['type regex', eventTypeFilter({ regex: '^(Wanted|Other)$' })],
    ['stream prefix', streamNameFilter({ prefixes: ['wanted-'] })],
    ['stream regex', streamNameFilter({ regex: '^wanted-' })],
  ])('a filter by %s passes only what matches, old and new', async (_name, filter) => {
    const { position } = await client.appendToStream(anyStream(), happened(1));
    if (!position) throw new Error('no position');
    const stream = anyStream('wanted');
    const wanted = () => [jsonEvent({ type: 'Wanted', data: {} })];
    await client.appendToStream(anyStream(), happened(100));
    await client.appendToStream(stream, wanted());
    await client.appendToStream(anyStream(), happened(1));
    const said = record(client.subscribeToAll({ fromPosition: position, filter }), 4);
    await sleep(50);
    await client.appendToStream(anyStream(), happened(1));
    await client.appendToStream(stream, wanted());
    expect(await said).toEqual(['confirmation', '0', 'caughtUp', '1']);
  });

  test('39: checkpoints come at their interval, in order, and the last before caught up', async () => {
    const { position } = await client.appendToStream(anyStream(), happened(1));
    if (!position) throw new Error('no position');
    await client.appendToStream(anyStream(), happened(384));
    const checkpoints: Position[] = [];
    const filter = eventTypeFilter({
      prefixes: ['Happened'],
      checkpointInterval: 2,
      checkpointReached: async (_subscription, reached) => {
        await sleep(1);
        checkpoints.push(reached);
      },
    });
    await record(client.subscribeToAll({ fromPosition: position, filter }), 386);
    expect(checkpoints).toHaveLength(7);
    expect(checkpoints.map(({ commit }) => commit)).toEqual(
      checkpoints.map(({ commit }) => commit).sort((a, b) => Number(a - b)),
    );
  });

  test('a regular expression that cannot be read is refused', async () => {
    const filter = eventTypeFilter({ regex: '(' });
    expect(await failure(record(client.subscribeToAll({ filter }), 9))).toMatchObject({ code: 3 });
  });

  test('a regular expression that would never finish is cut off', async () => {
    const type = `${'a'.repeat(60)}!`;
    await client.appendToStream(anyStream(), [jsonEvent({ type, data: {} })]);
    const filter = eventTypeFilter({ regex: '^(a+)+$' });
    expect(await failure(record(client.subscribeToAll({ filter }), 999))).toMatchObject({ code: 3 });
  });
});

test('58: a hundred and fifty subscriptions on one client are all confirmed and fed', async () => {
  const stream = anyStream();
  const all = Array.from({ length: 150 }, () => record(client.subscribeToStream(stream), 3));
  await sleep(100);
  await client.appendToStream(stream, happened(1));
  for (const said of await Promise.all(all)) expect(said).toEqual(['confirmation', 'caughtUp', '0']);
});

test('57: a subscriber that stops reading while 100,000 events are written costs the server nothing and loses nothing', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
  const server = await startServerProcess({ args: ['--port', '0', '--data', dir] });
  const writer = EventStoreDBClient.connectionString(server.url);
  const reader = EventStoreDBClient.connectionString(server.url);
  try {
    const [stream, count, batch] = [anyStream(), 100_000, 1_000];
    const numbers: number[] = [];
    const subscription = reader.subscribeToStream(stream, { fromRevision: START });
    const all = new Promise<void>((resolve, reject) => {
      subscription.on('error', reject);
      subscription.on('data', ({ event }) => {
        numbers.push((event?.data as { number: number }).number);
        if (numbers.length === 1) subscription.pause();
        if (numbers.length === count) resolve();
      });
    });
    const memory: number[] = [];
    for (let first = 0; first < count; first += batch) {
      await writer.appendToStream(stream, happened(batch, first));
      memory.push(server.residentBytes());
    }
    // What the streams between buffer is bounded; the rest stays in the log.
    expect(numbers.length).toBeLessThan(count / 2);
    // SQLite's page cache has 64 MiB and the log's tail 16; nothing else may grow with what the subscriber leaves.
    const grownBytes = Math.max(...memory) - (memory[9] ?? 0);
    expect(grownBytes).toBeLessThan(160 * 1_048_576);
    subscription.resume();
    await all;
    expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index));
    await subscription.unsubscribe();
  } finally {
    await writer.dispose();
    await reader.dispose();
    await server.kill();
    rmSync(dir, { recursive: true });
  }
}, 300_000);
