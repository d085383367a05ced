import { persistentSubscriptionToStreamSettingsFromDefaults } from '@eventstore/db-client';
import { anyStream, happened, startTestStore, type TestStore } from './testing/test-store.js';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.stop());

/** A group one consumer of which has acknowledged three messages, as the server describes it. */
async function describeGroup(extraStatistics: boolean) {
  const { client } = store;
  const stream = anyStream();
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: 'start', extraStatistics });
  await client.createPersistentSubscriptionToStream(stream, 'group', settings);
  await client.appendToStream(stream, happened(3));
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, 'group', { bufferSize: 7 });
  let answered = 0;
  await new Promise<void>((resolve, reject) => {
    subscription.on('error', reject);
    subscription.on('data', (event) => {
      void subscription.ack(event).then(() => {
        answered += 1;
        if (answered === 3) resolve();
      });
    });
  });
  for (;;) {
    const info = await client.getPersistentSubscriptionToStreamInfo(stream, 'group');
    if (info.stats.totalItems < 3) continue;
    await subscription.unsubscribe();
    return info;
  }
}

test('a connection is told with all it has, and with how long it took to answer when extra statistics are wanted', async () => {
  const { connections, settings } = await describeGroup(true);
  expect(settings.extraStatistics).toBe(true);
  expect(connections).toHaveLength(1);
  const [connection] = connections;
  expect(connection).toMatchObject({ username: 'anonymous', availableSlots: 7, inFlightMessages: 0 });
  expect(connection?.from).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(connection?.connectionName).not.toBe('');
  const statistics = connection?.extraStatistics;
  expect(statistics?.get('highest')).toBeGreaterThanOrEqual(statistics?.get('fastest') ?? -1n);
  expect([...(statistics?.keys() ?? [])]).toEqual(
    expect.arrayContaining(['mean', 'median', 'fastest', 'quintile 1', 'quintile 5', '90%', '99.9%', 'highest']),
  );
});

test('without extra statistics there are none', async () => {
  const { connections } = await describeGroup(false);
  expect(connections).toHaveLength(1);
  expect(connections[0]?.extraStatistics).toBeUndefined();
});
