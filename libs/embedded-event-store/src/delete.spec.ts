import {
  ANY,
  type EventStoreDBClient,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { anyStream, failure, happened, revisions, startTestStore, take, type TestStore } from './testing/test-store.js';

let store: TestStore;
let client: EventStoreDBClient;
let stream: string;
beforeAll(async () => {
  store = await startTestStore();
  client = store.client;
});
afterAll(() => store.stop());
beforeEach(async () => {
  stream = anyStream();
  await client.appendToStream(stream, happened(3));
});

const classic = { credentials: { username: 'admin', password: 'changeit' } };

describe('a softly deleted stream', () => {
  test('20, 21, 22: reads as missing, its metadata says so, and it may be deleted again', async () => {
    expect((await client.deleteStream(stream)).position?.commit).toBeGreaterThan(0n);
    expect(await failure(revisions(client, stream))).toBeInstanceOf(StreamNotFoundError);
    const { metadata } = await client.getStreamMetadata(stream);
    expect(metadata?.truncateBefore).toBe(9_223_372_036_854_775_807);
    await expect(client.deleteStream(stream)).resolves.toBeDefined();
  });

  test('23: does not exist for a writer that expects it', async () => {
    await client.deleteStream(stream);
    const error = await failure(client.appendToStream(stream, happened(1), { expectedRevision: STREAM_EXISTS }));
    expect(error).toBeInstanceOf(StreamDeletedError);
  });

  test.each([
    ['no_stream', NO_STREAM],
    ['any', ANY],
    ['exact', 2n],
  ] as const)('24: goes on with the next revision when written with %s', async (_name, expectedRevision) => {
    await client.setStreamMetadata(stream, { owner: 'pension' });
    await client.deleteStream(stream);
    expect(await client.appendToStream(stream, happened(1), { expectedRevision })).toMatchObject({
      nextExpectedRevision: 3n,
    });
    expect(await revisions(client, stream)).toEqual([3n]);
    const { metadata } = await client.getStreamMetadata(stream);
    // The delete replaced the metadata, so the owner is lost.
    expect(metadata).toEqual({ truncateBefore: 3 });
    await client.appendToStream(stream, happened(1), { expectedRevision: 3n });
    expect(await revisions(client, stream)).toEqual([3n, 4n]);
  });

  test('comes back empty when its metadata is written', async () => {
    await client.deleteStream(stream);
    await client.setStreamMetadata(stream, { owner: 'pension' });
    expect(await revisions(client, stream)).toEqual([]);
    const { metadata } = await client.getStreamMetadata(stream);
    expect(metadata).toEqual({ owner: 'pension', truncateBefore: 3 });
  });

  test('keeps its events in all', async () => {
    const position = (await client.appendToStream(stream, happened(1))).position;
    await client.deleteStream(stream);
    if (!position) throw new Error('no position');
    const [event] = await take(client.readAll({ fromPosition: position, maxCount: 1 }));
    expect(event?.event?.streamId).toBe(stream);
  });
});

describe('deleting is refused', () => {
  test('25: for a missing stream', async () => {
    const error = await failure(client.deleteStream(anyStream()));
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ expectedVersion: -2n, actualVersion: -1n, code: 9 });
  });

  test('26: at another revision', async () => {
    const error = await failure(client.deleteStream(stream, { expectedRevision: 9n }));
    expect(error).toMatchObject({ expectedVersion: 9n, actualVersion: 2n, code: 9 });
  });

  test('27: but not for a stream that has only metadata', async () => {
    const bare = anyStream();
    await client.setStreamMetadata(bare, { maxCount: 1 });
    await expect(client.deleteStream(bare, { expectedRevision: NO_STREAM })).resolves.toBeDefined();
  });
});

describe('a tombstone', () => {
  test('28, 29: ends the stream and its metadata for good', async () => {
    await client.tombstoneStream(stream);
    const calls = [
      () => revisions(client, stream),
      () => client.appendToStream(stream, happened(1)),
      () => client.appendToStream(stream, happened(1), classic),
      () => client.tombstoneStream(stream),
      () => client.deleteStream(stream),
    ];
    for (const call of calls) {
      const error = await failure(call());
      expect(error).toBeInstanceOf(StreamDeletedError);
      expect(error).toMatchObject({ streamName: stream });
    }
    expect(await failure(client.getStreamMetadata(stream))).toMatchObject({ streamName: `$$${stream}` });
  });

  test('31: may stand on a stream that never was', async () => {
    const never = anyStream();
    await client.tombstoneStream(never, { expectedRevision: NO_STREAM });
    expect(await failure(revisions(client, never))).toBeInstanceOf(StreamDeletedError);
  });

  test('shows in all as the last possible revision', async () => {
    const { position } = await client.tombstoneStream(stream);
    if (!position) throw new Error('no position');
    const [last] = await take(client.readAll({ fromPosition: position, maxCount: 1 }));
    expect(last?.event).toMatchObject({ type: '$streamDeleted', revision: 9_223_372_036_854_775_807n });
  });
});
