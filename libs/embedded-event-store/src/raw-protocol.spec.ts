import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { ServiceError } from '@grpc/grpc-js';
import { messages } from './protocol/requests.js';
import { toNumber } from './protocol/messages.js';
import { answersOf, type RawClient, rawClient } from './testing/raw-client.js';
import { anyStream, happened, revisions, startTestStore, type TestStore } from './testing/test-store.js';

let store: TestStore;
let client: EventStoreDBClient;
let raw: RawClient;
beforeAll(async () => {
  store = await startTestStore();
  client = store.client;
  raw = rawClient(store.server.port);
});
afterAll(async () => {
  raw.close();
  await store.stop();
});

interface BatchAnswer {
  readonly correlationId: { readonly string: string };
  readonly result: 'error' | 'success';
  readonly error: { readonly details: { readonly typeUrl: string } };
}

const proposed = (id = randomUUID()): object => ({
  id: { string: id },
  metadata: { type: 'Happened', 'content-type': 'application/json' },
  data: Buffer.from('{}'),
});
const optionsFor = (stream: string, deadline: object): object => ({
  streamIdentifier: { streamName: Buffer.from(stream) },
  any: {},
  ...deadline,
});

/** A batch call whose answers are gathered. */
function batchCall() {
  const call = raw.batchAppend();
  const answers: BatchAnswer[] = [];
  call.on('data', (bytes: Buffer) => answers.push(messages.batchAnswer.decode(bytes) as BatchAnswer));
  call.on('error', () => undefined);
  return { call, answers };
}

const shortTime = { deadline: { seconds: 0, nanos: 200_000_000 } };

test('59: an append whose last chunk never comes times out once, and late chunks are dropped', async () => {
  const stream = anyStream();
  const { call, answers } = batchCall();
  const correlationId = { string: randomUUID() };
  call.write({ correlationId, options: optionsFor(stream, shortTime), proposedMessages: [proposed()] });
  await sleep(400);
  expect(answers.map((answer) => answer.error.details.typeUrl)).toEqual([
    'type.googleapis.com/event_store.client.Timeout',
  ]);
  call.write({ correlationId, proposedMessages: [proposed()], isFinal: true });
  await sleep(100);
  expect(answers).toHaveLength(1);
  await expect(revisions(client, stream)).rejects.toMatchObject({ type: 'stream-not-found' });
  call.end();
});

test('the server bounds the wait for chunks by its own write timeout', async () => {
  const { call, answers } = batchCall();
  const longTime = { deadline_21_10_0: { seconds: Math.floor(Date.now() / 1_000) + 60 } };
  call.write({ correlationId: { string: randomUUID() }, options: optionsFor(anyStream(), longTime) });
  await sleep(2_300);
  expect(answers.map((answer) => answer.error.details.typeUrl)).toEqual([
    'type.googleapis.com/event_store.client.Timeout',
  ]);
  call.end();
});

test('chunks of several appends may interleave; each is one append with one answer', async () => {
  const { call, answers } = batchCall();
  const streams = [anyStream(), anyStream()];
  const ids = streams.map(() => ({ string: randomUUID() }));
  for (const [index, stream] of streams.entries()) {
    call.write({ correlationId: ids[index], options: optionsFor(stream, {}), proposedMessages: [proposed()] });
  }
  for (const isFinal of [false, true]) {
    for (const correlationId of ids) call.write({ correlationId, proposedMessages: [proposed()], isFinal });
  }
  call.end();
  await new Promise((resolve) => call.on('end', resolve));
  expect(answers.map((answer) => [answer.correlationId.string, answer.result]).sort()).toEqual(
    ids.map((id) => [id.string, 'success']).sort(),
  );
  for (const stream of streams) expect(await revisions(client, stream)).toEqual([0n, 1n, 2n]);
});

