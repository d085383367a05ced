import { BACKWARDS, END, type EventStoreDBClient, FORWARDS, START, StreamNotFoundError } from '@eventstore/db-client';
import { anyStream, failure, happened, startTestStore, take, type TestStore } from './testing/test-store.js';

let store: TestStore;
let client: EventStoreDBClient;
beforeAll(async () => {
  store = await startTestStore();
  client = store.client;
});
afterAll(() => store.stop());

async function readRevisions(stream: string, options: object): Promise<bigint[]> {
  return (await take(client.readStream(stream, options))).map(({ event }) => event?.revision ?? -1n);
}

describe('reading a stream', () => {
  test('14: a missing stream is a typed error with its name', async () => {
    const stream = anyStream('没有');
    const error = await failure(take(client.readStream(stream)));
    expect(error).toBeInstanceOf(StreamNotFoundError);
    expect(error).toMatchObject({ streamName: stream });
  });

  test('15: bounds beyond the ends', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, happened(2));
    expect(await readRevisions(stream, { fromRevision: 99n })).toEqual([]);
    expect(await readRevisions(stream, { fromRevision: 99n, direction: BACKWARDS })).toEqual([1n, 0n]);
    expect(await readRevisions(stream, { fromRevision: START, direction: BACKWARDS })).toEqual([0n]);
    expect(await readRevisions(stream, { fromRevision: END, direction: BACKWARDS })).toEqual([1n, 0n]);
  });

  test('bounds are included both ways, and the count is kept', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, happened(600));
    expect(await readRevisions(stream, { fromRevision: 597n })).toEqual([597n, 598n, 599n]);
    expect(await readRevisions(stream, { fromRevision: 2n, direction: BACKWARDS })).toEqual([2n, 1n, 0n]);
    expect(await readRevisions(stream, { maxCount: 2 })).toEqual([0n, 1n]);
    expect(await readRevisions(stream, { maxCount: 2, fromRevision: END, direction: BACKWARDS })).toEqual([599n, 598n]);
    const all = await readRevisions(stream, {});
    expect(all).toEqual(Array.from({ length: 600 }, (_, index) => BigInt(index)));
    expect(await readRevisions(stream, { fromRevision: END, direction: BACKWARDS })).toEqual(all.reverse());
  });

  test('an event comes back as it was written', async () => {
    const stream = anyStream('人员');
    const [event] = happened(1);
    if (!event) throw new Error('no event');
    const before = Date.now();
    const written = { ...event, data: { name: '张三', amount: '1234.56' }, metadata: { actor: '李四' } };
    const result = await client.appendToStream(stream, [written]);
    const [read] = await take(client.readStream(stream));
    expect(read?.event).toMatchObject({
      streamId: stream,
      id: event.id,
      type: 'Happened',
      revision: 0n,
      isJson: true,
      data: written.data,
      metadata: written.metadata,
      position: result.position,
    });
    expect(read?.event?.created.getTime()).toBeGreaterThanOrEqual(before);
    expect(read?.commitPosition).toBe(result.position?.commit);
    expect(read?.link).toBeUndefined();
  });
});

describe('reading all', () => {
  test('a fresh node has system events', async () => {
    const events = await take(client.readAll({ maxCount: 3 }));
    expect(events.map(({ event }) => event?.type.startsWith('$'))).toEqual([true, true, true]);
  });

  test('17: nothing lies before the start or behind the end', async () => {
    expect(await take(client.readAll({ fromPosition: START, direction: BACKWARDS }))).toEqual([]);
    expect(await take(client.readAll({ fromPosition: END, direction: FORWARDS }))).toEqual([]);
  });

  test('18: forwards a position includes its event, backwards it does not', async () => {
    const stream = anyStream();
    const [first, second] = [
      await client.appendToStream(stream, happened(1)),
      await client.appendToStream(stream, happened(1)),
    ];
    const at = second.position;
    if (!at) throw new Error('no position');
    const forwards = await take(client.readAll({ fromPosition: at }));
    expect(forwards.map(({ event }) => event?.revision)).toEqual([1n]);
    const [previous] = await take(client.readAll({ fromPosition: at, direction: BACKWARDS, maxCount: 1 }));
    expect(previous?.event?.position).toEqual(first.position);
  });

  test('the order is the same in both directions, and positions rise', async () => {
    await client.appendToStream(anyStream(), happened(700));
    const forwards = (await take(client.readAll())).map(({ event }) => event?.position.commit ?? 0n);
    const backwards = (await take(client.readAll({ fromPosition: END, direction: BACKWARDS }))).map(
      ({ event }) => event?.position.commit ?? 0n,
    );
    expect(forwards).toEqual([...backwards].reverse());
    expect(forwards).toEqual([...forwards].sort((a, b) => Number(a - b)));
    expect(new Set(forwards).size).toBe(forwards.length);
  });

  test('a read ends although others go on writing', async () => {
    const done = new AbortController();
    const writing = (async () => {
      while (!done.signal.aborted) await client.appendToStream(anyStream(), happened(20));
    })();
    await take(client.readAll());
    done.abort();
    await writing;
  });
});

/** What is not specified must still be an answer: events or an error with a code. The server goes on either way. */
describe('unspecified', () => {
  const answered = async (call: Promise<unknown[]>): Promise<void> => {
    const outcome = await call.catch((error: unknown) => (error as { code?: number }).code);
    expect(Array.isArray(outcome) || typeof outcome === 'number').toBe(true);
    const stream = anyStream();
    await client.appendToStream(stream, happened(1));
    expect(await readRevisions(stream, {})).toEqual([0n]);
  };

  test('16: a stream forwards from its end', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, happened(2));
    await answered(take(client.readStream(stream, { fromRevision: END, direction: FORWARDS })));
  });

  test('19: all from a position between two events', async () => {
    const { position } = await client.appendToStream(anyStream(), happened(2));
    const between = (position?.commit ?? 0n) - 1n;
    await answered(take(client.readAll({ fromPosition: { commit: between, prepare: between }, maxCount: 5 })));
  });

  test('30: metadata for a stream that has a tombstone', async () => {
    const stream = anyStream();
    await client.tombstoneStream(stream);
    await answered(client.setStreamMetadata(stream, { maxCount: 1 }).then(() => []));
  });
});
