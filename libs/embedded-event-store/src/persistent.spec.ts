import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DISPATCH_TO_SINGLE,
  type EventStoreDBClient,
  jsonEvent,
  type PersistentSubscriptionToStream,
  PARK,
  persistentSubscriptionToAllSettingsFromDefaults as allSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults as settingsFromDefaults,
  PINNED,
  RETRY,
  SKIP,
  START,
  streamNameFilter,
  type PersistentSubscriptionToStreamResolvedEvent as Delivered,
} from '@eventstore/db-client';
import { anyStream, failure, happened, startTestStore, type TestStore } from './testing/test-store.js';

let store: TestStore;
let client: EventStoreDBClient;
let stream: string;
const group = 'clerks';
beforeAll(async () => {
  store = await startTestStore();
  client = store.client;
});
afterAll(() => store.stop());
beforeEach(() => {
  stream = anyStream();
});

const fromStart = (settings = {}) => settingsFromDefaults({ startFrom: START, ...settings });
type Settings = ReturnType<typeof fromStart>;
const create = (settings: Settings = fromStart()) =>
  client.createPersistentSubscriptionToStream(stream, group, settings);
const subscribe = (bufferSize = 10, by = client) =>
  by.subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize });

/** Gives every message to `handle`; resolves after `count` of them and unsubscribes. */
function consume(
  subscription: PersistentSubscriptionToStream,
  count: number,
  handle: (message: Delivered) => Promise<void> = (message) => subscription.ack(message),
): Promise<Delivered[]> {
  return new Promise((resolve, reject) => {
    const messages: Delivered[] = [];
    let handled = 0;
    subscription.on('error', reject);
    subscription.on('data', (message) => {
      // What comes while the consumer is leaving stays unanswered.
      if (messages.length === count) return;
      messages.push(message);
      void handle(message).then(async () => {
        handled += 1;
        if (handled !== count) return;
        // The acknowledgement leaves before the connection is closed.
        await sleep(150);
        await subscription.unsubscribe();
        resolve(messages);
      }, reject);
    });
  });
}
const revisionsOf = (messages: readonly Delivered[]) => messages.map(({ event }) => Number(event?.revision));
const info = () => client.getPersistentSubscriptionToStreamInfo(stream, group);

test('41: what exists twice or not at all is a typed error', async () => {
  await create();
  expect(await failure(create())).toMatchObject({ type: 'persistent-subscription-exists', code: 6 });
  const none = 'nobody';
  const missing = { type: 'persistent-subscription-does-not-exist', code: 5 };
  expect(await failure(client.updatePersistentSubscriptionToStream(stream, none, fromStart()))).toMatchObject(missing);
  expect(await failure(client.deletePersistentSubscriptionToStream(stream, none))).toMatchObject(missing);
  expect(await failure(client.listPersistentSubscriptionsToStream(anyStream()))).toMatchObject(missing);
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, none);
  expect(await failure(consume(subscription, 1))).toMatchObject(missing);
});

test('42: a read batch as large as the buffer is refused, at create and at update', async () => {
  const wrong = fromStart({ readBatchSize: 500, historyBufferSize: 500 });
  expect(await failure(create(wrong))).toMatchObject({ type: 'persistent-subscription-failed', code: 13 });
  await create();
  expect(await failure(client.updatePersistentSubscriptionToStream(stream, group, wrong))).toMatchObject({ code: 13 });
});

test('43: no more consumers than allowed', async () => {
  await create(fromStart({ maxSubscriberCount: 1 }));
  const first = subscribe();
  await new Promise((resolve) => first.once('confirmation', resolve));
  expect(await failure(consume(subscribe(), 1))).toMatchObject({ type: 'maximum-subscribers-reached', code: 9 });
  await first.unsubscribe();
});

test.each([
  ['deleted', () => client.deletePersistentSubscriptionToStream(stream, group)],
  ['updated', () => client.updatePersistentSubscriptionToStream(stream, group, fromStart())],
])('44: consumers are dropped when the group is %s', async (_name, change) => {
  await create();
  const subscription = subscribe();
  const ended = failure(consume(subscription, 1));
  await new Promise((resolve) => subscription.once('confirmation', resolve));
  await change();
  expect(await ended).toMatchObject({ type: 'persistent-subscription-dropped', code: 1 });
});

test('history and live events come in order, each once', async () => {
  await client.appendToStream(stream, happened(700));
  await create();
  const consumed = consume(subscribe(), 710);
  await client.appendToStream(stream, happened(10));
  expect(revisionsOf(await consumed)).toEqual(Array.from({ length: 710 }, (_, index) => index));
});

