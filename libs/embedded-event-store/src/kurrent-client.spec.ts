import { setTimeout as sleep } from 'node:timers/promises';
import {
  ANY,
  BACKWARDS,
  END,
  eventTypeFilter,
  jsonEvent,
  KurrentDBClient,
  MaxAppendSizeExceededError,
  NO_STREAM,
  type Position,
  START,
  STREAM_EXISTS,
  StreamDeletedError,
  streamNameFilter,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import { type ServerProcess, startServerProcess } from './testing/server-process.js';
import { anyStream, failure, take } from './testing/calls.js';
import { waitFor } from './testing/wait-for.js';

// This client reads and subscribes through a library in Rust: another HTTP/2, another protobuf than the official client's.
// It may hold up its thread, so the server is in a process of its own.
// From START it always reads forwards and from END always backwards, whatever direction it is given: those bounds are the
// official client's to show.
let server: ServerProcess;
let client: KurrentDBClient;
const start = (env = {}) => startServerProcess({ args: ['--port', '0', '--memory'], env });
const connect = ({ url }: ServerProcess) => KurrentDBClient.connectionString(url.replace('esdb:', 'kurrentdb:'));
beforeAll(async () => {
  server = await start();
  client = connect(server);
});
afterAll(async () => {
  await client.dispose();
  await server.kill();
});

const events = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => jsonEvent({ type: 'Happened', data: { number: first + index } }));
const revisions = async (stream: string, options = {}): Promise<number[]> =>
  (await take(client.readStream(stream, options))).map(({ event }) => Number(event?.revision));
const positionOf = (position: Position | undefined): Position => {
  if (!position) throw new Error('no position');
  return position;
};

describe('appends through the client of KurrentDB', () => {
  test('1: to a new stream', async () => {
    const stream = anyStream('人员');
    const result = await client.appendToStream(stream, events(2));
    expect(result).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(result.position?.commit).toBe(result.position?.prepare);
    expect(await revisions(stream)).toEqual([0, 1]);
  });

  test('2, 3, 4: wrong expectations', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, events(2));
    for (const expected of [NO_STREAM, 7n] as const) {
      const error = await failure(client.appendToStream(stream, events(1), { streamState: expected }));
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
    }
    const missing = failure(client.appendToStream(anyStream(), events(1), { streamState: STREAM_EXISTS }));
    expect(await missing).toBeInstanceOf(WrongExpectedVersionError);
    expect(await revisions(stream)).toEqual([0, 1]);
  });

  test('5, 6, 7: repetitions', async () => {
    const stream = anyStream();
    const [e1, e2, e3] = events(3) as [
      ReturnType<typeof events>[0],
      ReturnType<typeof events>[0],
      ReturnType<typeof events>[0],
    ];
    const first = await client.appendToStream(stream, [e1, e2]);
    expect(await client.appendToStream(stream, [e1, e2], { streamState: ANY })).toEqual(first);
    expect(await client.appendToStream(stream, [e1, e2], { streamState: NO_STREAM })).toEqual(first);
    expect(await client.appendToStream(stream, [e2])).toEqual(first);
    expect(await failure(client.appendToStream(stream, [e1, e3]))).toBeInstanceOf(WrongExpectedVersionError);
    expect(await revisions(stream)).toEqual([0, 1]);
  });

  test('12: beyond the size limit', async () => {
    const large = Array.from({ length: 12 }, () => jsonEvent({ type: 'Large', data: { text: 'x'.repeat(100_000) } }));
    expect(await failure(client.appendToStream(anyStream(), large))).toBeInstanceOf(MaxAppendSizeExceededError);
  });
});

