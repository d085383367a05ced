import { randomUUID } from 'node:crypto';
import {
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from '@eventstore/db-client';
import { limits } from './limits.js';
import { messages } from './protocol/requests.js';
import { rawClient } from './testing/raw-client.js';
import { anyStream, failure, happened, startTestStore, take, type TestStore } from './testing/test-store.js';

/** Every limit a client can run into: what is told, and that the server goes on serving. */

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.stop());

afterEach(async () => {
  const stream = anyStream();
  await store.client.appendToStream(stream, happened(1));
  expect(await take(store.client.readStream(stream))).toHaveLength(1);
});

test('the length of a stream name', async () => {
  const longest = 'x'.repeat(limits.streamNameBytes);
  await store.client.appendToStream(longest, happened(1));
  const error = await failure(store.client.appendToStream(`${longest}x`, happened(1)));
  expect(error.message).toMatch(/may have 1024 bytes; this one has 1025/);
});

test('the length of an event type', async () => {
  const event = (length: number) => [jsonEvent({ type: 'x'.repeat(length), data: {} })];
  await store.client.appendToStream(anyStream(), event(limits.eventTypeBytes));
  const error = await failure(store.client.appendToStream(anyStream(), event(limits.eventTypeBytes + 1)));
  expect(error.message).toMatch(/type may have 1024 bytes/);
});

test('the size of a message', async () => {
  const client = rawClient(store.server.port);
  const error = await new Promise<Error | null>((resolve) => {
    const call = client.append(resolve);
    call.on('error', () => undefined);
    call.write({
      proposedMessage: {
        id: { string: randomUUID() },
        metadata: { type: 'Large', 'content-type': 'application/json' },
        data: Buffer.alloc(limits.messageBytes),
      },
    });
    call.end();
  });
  client.close();
  expect(error).toMatchObject({ code: 8 });
});

test('the number of events of one append', async () => {
  const client = rawClient(store.server.port);
  const call = client.batchAppend();
  const answered = new Promise<Buffer>((resolve) => call.once('data', resolve));
  const event = { id: { string: randomUUID() }, metadata: { type: 'x', 'content-type': 'x' } };
  const stream = anyStream();
  call.write({
    correlationId: { string: randomUUID() },
    options: { streamIdentifier: { streamName: Buffer.from(stream) }, any: {} },
    proposedMessages: Array.from({ length: limits.appendEvents + 1 }, () => event),
    isFinal: true,
  });
  const answer = messages.batchAnswer.decode(await answered) as { error: { message: string } };
  expect(answer.error.message).toMatch(/One append may have 100000 events/);
  call.end();
  client.close();
  expect((await failure(take(store.client.readStream(stream)))).constructor.name).toBe('StreamNotFoundError');
});

test('the open subscriptions of one connection; another connection has its own', async () => {
  const client = rawClient(store.server.port);
  const open = (): Promise<number> =>
    new Promise((resolve) => {
      const call = client.read({
        options: {
          stream: { streamIdentifier: { streamName: Buffer.from('account-1') }, start: {} },
          subscription: {},
          uuidOption: { string: {} },
          noFilter: {},
        },
      });
      call.once('data', () => resolve(0));
      call.on('error', ({ code }: Error & { code?: number }) => resolve(code ?? -1));
    });
  const all = await Promise.all(Array.from({ length: limits.openCallsPerConnection }, open));
  expect(new Set(all)).toEqual(new Set([0]));
  expect(await open()).toBe(8);
  client.close();
});

test('the messages that a consumer may have unanswered', async () => {
  const stream = anyStream();
  await store.client.createPersistentSubscriptionToStream(
    stream,
    'group',
    persistentSubscriptionToStreamSettingsFromDefaults(),
  );
  const client = EventStoreDBClient.connectionString(store.server.url);
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, 'group', {
    bufferSize: limits.consumerMessages + 1,
  });
  const error = await new Promise<Error>((resolve) => subscription.once('error', resolve));
  expect(error.message).toMatch(/may take 1 to 10000 messages/);
  await client.dispose();
});