test('an error ends one append and not the call', async () => {
  const { call, answers } = batchCall();
  const stream = anyStream();
  const wrong = { streamIdentifier: { streamName: Buffer.from(stream) }, streamPosition: 7 };
  call.write({
    correlationId: { string: randomUUID() },
    options: wrong,
    proposedMessages: [proposed()],
    isFinal: true,
  });
  const noType = { id: { string: randomUUID() }, metadata: {} };
  const options = optionsFor(stream, {});
  call.write({ correlationId: { string: randomUUID() }, options, proposedMessages: [noType], isFinal: true });
  call.write({ correlationId: { string: randomUUID() }, options, proposedMessages: [proposed()], isFinal: true });
  call.end();
  await new Promise((resolve) => call.on('end', resolve));
  const kinds = answers.map((answer) =>
    answer.result === 'error' ? answer.error.details.typeUrl.split('.').at(-1) : 'ok',
  );
  expect(kinds.sort()).toEqual(['BadRequest', 'WrongExpectedVersion', 'ok']);
});

test('13: an append that misses its deadline fails and writes nothing', async () => {
  const stream = anyStream();
  const events = happened(30_000);
  await expect(client.appendToStream(stream, events, { deadline: 1 })).rejects.toMatchObject({
    type: 'deadline-exceeded',
  });
  await expect(revisions(client, stream)).rejects.toMatchObject({ type: 'stream-not-found' });
});

test('51: a stream name in Chinese stands percent-encoded in the trailers of an error', async () => {
  const stream = anyStream('缴费');
  await client.tombstoneStream(stream, { expectedRevision: 'any' });
  const options = { streamIdentifier: { streamName: Buffer.from(stream) }, any: {} };
  const error = await new Promise<ServiceError | null>((resolve) => raw.tombstone({ options }, resolve));
  expect(error?.code).toBe(9);
  expect(error?.metadata.get('exception')).toEqual(['stream-deleted']);
  expect(error?.metadata.get('stream-name')).toEqual([encodeURIComponent(stream)]);
});

describe('54: a client of compatibility 1', () => {
  const readRequest = (stream: string, revision: number) => ({
    options: {
      stream: { streamIdentifier: { streamName: Buffer.from(stream) }, revision },
      count: 100,
      uuidOption: { structured: {} },
      noFilter: {},
      controlOption: { compatibility: 1 },
    },
  });

  test('is told where the stream ends', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, happened(3));
    const answers = await answersOf(raw.read(readRequest(stream, 0)));
    expect(answers.map((answer) => answer['content'])).toEqual(['event', 'event', 'event', 'lastStreamPosition']);
    expect(toNumber(answers[3]?.['lastStreamPosition'] as number)).toBe(2);
  });

  test('is told where the stream begins when it read nothing', async () => {
    const stream = anyStream();
    await client.appendToStream(stream, happened(3));
    const answers = await answersOf(raw.read(readRequest(stream, 5)));
    expect(answers.map((answer) => answer['content'])).toEqual(['firstStreamPosition', 'lastStreamPosition']);
  });
});

test('a client that asks for structured ids gets the same id as integers', async () => {
  const stream = anyStream();
  const id = 'f0e1d2c3-b4a5-4697-8877-665544332211';
  const [event] = happened(1);
  if (!event) throw new Error('no event');
  await client.appendToStream(stream, [{ ...event, id }]);
  const options = {
    stream: { streamIdentifier: { streamName: Buffer.from(stream) }, start: {} },
    count: 1,
    uuidOption: { structured: {} },
  };
  const [bytes] = await raw.read({ options }).toArray();
  const most = Buffer.from([0x08, ...signed(0xf0e1d2c3b4a54697n)]);
  expect((bytes as Buffer).includes(most)).toBe(true);
  expect((bytes as Buffer).includes(Buffer.from(id))).toBe(false);
});

function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 127n) | 128);
  }
}

test('a request that names nothing is refused with its reason', async () => {
  await expect(raw.read({}).toArray()).rejects.toMatchObject({
    code: 3,
    details: 'A read must name a stream or all streams.',
  });
  const options = { stream: { streamIdentifier: { streamName: Buffer.from([0xff, 0xfe]) } }, count: 1 };
  await expect(raw.read({ options }).toArray()).rejects.toMatchObject({
    code: 3,
    details: 'A stream name must be UTF-8.',
  });
});