describe('reads through the client of KurrentDB', () => {
  test('14: a missing stream', async () => {
    expect(await failure(revisions(anyStream('没有')))).toBeInstanceOf(StreamNotFoundError);
  });

  test('15: bounds', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, events(600));
    expect(await revisions(stream, { fromRevision: 597n })).toEqual([597, 598, 599]);
    expect(await revisions(stream, { fromRevision: 2n, direction: BACKWARDS })).toEqual([2, 1, 0]);
    expect(await revisions(stream, { fromRevision: END, direction: BACKWARDS, maxCount: 2 })).toEqual([599, 598]);
    expect(await revisions(stream, { fromRevision: 999n })).toEqual([]);
    expect(await revisions(stream, { fromRevision: 999n, direction: BACKWARDS, maxCount: 1 })).toEqual([599]);
    expect(await revisions(stream)).toEqual(Array.from({ length: 600 }, (_, index) => index));
  });

  test('an event comes back as it was written, also one of more than a megabyte', async () => {
    const wide = await start({ EVENTSTORE_MAX_APPEND_SIZE: String(8 * 1_048_576) });
    const other = connect(wide);
    const stream = anyStream('大');
    const data = { name: '张三', text: '金'.repeat(700_000) };
    await other.appendToStream(stream, [jsonEvent({ type: '参保登记', data, metadata: { by: '李四' } })]);
    const [read] = await take(other.readStream(stream));
    expect(read?.event).toMatchObject({ streamId: stream, type: '参保登记', revision: 0n, metadata: { by: '李四' } });
    expect(read?.event?.data).toEqual(data);
    await other.dispose();
    await wide.kill();
  });

  test('18: all, both ways', async () => {
    const first = positionOf((await client.appendToStream(anyStream(), events(1))).position);
    const at = positionOf((await client.appendToStream(anyStream(), events(1, 7))).position);
    const [from] = await take(client.readAll({ fromPosition: at }));
    expect(from?.event?.data).toEqual({ number: 7 });
    const [before] = await take(client.readAll({ fromPosition: at, direction: BACKWARDS, maxCount: 1 }));
    expect(before?.event?.position.commit).toBe(first.commit);
    const forwards = (await take(client.readAll())).map(({ event }) => event?.position.commit);
    const backwards = (await take(client.readAll({ fromPosition: END, direction: BACKWARDS }))).map(
      ({ event }) => event?.position.commit,
    );
    expect(forwards).toEqual(backwards.reverse());
  });

  test.each([
    ['stream prefix', (name: string) => streamNameFilter({ prefixes: [name] })],
    ['stream regex', (name: string) => streamNameFilter({ regex: `^${name}$` })],
    ['type prefix', (name: string) => eventTypeFilter({ prefixes: [name] })],
    ['type regex', (name: string) => eventTypeFilter({ regex: `^${name}` })],
  ])('all filtered by %s', async (_name, filter) => {
    const stream = anyStream('wanted');
    await client.appendToStream(anyStream(), events(50));
    await client.appendToStream(
      stream,
      [0, 1].map((number) => jsonEvent({ type: `${stream}Type`, data: { number } })),
    );
    const found = await take(client.readAll({ filter: filter(stream) }));
    expect(found.map(({ event }) => event?.data)).toEqual([{ number: 0 }, { number: 1 }]);
  });

  test('35: links', async () => {
    const [target, links] = [anyStream('with@sign'), anyStream('links')];
    await client.appendToStream(target, events(2));
    const link = { id: crypto.randomUUID(), type: '$>', contentType: 'application/octet-stream' as const };
    await client.appendToStream(links, [{ ...link, data: Buffer.from(`1@${target}`), metadata: undefined }]);
    const [plain] = await take(client.readStream(links));
    expect([plain?.event?.type, plain?.link]).toEqual(['$>', undefined]);
    const [resolved] = await take(client.readStream(links, { resolveLinkTos: true }));
    expect(resolved?.event).toMatchObject({ streamId: target, revision: 1n });
    expect(resolved?.link).toMatchObject({ streamId: links, revision: 0n });
    await client.deleteStream(target);
    const [dangling] = await take(client.readStream(links, { resolveLinkTos: true }));
    expect(dangling?.event).toBeUndefined();
    expect(dangling?.link).toMatchObject({ type: '$>' });
  });
});