test('45: a message refused again and again is parked after the last retry', async () => {
  await client.appendToStream(stream, happened(1));
  await create(fromStart({ maxRetryCount: 3 }));
  const subscription = subscribe();
  const messages = await consume(subscription, 4, (message) => subscription.nack(RETRY, 'not now', message));
  expect(messages.map(({ retryCount }) => retryCount)).toEqual([0, 1, 2, 3]);
  await sleep(50);
  expect((await info()).stats.parkedMessageCount).toBe(1n);
});

test('a message that is skipped or parked makes way for the next', async () => {
  await client.appendToStream(stream, happened(3));
  await create();
  const subscription = subscribe(1);
  const messages = await consume(subscription, 3, (message) =>
    subscription.nack(message.event?.revision === 0n ? SKIP : PARK, 'unfit', message),
  );
  expect(revisionsOf(messages)).toEqual([0, 1, 2]);
  await sleep(50);
  expect((await info()).stats.parkedMessageCount).toBe(2n);
});

test('46: parked messages are replayed up to a place, then all', async () => {
  await client.appendToStream(stream, happened(20));
  await create();
  const parking = subscribe(20);
  await consume(parking, 20, (message) => parking.nack(PARK, 'unfit', message));
  await sleep(50);
  await client.replayParkedMessagesToStream(stream, group, { stopAt: 4 });
  const first = await consume(subscribe(20), 4);
  expect(revisionsOf(first)).toEqual([0, 1, 2, 3]);
  expect(first[0]?.link?.streamId).toBe(`$persistentsubscription-${stream}::${group}-parked`);
  await sleep(50);
  expect((await info()).stats.parkedMessageCount).toBe(16n);
  await client.replayParkedMessagesToStream(stream, group);
  expect(revisionsOf(await consume(subscribe(20), 16))).toEqual(Array.from({ length: 16 }, (_, index) => index + 4));
  await sleep(50);
  expect((await info()).stats.parkedMessageCount).toBe(0n);
});

test('46: a group that was deleted and made again replays what it parks', async () => {
  await client.appendToStream(stream, happened(2));
  await create();
  const first = subscribe();
  await consume(first, 2, (message) => first.nack(PARK, 'unfit', message));
  await client.deletePersistentSubscriptionToStream(stream, group);
  await create();
  await client.replayParkedMessagesToStream(stream, group);
  const second = subscribe();
  expect(revisionsOf(await consume(second, 2, (message) => second.nack(PARK, 'unfit', message)))).toEqual([0, 1]);
  await client.replayParkedMessagesToStream(stream, group);
  expect(revisionsOf(await consume(subscribe(), 2))).toEqual([0, 1]);
});

describe('47: a message that was not answered comes again', () => {
  test('when its consumer leaves', async () => {
    await client.appendToStream(stream, happened(1));
    await create();
    const silent = subscribe();
    await new Promise((resolve) => silent.once('data', resolve));
    await silent.unsubscribe();
    const [message] = await consume(subscribe(), 1);
    expect(message?.retryCount).toBe(1);
  });

  test('when its time is over', async () => {
    await client.appendToStream(stream, happened(1));
    await create(fromStart({ messageTimeout: 100 }));
    const subscription = subscribe();
    let seen = 0;
    const messages = await consume(subscription, 2, (message) => {
      seen += 1;
      return seen === 1 ? Promise.resolve() : subscription.ack(message);
    });
    expect(messages.map(({ retryCount }) => retryCount)).toEqual([0, 1]);
  });
});

test('48: after a restart a group goes on behind what was answered', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
  const one = await startTestStore({ dir });
  await one.client.appendToStream(stream, happened(30));
  await one.client.createPersistentSubscriptionToStream(stream, group, fromStart({ checkPointUpperBound: 5 }));
  await consume(subscribe(1, one.client), 12);
  await one.stop();
  const two = await startTestStore({ dir });
  expect(revisionsOf(await consume(subscribe(1, two.client), 18))).toEqual(
    Array.from({ length: 18 }, (_, index) => index + 12),
  );
  await two.stop();
  rmSync(dir, { recursive: true });
});

/** Two consumers that note what they get. */
async function twoConsumers(bufferSize: number) {
  const pair = [subscribe(bufferSize), subscribe(bufferSize)] as const;
  const got: [Delivered[], Delivered[]] = [[], []];
  for (const [index, subscription] of pair.entries()) {
    subscription.on('data', (message) => got[index === 0 ? 0 : 1].push(message));
    await new Promise((resolve) => subscription.once('confirmation', resolve));
  }
  return { pair, got };
}

test('RoundRobin: each consumer gets its turn', async () => {
  await create();
  const { pair, got } = await twoConsumers(20);
  await client.appendToStream(stream, happened(10));
  await sleep(100);
  expect(got.map(({ length }) => length)).toEqual([5, 5]);
  for (const subscription of pair) await subscription.unsubscribe();
});

