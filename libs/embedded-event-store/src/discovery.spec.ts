import { EventStoreDBClient } from '@eventstore/db-client';
import { startEmbeddedEventStore } from './start.js';
import { anyStream, happened, revisions, startTestStore } from './testing/test-store.js';

test('a client that discovers a cluster finds this one node and uses it', async () => {
  const store = await startTestStore();
  const client = EventStoreDBClient.connectionString(`esdb+discover://127.0.0.1:${store.server.port}?tls=false`);
  const stream = anyStream();
  await client.appendToStream(stream, happened(2));
  expect(await revisions(client, stream)).toEqual([0n, 1n]);
  await client.dispose();
  await store.stop();
});

test('a port in use is refused with its number', async () => {
  const store = await startTestStore();
  const { port } = store.server;
  await expect(startEmbeddedEventStore({ port, inThread: true })).rejects.toThrow(`127.0.0.1:${port} cannot be opened`);
  await store.stop();
});

test('the append size limit is an option with bounds', async () => {
  await expect(startEmbeddedEventStore({ maxAppendBytes: 0, inThread: true })).rejects.toThrow(/append size limit/);
  const store = await startTestStore({ maxAppendBytes: 1_000 });
  await expect(store.client.appendToStream(anyStream(), happened(50))).rejects.toMatchObject({ maxAppendSize: 1_000 });
  await store.stop();
});