describe('deletes and metadata through the client of KurrentDB', () => {
  test('20, 22, 24: a soft delete', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, events(3));
    await client.deleteStream(stream);
    expect(await failure(revisions(stream))).toBeInstanceOf(StreamNotFoundError);
    await client.deleteStream(stream);
    await client.appendToStream(stream, events(1), { streamState: NO_STREAM });
    expect(await revisions(stream)).toEqual([3]);
  });

  test('28, 29: a tombstone', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, events(1));
    await client.tombstoneStream(stream);
    expect(await failure(revisions(stream))).toBeInstanceOf(StreamDeletedError);
    expect(await failure(client.appendToStream(stream, events(1)))).toBeInstanceOf(StreamDeletedError);
    expect(await failure(client.getStreamMetadata(stream))).toBeInstanceOf(StreamDeletedError);
  });

  test('32, 34: $maxCount, and what else metadata holds', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, events(10));
    await client.setStreamMetadata(stream, { maxCount: 3, owner: '基金' });
    expect(await revisions(stream)).toEqual([7, 8, 9]);
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 3, owner: '基金' });
    await client.setStreamMetadata(stream, { truncateBefore: 8 });
    expect(await revisions(stream)).toEqual([8, 9]);
    expect(await revisions(`$$${stream}`)).toEqual([1]);
  });
});

describe('subscriptions through the client of KurrentDB', () => {
  type Subscription = ReturnType<KurrentDBClient['subscribeToStream']> | ReturnType<KurrentDBClient['subscribeToAll']>;

  /** Writes down what a subscription says, until it has said `limit` things. */
  async function record(
    subscription: Subscription,
    limit: number,
    meanwhile?: () => Promise<unknown>,
  ): Promise<string[]> {
    const said: string[] = [];
    let failed: Error | undefined;
    subscription.on('error', (error: Error) => (failed = error));
    subscription.on('caughtUp', () => said.push('caughtUp'));
    subscription.on('data', ({ event }: { event?: { data: unknown } }) => said.push(JSON.stringify(event?.data)));
    let isCaughtUp = false;
    await waitFor(`${limit} things are said; there are ${said.join()}`, async () => {
      if (failed) throw failed;
      if (!isCaughtUp && said.includes('caughtUp')) {
        isCaughtUp = true;
        await meanwhile?.();
      }
      return said.length >= limit;
    });
    await subscription.unsubscribe();
    return said;
  }
  const number = (value: number): string => JSON.stringify({ number: value });

  test('36, 40: a stream: history, caught up once, then live', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, events(2));
    const live = () => client.appendToStream(stream, events(1, 2));
    const said = await record(client.subscribeToStream(stream, { fromRevision: START }), 4, live);
    expect(said).toEqual([number(0), number(1), 'caughtUp', number(2)]);
    const missing = anyStream();
    const born = () => client.appendToStream(missing, events(1));
    expect(await record(client.subscribeToStream(missing), 2, born)).toEqual(['caughtUp', number(0)]);
    const behind = await record(client.subscribeToStream(stream, { fromRevision: 1n }), 2);
    expect(behind).toEqual([number(2), 'caughtUp']);
  });

  test('37: a tombstoned stream', async () => {
    const stream = anyStream();
    await client.tombstoneStream(stream);
    expect(await failure(record(client.subscribeToStream(stream), 9))).toBeInstanceOf(StreamDeletedError);
  });

  test('39: all, filtered, with checkpoints', async () => {
    const at = positionOf((await client.appendToStream(anyStream(), events(1))).position);
    const stream = anyStream('wanted');
    await client.appendToStream(anyStream(), events(200));
    await client.appendToStream(stream, events(1, 5));
    const checkpoints: bigint[] = [];
    const filter = streamNameFilter({
      prefixes: [stream],
      checkpointInterval: 1,
      checkpointReached: async (_subscription, position: Position) => {
        await sleep(1);
        checkpoints.push(position.commit);
      },
    });
    const live = () => client.appendToStream(stream, events(1, 6));
    const said = await record(client.subscribeToAll({ fromPosition: at, filter }), 3, live);
    expect(said).toEqual([number(5), 'caughtUp', number(6)]);
    expect(checkpoints.length).toBeGreaterThanOrEqual(6);
    expect(checkpoints).toEqual([...checkpoints].sort((a, b) => Number(a - b)));
  });
});