test('56: DispatchToSingle fills the first consumer before the second gets any', async () => {
  await create(fromStart({ consumerStrategyName: DISPATCH_TO_SINGLE }));
  const { pair, got } = await twoConsumers(6);
  await client.appendToStream(stream, happened(8));
  await sleep(100);
  expect(got.map(({ length }) => length)).toEqual([6, 2]);
  for (const subscription of pair) await subscription.unsubscribe();
});

test('55: Pinned keeps the events of one source stream with one consumer until it leaves', async () => {
  await create(fromStart({ consumerStrategyName: PINNED, resolveLinkTos: true }));
  const sources = Array.from({ length: 12 }, () => anyStream('source'));
  for (const source of sources) await client.appendToStream(source, happened(4));
  const { pair, got } = await twoConsumers(100);
  const link = (data: string) => ({
    ...jsonEvent({ type: '$>', data: {} }),
    contentType: 'application/octet-stream' as const,
    data: Buffer.from(data),
  });
  const linkAll = async (revision: number) => {
    await client.appendToStream(
      stream,
      sources.map((source) => link(`${revision}@${source}`)),
    );
    await sleep(100);
  };
  await linkAll(0);
  await linkAll(1);
  const ownedBy = (index: 0 | 1) => new Set(got[index].map(({ event }) => event?.streamId));
  expect(got[0].length + got[1].length).toBe(24);
  expect(ownedBy(0).size + ownedBy(1).size).toBe(12);
  expect(ownedBy(0).size).toBeGreaterThan(0);
  expect(ownedBy(1).size).toBeGreaterThan(0);
  await pair[0].unsubscribe();
  await sleep(50);
  await linkAll(2);
  expect(ownedBy(1).size).toBe(12);
  await pair[1].unsubscribe();
});

test('a group on all with a filter gets what matches, and its info says where it is', async () => {
  const name = anyStream('all-group');
  await client.createPersistentSubscriptionToAll(
    name,
    settingsFromDefaults({ startFrom: START }) as never,
    { filter: { filterOn: 'streamName', prefixes: [stream], checkpointInterval: 1 } } as never,
  );
  await client.appendToStream(anyStream(), happened(50));
  await client.appendToStream(stream, happened(3));
  const subscription = client.subscribeToPersistentSubscriptionToAll(name);
  const consumed = consume(subscription, 3);
  expect(revisionsOf(await consumed)).toEqual([0, 1, 2]);
  const [listed] = (await client.listPersistentSubscriptionsToAll()).filter(({ groupName }) => groupName === name);
  expect(listed).toMatchObject({ eventSource: '$all', settings: { startFrom: START } });
  await client.deletePersistentSubscriptionToAll(name);
});

test('a group on all keeps its filter when its settings change, because an update cannot name one', async () => {
  const name = anyStream('filtered');
  const all = (settings = {}) => allSettingsFromDefaults({ startFrom: START, ...settings });
  await client.createPersistentSubscriptionToAll(name, all(), { filter: streamNameFilter({ prefixes: [stream] }) });
  await client.updatePersistentSubscriptionToAll(name, all({ maxRetryCount: 3 }));
  await client.appendToStream(stream, happened(2));
  const subscription = client.subscribeToPersistentSubscriptionToAll(name);
  const messages = await consume(subscription, 2, (message) => subscription.ack(message));
  expect(messages.map(({ event }) => event?.streamId)).toEqual([stream, stream]);
  await client.deletePersistentSubscriptionToAll(name);
});

test('info tells the settings and the connections', async () => {
  await create(fromStart({ maxRetryCount: 7 }));
  const subscription = subscribe(5);
  await new Promise((resolve) => subscription.once('confirmation', resolve));
  const told = await info();
  expect(told).toMatchObject({
    eventSource: stream,
    groupName: group,
    settings: { maxRetryCount: 7, startFrom: START },
  });
  expect(told.connections).toHaveLength(1);
  expect(told.connections[0]).toMatchObject({ availableSlots: 5, inFlightMessages: 0 });
  await subscription.unsubscribe();
});

test('restarting the subsystem drops consumers and keeps the groups', async () => {
  await create();
  const subscription = subscribe();
  const ended = failure(consume(subscription, 1));
  await new Promise((resolve) => subscription.once('confirmation', resolve));
  await client.restartPersistentSubscriptionSubsystem();
  expect(await ended).toMatchObject({ type: 'persistent-subscription-dropped' });
  await client.appendToStream(stream, happened(1));
  expect(await consume(subscribe(), 1)).toHaveLength(1);
});
