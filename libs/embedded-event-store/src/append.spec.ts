import {
  ANY,
  type AppendExpectedRevision,
  type AppendResult,
  EventStoreDBClient,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { anyStream, failure, happened, revisions, startTestStore, type TestStore } from './testing/test-store.js';

let store: TestStore;
let client: EventStoreDBClient;
beforeAll(async () => {
  store = await startTestStore();
  client = store.client;
});
afterAll(() => store.stop());

/** Credentials for one call make the client use the classic append instead of the batch append. */
const classic = { credentials: { username: 'admin', password: 'changeit' } };
const ways = [
  ['batch', {}],
  ['classic', classic],
] as const;

type Events = ReturnType<typeof happened>;
const append = (
  stream: string,
  events: Events,
  expectedRevision: AppendExpectedRevision = ANY,
  way: object = {},
): Promise<AppendResult> => client.appendToStream(stream, events, { expectedRevision, ...way });

describe.each(ways)('%s append', (_name, way) => {
  test('1: to a new stream answers the last revision and its position', async () => {
    const result = await append(anyStream(), happened(2), ANY, way);
    expect(result).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(result.position?.commit).toBe(result.position?.prepare);
    expect(result.position?.commit).toBeGreaterThan(0n);
  });

  test('2, 3, 4: a wrong expectation is refused with what was expected and found', async () => {
    const stream = anyStream();
    await append(stream, happened(2), ANY, way);
    const none = await failure(append(stream, happened(1), NO_STREAM, way));
    expect(none).toBeInstanceOf(WrongExpectedVersionError);
    expect(none).toMatchObject({ streamName: stream, expectedVersion: NO_STREAM, actualVersion: 1n });
    expect(await failure(append(stream, happened(1), 7n, way))).toMatchObject({
      type: 'wrong-expected-version',
      expectedVersion: 7n,
      actualVersion: 1n,
    });
    expect(await failure(append(anyStream(), happened(1), STREAM_EXISTS, way))).toMatchObject({
      type: 'wrong-expected-version',
      expectedVersion: STREAM_EXISTS,
      actualVersion: NO_STREAM,
    });
    expect(await revisions(client, stream)).toEqual([0n, 1n]);
  });

  test('12: more than the size limit is refused and nothing is written', async () => {
    const stream = anyStream();
    const large = Array.from({ length: 12 }, () => jsonEvent({ type: 'Large', data: { text: 'x'.repeat(100_000) } }));
    const error = await failure(append(stream, large, ANY, way));
    expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
    expect(error).toMatchObject({ maxAppendSize: 1_048_576 });
    await expect(revisions(client, stream)).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  test('append with an exact revision, then with stream_exists', async () => {
    const stream = anyStream();
    await append(stream, happened(1), NO_STREAM, way);
    expect(await append(stream, happened(1), 0n, way)).toMatchObject({ nextExpectedRevision: 1n });
    expect(await append(stream, happened(1), STREAM_EXISTS, way)).toMatchObject({ nextExpectedRevision: 2n });
    expect(await revisions(client, stream)).toEqual([0n, 1n, 2n]);
  });

  test('51: a stream name in Chinese comes back in a typed error', async () => {
    const stream = anyStream('缴费');
    await append(stream, happened(1), ANY, way);
    await client.tombstoneStream(stream);
    expect(await failure(append(stream, happened(1), ANY, way))).toBeInstanceOf(StreamDeletedError);
  });
});

describe('an append that is repeated', () => {
  const [e1, e2, e3, e4] = happened(4) as [Events[0], Events[0], Events[0], Events[0]];
  let stream: string;
  let first: AppendResult;
  beforeEach(async () => {
    stream = anyStream();
    first = await append(stream, [e1, e2]);
  });

  test.each([
    ['any', ANY],
    ['no_stream', NO_STREAM],
  ] as const)('5: with %s answers as the first time', async (_name, expected) => {
    expect(await append(stream, [e1, e2], expected)).toEqual(first);
    expect(await revisions(client, stream)).toEqual([0n, 1n]);
  });

  test('5: with an exact revision answers as the first time, however much came later', async () => {
    const second = await append(stream, [e3], 1n);
    await append(stream, happened(5), 2n);
    expect(await append(stream, [e3], 1n)).toEqual(second);
    expect(await revisions(client, stream)).toHaveLength(8);
  });

  test('6: a part of it is a repetition too', async () => {
    expect(await append(stream, [e2])).toEqual(first);
  });

  test('7: known events followed by new ones are refused', async () => {
    expect(await failure(append(stream, [e1, e3]))).toMatchObject({ expectedVersion: ANY, actualVersion: 1n });
    expect(await revisions(client, stream)).toEqual([0n, 1n]);
  });

  test('8: new events followed by known ones are written', async () => {
    expect(await append(stream, [e3, e1])).toMatchObject({ nextExpectedRevision: 3n });
    expect(await revisions(client, stream)).toEqual([0n, 1n, 2n, 3n]);
  });

  test('9: another event at the expected place is refused', async () => {
    expect(await failure(append(stream, [e2], NO_STREAM))).toBeInstanceOf(WrongExpectedVersionError);
  });

  test('10: the same events with a new one behind are refused as a whole', async () => {
    await append(stream, [e3], 1n);
    expect(await failure(append(stream, [e2, e3, e4], 0n))).toBeInstanceOf(WrongExpectedVersionError);
    expect(await revisions(client, stream)).toEqual([0n, 1n, 2n]);
  });

  test('11: the same event in another stream is a new one', async () => {
    const other = anyStream();
    await append(other, [e1]);
    expect(await revisions(client, other)).toEqual([0n]);
  });
});

test('an append of nothing succeeds and makes no stream', async () => {
  const stream = anyStream();
  expect(await append(stream, [], NO_STREAM)).toMatchObject({ success: true, nextExpectedRevision: 0n });
  await expect(revisions(client, stream)).rejects.toMatchObject({ type: 'stream-not-found' });
});

test('52: without throwing, the classic append answers the revision it found', async () => {
  const quiet = EventStoreDBClient.connectionString(`${store.server.url}&throwOnAppendFailure=false`);
  const stream = anyStream();
  await append(stream, happened(5));
  const expected = { expectedRevision: NO_STREAM } as const;
  expect(await quiet.appendToStream(stream, happened(1), { ...expected, ...classic })).toMatchObject({
    success: false,
    nextExpectedRevision: 4n,
  });
  // The client's own fault: after a batch append it says 1 whatever the truth.
  expect(await quiet.appendToStream(stream, happened(1), expected)).toMatchObject({
    success: false,
    nextExpectedRevision: 1n,
  });
  await quiet.dispose();
});

test('appends that arrive together each get their own answer, in order of their stream', async () => {
  const streams = Array.from({ length: 20 }, () => anyStream());
  const results = await Promise.all(
    streams.flatMap((stream) => Array.from({ length: 10 }, () => append(stream, happened(1)))),
  );
  const positions = results.map((result) => result.position?.commit ?? 0n);
  expect(new Set(positions).size).toBe(200);
  for (const stream of streams)
    expect(await revisions(client, stream)).toEqual([0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n]);
});

test('of writers that race for one revision exactly one wins', async () => {
  const stream = anyStream();
  await append(stream, happened(1));
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => append(stream, happened(1), 0n)));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(await revisions(client, stream)).toEqual([0n, 1n]);
});
